"""Google and Apple for phones: signing in, and the connections of an account."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from api.auth.answers import SignedInOut
from api.auth.identity import leaving, services, tokens
from api.auth.identity.errors import IdentityRefusedError, ProviderUnavailableError
from api.auth.identity.openid import OpenIdProvider
from api.auth.second_factor import check_second_factor
from api.auth.social_serializers import AppleIn, AppleSignInIn, GoogleIn, GoogleSignInIn
from api.auth.views import PublicView, signed_in
from api.core.answers import personal_answer
from api.core.requests import MemberRequest, address_of, django_request
from api.core.schema import problems
from fitness.accounts.models import SignIn, User
from fitness.core import limits
from fitness.core.errors import DomainError, MissingError

_RECENT = dt.timedelta(minutes=15)
_ROW_IDS = 2**63


class SignInAgainError(DomainError):
    """Ways into an account are changed by who has just come in, not by who found a phone."""

    status = 403
    code = "sign_in_again"


class ConnectionOut(msgspec.Struct, frozen=True):
    """A Google or Apple account that opens this one, and the address it goes by."""

    id: int
    provider: str
    email: str
    connected_at: dt.datetime
    last_used_at: dt.datetime


class ConnectionsOut(msgspec.Struct, frozen=True):
    results: list[ConnectionOut]


class GoogleSignIn(PublicView):
    @extend_schema(
        summary="Sign in or join with Google, by id_token or by code",
        request=GoogleSignInIn,
        responses={200: SignedInOut, **problems(401, 403, 404, 409, 422, 429, 503)},
    )
    def post(self, request: Request) -> HttpResponse:
        return _sign_in(request, GoogleSignInIn(data=request.data), "google")


class AppleSignIn(PublicView):
    @extend_schema(
        summary="Sign in or join with Apple",
        request=AppleSignInIn,
        responses={200: SignedInOut, **problems(401, 403, 404, 409, 422, 429, 503)},
    )
    def post(self, request: Request) -> HttpResponse:
        return _sign_in(request, AppleSignInIn(data=request.data), "apple")


class Connections(APIView):
    @extend_schema(
        summary="The Google and Apple accounts that open this one", responses={200: ConnectionsOut}
    )
    def get(self, request: MemberRequest) -> HttpResponse:
        rows = SocialAccount.objects.filter(user=request.user.pk).order_by("date_joined", "pk")
        return personal_answer(ConnectionsOut(results=[_connection(row) for row in rows]))


class GoogleLink(APIView):
    @extend_schema(
        summary="Let a Google account open this one; needs a sign-in of the last 15 minutes",
        request=GoogleIn,
        responses={200: ConnectionOut, **problems(403, 404, 409, 422, 429, 503)},
    )
    def post(self, request: MemberRequest) -> HttpResponse:
        return _link(request, GoogleIn(data=request.data), "google")


class AppleLink(APIView):
    @extend_schema(
        summary="Let an Apple account open this one; needs a sign-in of the last 15 minutes",
        request=AppleIn,
        responses={200: ConnectionOut, **problems(403, 404, 409, 422, 429, 503)},
    )
    def post(self, request: MemberRequest) -> HttpResponse:
        return _link(request, AppleIn(data=request.data), "apple")


class ConnectionDetail(APIView):
    @extend_schema(
        summary="Disconnect one; never the last way in",
        responses={204: None, **problems(403, 409)},
    )
    def delete(self, request: MemberRequest, account_id: int) -> HttpResponse:
        _check_recent(request)
        if account_id >= _ROW_IDS:
            raise MissingError("There is no such connection.")
        leaving.unlink(user_id=request.user.pk, account_id=account_id)
        return HttpResponse(status=204)


def _sign_in(request: Request, told: GoogleIn | AppleIn, name: str) -> HttpResponse:
    told.is_valid(raise_exception=True)
    with _proven(request, told.validated_data, name) as (claims, refresh_token):
        account = services.admit(
            request=django_request(request),
            provider=name,
            claims=claims,
            time_zone=told.validated_data["time_zone"],
            now=timezone.now(),
        )
        services.keep_refresh_token(account, refresh_token, client_id=claims["aud"])
    return signed_in(request, account.user, told.validated_data["device"])


def _link(request: MemberRequest, told: GoogleIn | AppleIn, name: str) -> HttpResponse:
    _check_recent(request)
    told.is_valid(raise_exception=True)
    with _proven(request, told.validated_data, name) as (claims, refresh_token):
        account = services.link(user=request.user, provider=name, claims=claims)
        services.keep_refresh_token(account, refresh_token, client_id=claims["aud"])
    return personal_answer(_connection(account))


@contextmanager
def _proven(
    request: Request, told: Mapping[str, Any], name: str
) -> Iterator[tuple[dict[str, Any], str]]:
    """Who the provider says it is, and Apple's refresh token where there is one.

    A token that opened nothing, for whatever reason, may be tried again.
    """
    provider = _provider(request, name)
    with limits.attempt("identity", address=address_of(request)) as attempt:
        try:
            token, claims = _believed(provider, told)
            tokens.spend(token)
            attempt.forgive()
        except ProviderUnavailableError:
            attempt.forgive()
            raise
    try:
        if "second_factor" in told:
            _check_second_factor(services.member_behind(name, claims), told["second_factor"])
        code = told.get("authorization_code", "")
        given = _redeemed_by(provider, claims, code) if code else {}
        yield claims, given.get("refresh_token", "")
    except BaseException:
        tokens.unspend(token)
        raise


def _believed(provider: OpenIdProvider, told: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The identity token, as it was brought or as Google's code gave it, and its claims."""
    token = told["identity_token"]
    if code := told.get("code"):
        token = provider.redeem(
            code,
            client_id=provider.client_ids[0],
            redirect_uri=told["redirect_uri"],
            code_verifier=told["code_verifier"],
        ).get("id_token")
    claims = provider.verified(token, nonce=told["nonce"])
    if "user" in told:
        claims["name"] = told["user"]["name"]
    return token, claims


def _redeemed_by(provider: OpenIdProvider, claims: Mapping[str, Any], code: str) -> dict[str, Any]:
    """What Apple gives for its code, which must be of the same person as the token."""
    given = provider.redeem(code, client_id=claims["aud"])
    theirs = provider.verified(given.get("id_token"), nonce=None)
    if theirs["sub"] != claims["sub"]:
        raise IdentityRefusedError
    return given


def _check_second_factor(user: User | None, code: str) -> None:
    """Who has a second factor shows it here too; before Apple's code is spent."""
    try:
        if user is not None:
            check_second_factor(user, code)
    except ValidationError as error:
        detail: Any = error.detail
        raise ValidationError({"second_factor": detail["code"]}) from None


def _provider(request: Request, name: str) -> OpenIdProvider:
    try:
        provider: OpenIdProvider = get_adapter().get_provider(django_request(request), name)
    except SocialApp.DoesNotExist:
        raise MissingError("This way of signing in is not offered.") from None
    return provider


def _check_recent(request: MemberRequest) -> None:
    since = timezone.now() - _RECENT
    if not SignIn.objects.filter(uid=request.auth.sign_in, started_at__gt=since).exists():
        raise SignInAgainError("Sign in again before you change how this account is opened.")


def _connection(account: SocialAccount) -> ConnectionOut:
    return ConnectionOut(
        id=account.pk,
        provider=account.provider,
        email=str(account.extra_data.get("email", "")),
        connected_at=account.date_joined,
        last_used_at=account.last_login,
    )
