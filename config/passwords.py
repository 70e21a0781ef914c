"""Which passwords are accepted, and how they are kept."""

import logging
import unicodedata

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.views.decorators.debug import sensitive_variables
from pwned_passwords_django.api import PwnedPasswords
from pwned_passwords_django.exceptions import PwnedPasswordsError

_LONGEST = 128
_log = logging.getLogger(__name__)


class Hasher(Argon2PasswordHasher):
    """Argon2, of the password's one Unicode spelling: an é is an é on whatever keyboard."""

    def encode(self, password: str, salt: str) -> str:
        return super().encode(_one_spelling(password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        return super().verify(_one_spelling(password), encoded)


class MaximumLengthValidator:
    """At most 128 characters; more would only make hashing dear."""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) > _LONGEST:
            raise ValidationError(
                f"This password is too long: use at most {_LONGEST} characters.",
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        return f"Your password can have at most {_LONGEST} characters."


class BreachedPasswordValidator:
    """Refuses what is known from data breaches, by asking for the first 5 digits of its SHA-1.

    Where the service is not asked or does not answer, Django's list of common passwords is all
    there is: nobody is kept from joining by somebody else's outage.
    """

    @sensitive_variables()
    def validate(self, password: str, user: object = None) -> None:
        if not settings.BREACHED_PASSWORDS_URL:
            return
        try:
            times = _service.check_password(password)
        except PwnedPasswordsError as error:
            _log.warning("breached_passwords_unavailable", extra={"reason": str(error.code)})
            return
        if times:
            raise ValidationError(
                "This password was in a data breach, so others can guess it. Choose another.",
                code="password_breached",
            )

    def get_help_text(self) -> str:
        return "Your password must not be known from a data breach."


class _Service(PwnedPasswords):
    @property
    def api_endpoint(self) -> str:
        return f"{settings.BREACHED_PASSWORDS_URL}/range/"


_service = _Service()


def _one_spelling(password: str) -> str:
    # What is longer is nobody's, and not worth the work.
    return unicodedata.normalize("NFKC", password) if len(password) <= _LONGEST else password
