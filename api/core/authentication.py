"""Who is asking: the bearer token of a phone, checked with one indexed read."""

from rest_framework_simplejwt.authentication import JWTAuthentication
from rest_framework_simplejwt.exceptions import AuthenticationFailed, InvalidToken
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import Token

from fitness.accounts.models import User
from fitness.accounts.selectors import active_member
from fitness.accounts.services import profile_of

_LARGEST_ID = 2**63 - 1


class MemberAuthentication(JWTAuthentication):
    """Signs a request in by its access token; the member comes with their profile."""

    def get_user(self, validated_token: Token) -> User:  # type: ignore[override]
        try:
            user_id = int(validated_token[api_settings.USER_ID_CLAIM])
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidToken("The token names nobody.") from error
        user = active_member(user_id) if 0 < user_id <= _LARGEST_ID else None
        if user is None:
            raise AuthenticationFailed("This account is closed.", code="account_closed")
        if not hasattr(user, "profile"):
            user.profile = profile_of(user_id=user.pk)
        return user
