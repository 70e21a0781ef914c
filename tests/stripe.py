"""A shop whose Stripe is the stand-in: the real SDK and dj-stripe talk to it over HTTP."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import stripe
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from commerce.catalog.models import Offer
from commerce.checkout import services
from commerce.entitlements.selectors import rights_of
from commerce.gateways.base import CheckoutStart
from commerce.gateways.stripe.receivers import EVENTS
from config.devservices.stripe import StripeStandIn
from fitness.accounts.models import User
from tests.queue import drain

_A_SECOND = dt.timedelta(seconds=1)
WEBHOOK = "/api/payments/webhooks/stripe"
SECRET = "whsec_only_for_tests"


class Shop:
    """What happens between a member, us and Stripe, in words."""

    def __init__(self, stand_in: StripeStandIn) -> None:
        self.stripe = stand_in

    @property
    def now(self) -> dt.datetime:
        """The time on Stripe's clock."""
        return dt.datetime.fromtimestamp(self.stripe.now(), tz=dt.UTC)

    def start(self, user: User, offer: Offer, *, key: str = "") -> CheckoutStart:
        if not offer.external_id:
            services.sync_catalog()
            offer.refresh_from_db()
        return services.start_checkout(
            user=user,
            offer_uid=offer.uid,
            success_url="https://testserver/checkout/done?session_id={CHECKOUT_SESSION_ID}",
            cancel_url="https://testserver/plans",
            idempotency_key=key or uuid.uuid4().hex,
            now=timezone.now(),
        )

    def buy(self, user: User, offer: Offer) -> None:
        """Check out, pay, and let every webhook arrive and be handled."""
        start = self.start(user, offer)
        self.stripe.pay(start.session_id)
        self.settle()

    def settle(self) -> None:
        """Let the webhooks we asked Stripe for arrive, and what they queue run."""
        for body, signature, kind in self.stripe.take_events(SECRET):
            if kind in EVENTS:
                assert tell(body, signature).status_code == 204
        drain()

    def advance(self, **delta: float) -> None:
        self.stripe.advance(int(dt.timedelta(**delta).total_seconds()))

    def rights(self, user: User, *, after: dt.timedelta = _A_SECOND) -> frozenset[str]:
        """The member's rights when ``after`` has passed on Stripe's clock.

        That clock knows whole seconds only: what happened "now" may lie within the next one.
        """
        return rights_of(user_id=user.pk, now=self.now + after)

    def newest(self, kind: str) -> dict[str, Any]:
        return self.stripe.store.find(kind)[0]


def tell(body: bytes, signature: str, *, headers: dict[str, str] | None = None) -> Any:
    """Deliver a webhook as Stripe would."""
    return Client(raise_request_exception=False).post(
        WEBHOOK,
        body,
        content_type="application/json",
        headers={"Stripe-Signature": signature} | (headers or {}),
    )


@pytest.fixture(scope="session")
def stand_in() -> Iterator[StripeStandIn]:
    running = StripeStandIn()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def shop(stand_in: StripeStandIn, settings: Settings) -> Iterator[Shop]:
    """A fresh Stripe, for tests that reach the database."""
    stand_in.reset()
    settings.STRIPE_API_HOST = stripe.api_base = f"http://{stand_in.host}"
    settings.STRIPE_WEBHOOK_SECRET = SECRET
    yield Shop(stand_in)
    stripe.api_base = "http://127.0.0.1:9"
