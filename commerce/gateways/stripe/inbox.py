"""The door for Stripe's webhooks: verify, let dj-stripe keep and mirror, answer.

dj-stripe writes a row for whatever reaches it, believes ``X-Forwarded-For``, fails on a bad one
and, while debugging, takes the signing secret from a header. So the signature is checked before,
and only the headers it needs get there; dj-stripe then checks the signature again by itself.
"""

import json
import logging
import uuid
from io import BytesIO
from typing import Final

import stripe
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from djstripe.enums import WebhookEndpointStatus, WebhookEndpointValidation
from djstripe.models import WebhookEndpoint, WebhookEventTrigger

from commerce.gateways.base import BadSignatureError, StoreDownError
from fitness.core.errors import MissingError

logger = logging.getLogger(__name__)

_HEADERS: Final = frozenset({"HTTP_STRIPE_SIGNATURE", "HTTP_USER_AGENT"})
_ENDPOINT_UID: Final = uuid.UUID("5f9d3c1e-6d0b-4f55-9a4e-0f1c5a7e1b11")


def keep_event(request: HttpRequest) -> None:
    """Keep what Stripe tells us, once, and queue what follows from it.

    Raises ``BadSignatureError`` for what Stripe did not sign just now, and ``StoreDownError``
    when Stripe should send it again; nothing is kept then.
    """
    if not settings.STRIPE_WEBHOOK_SECRET:
        raise MissingError("There is nothing at this address.")
    _refuse_unsigned(request)
    try:
        kept = WebhookEventTrigger.from_request(_bare(request), webhook_endpoint=_endpoint())
    except stripe.StripeError as error:
        if getattr(error, "code", None) != "resource_missing":
            raise StoreDownError("Stripe does not answer; send this again.") from error
        # Stripe does not know what its own event is about: sending it again would not help.
        logger.warning("Stripe told us about something it does not know: %s", error.user_message)
        return
    if not kept.valid:  # it grew too old between the two checks
        raise BadSignatureError("This was not signed by Stripe, or too long ago.")


def _refuse_unsigned(request: HttpRequest) -> None:
    try:
        stripe.WebhookSignature.verify_header(
            request.body.decode(),
            request.headers.get("Stripe-Signature"),
            settings.STRIPE_WEBHOOK_SECRET,
            stripe.Webhook.DEFAULT_TOLERANCE,
        )
    except (stripe.SignatureVerificationError, UnicodeDecodeError) as error:
        raise BadSignatureError("This was not signed by Stripe, or too long ago.") from error
    if not _is_event(request.body):
        raise BadSignatureError("This is no event of Stripe.")


def _is_event(body: bytes) -> bool:
    try:
        event = json.loads(body)
        return isinstance(event["data"]["object"], dict) and {"id", "livemode"} <= event.keys()
    except (ValueError, TypeError, KeyError):
        return False


def _bare(request: HttpRequest) -> HttpRequest:
    """The same request without the headers that dj-stripe would believe or keep."""
    environ = {
        name: value
        for name, value in request.META.items()
        if name in _HEADERS or not name.startswith("HTTP_")
    }
    return WSGIRequest({**environ, "wsgi.input": BytesIO(request.body)})


def _endpoint() -> WebhookEndpoint:
    """dj-stripe's row for our one endpoint. Its rules come from here, never from the row."""
    endpoint, _ = WebhookEndpoint.objects.get_or_create(
        djstripe_uuid=_ENDPOINT_UID,
        defaults={
            "id": f"we_{_ENDPOINT_UID.hex}",
            "url": "https://webhooks.invalid/",
            "enabled_events": ["*"],
            "status": WebhookEndpointStatus.enabled,
            "livemode": settings.STRIPE_LIVE_MODE,
        },
    )
    endpoint.secret = settings.STRIPE_WEBHOOK_SECRET
    endpoint.livemode = settings.STRIPE_LIVE_MODE
    endpoint.djstripe_validation_method = WebhookEndpointValidation.verify_signature
    endpoint.djstripe_tolerance = stripe.Webhook.DEFAULT_TOLERANCE
    return endpoint
