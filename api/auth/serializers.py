"""What comes in by the doors."""

from typing import Any

from dj_rest_auth.serializers import LoginSerializer
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from fitness.accounts.models import User, validate_time_zone

_PASSWORD_LENGTH = 128


class RegisterIn(serializers.Serializer[Any]):
    """An address, a password of 8 to 128 characters, and the phone's time zone."""

    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=_PASSWORD_LENGTH, trim_whitespace=False)
    name = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    time_zone = serializers.CharField(
        max_length=64, required=False, default="UTC", validators=[validate_time_zone]
    )

    def validate_email(self, email: str) -> str:
        return email.lower()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        try:
            validate_password(attrs["password"], User(email=attrs["email"]))
        except DjangoValidationError as error:
            wrong = [
                ErrorDetail(message, code=reason.code or "invalid")
                for reason in error.error_list
                for message in reason.messages
            ]
            raise serializers.ValidationError({"password": wrong}) from None
        return attrs


class LoginIn(LoginSerializer):
    """The address and the password."""

    username = None
    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=_PASSWORD_LENGTH, trim_whitespace=False)


class RefreshIn(serializers.Serializer[Any]):
    """The refresh token; each works once."""

    refresh = serializers.CharField(max_length=2000)
