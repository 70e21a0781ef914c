"""What may be asked of payments."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host
from rest_framework import serializers

_LONGEST_URL = 2000


def validate_return_url(url: str) -> None:
    """Refuse to send a buyer anywhere but to us: our own hosts, or our app's scheme."""
    if not _is_ours(url):
        raise serializers.ValidationError("Use an address of ours.", code="foreign_url")


def _is_ours(url: str) -> bool:
    try:
        address = urlsplit(url)
    except ValueError:
        return False
    if settings.APP_URL_SCHEME and address.scheme == settings.APP_URL_SCHEME:
        return True
    if address.scheme not in {"http", "https"} or not address.hostname or address.username:
        return False
    return validate_host(address.hostname, settings.ALLOWED_HOSTS)


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
