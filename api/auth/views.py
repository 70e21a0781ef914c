"""Joining, signing in and out, and staying signed in."""

import uuid
from typing import Any

import msgspec
from dj_rest_auth.views import LoginView
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.serializers import TokenRefreshSerializer
from rest_framework_simplejwt.tokens import RefreshToken

from api.auth.registration import join
from api.auth.serializers import LoginIn, RefreshIn, RegisterIn
from api.core.answers import personal_answer
from api.core.schema import problems
from fitness.core.errors import DomainError


class TokenRefusedError(DomainError):
    """The refresh token is spent, expired or not ours: the member has to sign in again."""

    status = 401
    code = "token_refused"


class JoinedOut(msgspec.Struct, frozen=True):
    """The answer to every registration, whether the address was new or known."""

    email: str
    detail: str


class MemberOut(msgspec.Struct, frozen=True):
    id: uuid.UUID
    email: str


class TokensOut(msgspec.Struct, frozen=True):
    """Send ``access`` as bearer token; trade ``refresh`` for the next pair, once."""

    access: str
    refresh: str


class SignedInOut(TokensOut, frozen=True):
    """The tokens, and who they are for."""

    user: MemberOut


class Register(APIView):
    authentication_classes = []
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Join; the address gets a mail to verify it",
        request=RegisterIn,
        responses={201: JoinedOut},
    )
    def post(self, request: Request) -> HttpResponse:
        told = RegisterIn(data=request.data)
        told.is_valid(raise_exception=True)
        join(request=request._request, **told.validated_data)  # noqa: SLF001  (allauth wants Django's)
        joined = JoinedOut(
            email=told.validated_data["email"],
            detail="We have sent you a mail. You can sign in now.",
        )
        return personal_answer(joined, status=201)


class Login(LoginView):
    authentication_classes: list[type] = []
    serializer_class = LoginIn

    @extend_schema(summary="Sign in", request=LoginIn, responses={200: SignedInOut})
    def post(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def get_response(self) -> HttpResponse:
        return personal_answer(
            SignedInOut(
                access=str(self.access_token),
                refresh=str(self.refresh_token),
                user=MemberOut(id=self.user.uid, email=self.user.email),
            )
        )


class Refresh(APIView):
    authentication_classes = []
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Trade a refresh token for the next pair",
        request=RefreshIn,
        responses={200: TokensOut, **problems(401)},
    )
    def post(self, request: Request) -> HttpResponse:
        told = RefreshIn(data=request.data)
        told.is_valid(raise_exception=True)
        trade = TokenRefreshSerializer(data=told.validated_data)
        try:
            trade.is_valid(raise_exception=True)
        except TokenError:
            raise TokenRefusedError("This refresh token is worth nothing; sign in again.") from None
        pair = trade.validated_data
        return personal_answer(TokensOut(access=pair["access"], refresh=pair["refresh"]))


class Logout(APIView):
    @extend_schema(
        summary="Sign out: the refresh token is worth nothing any more",
        request=RefreshIn,
        responses={204: None},
    )
    def post(self, request: Request) -> HttpResponse:
        told = RefreshIn(data=request.data)
        told.is_valid(raise_exception=True)
        try:
            RefreshToken(told.validated_data["refresh"]).blacklist()
        except TokenError:
            raise TokenRefusedError("This refresh token is worth nothing; sign in again.") from None
        return HttpResponse(status=204)
