"""What comes in by the doors."""

from typing import Any

from dj_rest_auth.serializers import LoginSerializer
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from fitness.accounts.models import User, one_spelling, validate_time_zone

_PASSWORD_LENGTH = 128
_KEY_LENGTH = 255


def password_field(**options: Any) -> serializers.CharField:
    """A password as it is typed: blanks at its ends belong to it."""
    return serializers.CharField(max_length=_PASSWORD_LENGTH, trim_whitespace=False, **options)


class AddressField(serializers.EmailField):
    """An address in the one spelling that accounts have."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=254, **options)

    def to_internal_value(self, data: Any) -> str:
        return one_spelling(str(super().to_internal_value(data)))


def device_field() -> serializers.CharField:
    return serializers.CharField(
        max_length=120,
        required=False,
        allow_blank=True,
        default="",
        help_text="How the phone calls itself in the list of sessions.",
    )


def code_field() -> serializers.CharField:
    return serializers.CharField(
        max_length=32,
        required=False,
        allow_blank=True,
        default="",
        help_text="Of the authenticator app, or a recovery code.",
    )


def check_new_password(password: str, user: User, *, field: str) -> None:
    """Raise ``ValidationError`` at ``field`` with all that is wrong with a chosen password."""
    try:
        validate_password(password, user)
    except DjangoValidationError as error:
        wrong = [
            ErrorDetail(message, code=reason.code or "invalid")
            for reason in error.error_list
            for message in reason.messages
        ]
        raise serializers.ValidationError({field: wrong}) from None


class RegisterIn(serializers.Serializer[Any]):
    """An address, a password of 8 to 128 characters, and the phone's time zone."""

    email = AddressField()
    password = password_field()
    name = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    time_zone = serializers.CharField(
        max_length=64, required=False, default="UTC", validators=[validate_time_zone]
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        check_new_password(attrs["password"], User(email=attrs["email"]), field="password")
        return attrs


class LoginIn(LoginSerializer):
    """The address and the password, and the code of who has a second factor."""

    username = None
    email = AddressField()
    password = password_field()
    code = code_field()
    device = device_field()

    @staticmethod
    def validate_email_verification_status(user: User, email: str | None = None) -> None:
        """Whoever has not confirmed the address yet may look around."""


class RefreshIn(serializers.Serializer[Any]):
    """The refresh token; each is traded once."""

    refresh = serializers.CharField(max_length=_KEY_LENGTH)


class AddressIn(serializers.Serializer[Any]):
    email = AddressField()


class KeyIn(serializers.Serializer[Any]):
    """The key at the end of the link in the mail."""

    key = serializers.CharField(max_length=_KEY_LENGTH)


class ResetIn(KeyIn):
    """The key at the end of the link in the mail, and the new password."""

    password = password_field()


class PasswordIn(serializers.Serializer[Any]):
    """The password as it is, and as it shall be."""

    old_password = password_field()
    new_password = password_field()
