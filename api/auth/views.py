"""Joining, signing in and out, and staying signed in."""

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from api.auth.answers import (
    JoinedOut,
    SignedInOut,
    TokensOut,
    signed_in_out,
    tokens_out,
)
from api.auth.registration import join
from api.auth.second_factor import check_second_factor
from api.auth.serializers import LoginIn, RefreshIn, RegisterIn
from api.core.answers import personal_answer
from api.core.requests import MemberRequest, address_of, django_request
from api.core.schema import problems
from fitness.accounts import sign_ins
from fitness.accounts.models import User
from fitness.core import limits


class PublicView(APIView):
    """A door: who comes is nobody yet."""

    authentication_classes = []
    permission_classes = [AllowAny]


class Register(PublicView):
    @extend_schema(
        summary="Join; the address gets a mail to verify it",
        request=RegisterIn,
        responses={201: JoinedOut, **problems(429)},
    )
    def post(self, request: Request) -> HttpResponse:
        told = RegisterIn(data=request.data)
        told.is_valid(raise_exception=True)
        limits.spend("sign_up", address=address_of(request), account=told.validated_data["email"])
        join(request=django_request(request), **told.validated_data)
        joined = JoinedOut(
            email=told.validated_data["email"],
            detail="We have sent you a mail. You can sign in now.",
        )
        return personal_answer(joined, status=201)


class Login(PublicView):
    @extend_schema(
        summary="Sign in", request=LoginIn, responses={200: SignedInOut, **problems(401, 429)}
    )
    def post(self, request: Request) -> HttpResponse:
        told = LoginIn(data=request.data, context={"request": django_request(request)})
        told.is_valid(raise_exception=True)
        user = told.validated_data["user"]
        factor = check_second_factor(user, told.validated_data["code"])
        return signed_in(request, user, told.validated_data["device"], factor=factor)


class Refresh(PublicView):
    @extend_schema(
        summary="Trade a refresh token for the next pair",
        description=(
            "A reply that got lost can be asked for again with the same token for a minute. "
            "After that a token that was traded before ends the sign-in."
        ),
        request=RefreshIn,
        responses={200: TokensOut, **problems(401)},
    )
    def post(self, request: Request) -> HttpResponse:
        told = RefreshIn(data=request.data)
        told.is_valid(raise_exception=True)
        pair = sign_ins.trade(token=told.validated_data["refresh"], now=timezone.now())
        return personal_answer(tokens_out(pair))


class Logout(APIView):
    @extend_schema(
        summary="Sign out: this phone's tokens are worth nothing any more",
        request=RefreshIn,
        responses={204: None},
    )
    def post(self, request: MemberRequest) -> HttpResponse:
        told = RefreshIn(data=request.data)
        told.is_valid(raise_exception=True)
        token = told.validated_data["refresh"]
        sign_ins.sign_out(user_id=request.user.pk, token=token, now=timezone.now())
        return HttpResponse(status=204)


def signed_in(
    request: Request, user: User, device: str, *, factor: int | None = None
) -> HttpResponse:
    """The answer to whoever came in by one of the doors; ``factor`` was shown, if any was."""
    tokens = sign_ins.start_sign_in(
        user=user,
        device=device or request.headers.get("User-Agent", ""),
        address=address_of(request),
        now=timezone.now(),
        factor=factor,
    )
    return personal_answer(signed_in_out(tokens, user))
