"""The line to Stripe: one client a process, and its errors in our words."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager

import stripe
from django.conf import settings

from commerce.gateways.base import StoreBusyError, StoreDownError, StoreRefusedError

# A member waits for the answer, and a queued task has a minute for all its calls.
_TIMEOUT_SECONDS = 10
_RETRIES = 1


def client() -> stripe.StripeClient:
    """Stripe as the settings name it: address, key and pinned version."""
    key = (
        settings.STRIPE_LIVE_SECRET_KEY
        if settings.STRIPE_LIVE_MODE
        else settings.STRIPE_TEST_SECRET_KEY
    )
    if not key:
        raise StoreDownError("Payments are not set up here yet.")
    return _client(key, settings.STRIPE_API_HOST, settings.STRIPE_API_VERSION)


@functools.cache
def _client(key: str, host: str, version: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        stripe_version=version,
        base_addresses={"api": host},
        max_network_retries=_RETRIES,
        http_client=stripe.RequestsClient(timeout=_TIMEOUT_SECONDS),
    )


def limit_patience() -> None:
    """dj-stripe uses the library's own client, which would hold a web request for 80 seconds."""
    stripe.default_http_client = stripe.RequestsClient(timeout=_TIMEOUT_SECONDS)


@contextmanager
def errors_in_our_words() -> Iterator[None]:
    """Tell a refusal, which stays one, from a silence, after which trying again is safe."""
    try:
        yield
    except stripe.IdempotencyError as error:
        raise StoreBusyError("The first attempt with this key is still running.") from error
    except (stripe.InvalidRequestError, stripe.CardError) as error:
        raise StoreRefusedError(error.user_message or "The payment service refused.") from error
    except stripe.StripeError as error:
        raise StoreDownError("The payment service does not answer; try again soon.") from error
