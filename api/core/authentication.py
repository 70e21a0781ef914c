"""Who is asking: the bearer token of a phone, checked with one indexed read."""

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from fitness.accounts.models import User
from fitness.accounts.selectors import signed_in_member
from fitness.accounts.services import profile_beside
from fitness.accounts.tokens import Claims, TokenRefusedError, read_access_token


class MemberAuthentication(BaseAuthentication):
    """Signs a request in by its access token; the member comes with their profile."""

    def authenticate(self, request: Request) -> tuple[User, Claims] | None:
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        try:
            claims = read_access_token(token.strip())
        except TokenRefusedError as error:
            raise AuthenticationFailed(str(error), code=error.code) from None
        user = signed_in_member(claims)
        if user is None:
            raise AuthenticationFailed("This sign-in has ended; sign in again.", code="signed_out")
        user.profile = profile_beside(user)
        return user, claims

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'
