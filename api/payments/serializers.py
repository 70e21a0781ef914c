"""What may be asked of payments."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host
from rest_framework import serializers

_LONGEST_URL = 2000


def validate_return_url(url: str) -> None:
    """Refuse to send a buyer anywhere but to us: our own hosts, or our app's scheme."""
    address = urlsplit(url)
    if settings.APP_URL_SCHEME and address.scheme == settings.APP_URL_SCHEME:
        return
    is_web = address.scheme in {"http", "https"} and address.hostname and not address.username
    if not is_web or not validate_host(address.hostname, settings.ALLOWED_HOSTS):
        raise serializers.ValidationError("Use an address of ours.", code="foreign_url")


class CheckoutIn(serializers.Serializer[Any]):
    """An offer to buy, and where the payment page sends the buyer afterwards.

    ``success_url`` may hold ``{CHECKOUT_SESSION_ID}``.
    """

    offer = serializers.UUIDField()
    success_url = serializers.CharField(
        required=False, max_length=_LONGEST_URL, validators=[validate_return_url]
    )
    cancel_url = serializers.CharField(
        required=False, max_length=_LONGEST_URL, validators=[validate_return_url]
    )


class CancelIn(serializers.Serializer[Any]):
    at_period_end = serializers.BooleanField(default=True)
