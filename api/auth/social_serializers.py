"""What phones bring from Google and Apple."""

from typing import Any

from rest_framework import serializers

from api.auth.serializers import code_field, device_field
from fitness.accounts.models import validate_time_zone

_TOKEN_LENGTH = 8192


def _text(length: int, **options: Any) -> serializers.CharField:
    return serializers.CharField(max_length=length, trim_whitespace=False, **options)


def _maybe(length: int, help_text: str = "") -> serializers.CharField:
    return _text(length, required=False, allow_blank=True, default="", help_text=help_text)


class _OnThisPhone(serializers.Serializer[Any]):
    second_factor = code_field()
    device = device_field()
    time_zone = serializers.CharField(
        max_length=64, required=False, default="UTC", validators=[validate_time_zone]
    )


class GoogleIn(serializers.Serializer[Any]):
    """The ``id_token`` of Google's library, or the ``code`` that a browser brought back."""

    id_token = _maybe(_TOKEN_LENGTH)
    nonce = _maybe(255, "What the token was asked for with, if it was.")
    code = _maybe(2048)
    code_verifier = _maybe(128, "Of PKCE, with the code.")
    redirect_uri = _maybe(2000, "Where the code was brought to.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if bool(attrs["id_token"]) is bool(attrs["code"]):
            raise serializers.ValidationError("Send either id_token or code.", code="one_of")
        return {**attrs, "identity_token": attrs["id_token"]}


class GoogleSignInIn(_OnThisPhone, GoogleIn):
    """Who they are by Google's word, and on which phone."""


class AppleNameIn(serializers.Serializer[Any]):
    firstName = _maybe(100)  # noqa: N815  (Apple's own spelling)
    lastName = _maybe(100)  # noqa: N815


class AppleUserIn(serializers.Serializer[Any]):
    """What Apple tells the phone of the person, the first time only."""

    name = AppleNameIn(required=False, default=dict)


class AppleIn(serializers.Serializer[Any]):
    """What the system's sign-in sheet gave, and the nonce it was asked with."""

    identity_token = _text(_TOKEN_LENGTH)
    nonce = _text(255, help_text="As it was made; the token holds it or its SHA-256.")
    authorization_code = _maybe(2048, "Lets us tell Apple when the member leaves.")
    user = AppleUserIn(required=False)


class AppleSignInIn(_OnThisPhone, AppleIn):
    """Who they are by Apple's word, and on which phone."""
