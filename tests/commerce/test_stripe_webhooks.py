"""The door for Stripe's news: what gets in, what does not, and what it may not break."""

import datetime as dt
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from django_q.models import OrmQ
from djstripe.models import Customer, Event, WebhookEventTrigger
from pytest_django import Settings

from commerce.billing.models import LedgerEntry, Subscription
from commerce.gateways.stripe.client import client
from commerce.gateways.stripe.services import handle_subscription
from commerce.gateways.stripe.tasks import prune_inbox
from config.devservices.stripe.delivery import signed
from config.devservices.stripe.events import emit
from fitness.accounts.models import User
from tests.api.client import ApiClient
from tests.commerce import goods
from tests.queue import drain
from tests.stripe import SECRET, WEBHOOK, Shop, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def news(shop: Shop, member: User) -> tuple[bytes, str]:
    """A webhook that tells of a paid subscription, not delivered yet."""
    start = shop.start(member, goods.monthly())
    shop.stripe.pay(start.session_id)
    told = {kind: (body, header) for body, header, kind in shop.stripe.take_events(SECRET)}
    OrmQ.objects.all().delete()
    return told["customer.subscription.created"]


def _header(body: bytes, *, secret: str = SECRET, age: int = 0) -> str:
    """A signature that was made ``age`` seconds ago."""
    moment = int(time.time()) - age
    digest = hmac.new(secret.encode(), b"%d." % moment + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={digest}"


_FORGERIES: dict[str, Callable[[bytes], tuple[bytes, str]]] = {
    "no signature": lambda body: (body, ""),
    "garbage": lambda body: (body, "garbage"),
    "an empty signature": lambda body: (body, f"t={int(time.time())},v1="),
    "another secret": lambda body: (body, _header(body, secret="whsec_other")),
    "an empty secret": lambda body: (body, _header(body, secret="")),
    "a changed body": lambda body: (body.replace(b"active", b"paused"), _header(body)),
    "an old one again": lambda body: (body, _header(body, age=301)),
    "no JSON": lambda body: (b"{", _header(b"}")),
    "no text": lambda body: (b"\xff\xfe", _header(b"\xff\xfe")),
}


@pytest.mark.parametrize("forgery", _FORGERIES)
def test_what_stripe_did_not_sign_just_now_changes_nothing(
    news: tuple[bytes, str], forgery: str
) -> None:
    body, header = _FORGERIES[forgery](news[0])

    answer = tell(body, header)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:fitcore:problem:bad-signature"
    assert not WebhookEventTrigger.objects.exists()
    assert not Event.objects.exists()
    assert not OrmQ.objects.exists()


def test_a_secret_in_a_header_is_not_believed_even_while_debugging(
    news: tuple[bytes, str], settings: Settings
) -> None:
    settings.DEBUG = True
    body = news[0]

    headers = {"X-Djstripe-Webhook-Secret": "whsec_mine"}
    answer = tell(body, _header(body, secret="whsec_mine"), headers=headers)
    assert answer.status_code == 400

    assert tell(*news, headers=headers).status_code == 204
    assert Event.objects.count() == 1


def test_without_a_secret_there_is_no_door(news: tuple[bytes, str], settings: Settings) -> None:
    settings.STRIPE_WEBHOOK_SECRET = ""

    assert tell(news[0], _header(news[0], secret="")).status_code == 404
    assert not WebhookEventTrigger.objects.exists()


@pytest.mark.parametrize("address", ["not-an-ip", "203.0.113.9", "1.2.3.4, nonsense", "::::", ""])
def test_who_forwarded_it_is_neither_believed_nor_fatal(
    news: tuple[bytes, str], address: str
) -> None:
    headers = {"X-Forwarded-For": address, "Cookie": "a=secret"}
    assert tell(*news, headers=headers).status_code == 204

    kept = WebhookEventTrigger.objects.get()
    assert kept.remote_ip == "127.0.0.1"
    assert "secret" not in str(kept.headers)


def test_what_is_signed_but_no_event_is_refused(shop: Shop) -> None:
    for body in (b"{}", b"[]", b"null", b'"text"'):
        assert tell(body, _header(body)).status_code == 400
    assert not Event.objects.exists()


def test_an_event_that_comes_again_has_no_further_effect(news: tuple[bytes, str]) -> None:
    for _ in range(5):
        assert tell(*news).status_code == 204

    assert Event.objects.count() == 1
    assert OrmQ.objects.count() == 1


def test_handling_it_again_books_nothing_twice(
    shop: Shop, member: User, news: tuple[bytes, str]
) -> None:
    held = shop.newest("subscription")
    for _ in range(3):
        handle_subscription.call(held["id"], held["customer"])

    assert Subscription.objects.count() == LedgerEntry.objects.count() == 1
    assert shop.rights(member) == {"premium"}


def test_an_event_of_a_kind_we_do_not_know_is_taken(shop: Shop) -> None:
    event = {**_event(shop, "customer.updated", {"id": "cus_x"}), "type": "moon.eclipsed"}

    assert tell(*signed(event, SECRET)).status_code == 204


def test_events_in_reverse_end_in_the_same_state(shop: Shop, member: User) -> None:
    start = shop.start(member, goods.monthly())
    shop.stripe.pay(start.session_id)
    client().v1.subscriptions.update(
        shop.newest("subscription")["id"], {"cancel_at_period_end": True}
    )

    for body, header, _ in reversed(shop.stripe.take_events(SECRET)):
        assert tell(body, header).status_code == 204
        drain()

    subscription = Subscription.objects.get()
    assert subscription.cancel_at == subscription.period_end
    assert LedgerEntry.objects.count() == 1
    assert shop.rights(member) == {"premium"}


def test_a_stranger_who_buys_at_our_stripe_gets_nothing_here(
    shop: Shop, member: User, caplog: pytest.LogCaptureFixture
) -> None:
    monthly = goods.monthly()
    shop.start(member, monthly)
    monthly.refresh_from_db()
    stripe = client().v1
    stranger = stripe.customers.create({"email": "stranger@example.com"})
    stripe.subscriptions.create(
        {
            "customer": stranger.id,
            "items": [{"price": monthly.external_id}],
            "trial_period_days": 7,
        }
    )

    shop.settle()

    assert not Subscription.objects.exists()
    assert shop.rights(member) == frozenset()
    assert "unknown customer" in caplog.text


def test_a_product_that_is_not_ours_gives_nothing(
    shop: Shop, member: User, caplog: pytest.LogCaptureFixture
) -> None:
    shop.start(member, goods.monthly())
    stripe = client().v1
    price = stripe.prices.create(
        {
            "currency": "eur",
            "unit_amount": 100,
            "recurring": {"interval": "month"},
            "product": stripe.products.create({"name": "Of another shop"}).id,
        }
    )
    stripe.subscriptions.create(
        {
            "customer": shop.newest("customer")["id"],
            "items": [{"price": price.id}],
            "trial_period_days": 7,
        }
    )

    shop.settle()

    assert shop.rights(member) == frozenset()
    assert "unknown product" in caplog.text


def test_a_customer_that_stripe_does_not_know_is_answered_and_logged(
    shop: Shop, news: tuple[bytes, str], caplog: pytest.LogCaptureFixture
) -> None:
    event = json.loads(news[0])
    event["data"]["object"]["customer"] = "cus_nobody"

    assert tell(*signed(event, SECRET)).status_code == 204
    assert "does not know" in caplog.text


def test_a_silent_stripe_is_asked_again_by_stripe_itself(
    shop: Shop, member: User, news: tuple[bytes, str]
) -> None:
    shop.stripe.fail_next("GET", "/v1/*", status=500, times=10)

    assert tell(*news).status_code == 503
    assert not Event.objects.exists()
    assert not OrmQ.objects.exists()

    shop.stripe._faults.clear()  # noqa: SLF001
    assert tell(*news).status_code == 204
    drain()
    assert shop.rights(member) == {"premium"}


def test_a_customer_deleted_at_stripe_still_loses_what_stripe_cancelled(
    shop: Shop, member: User
) -> None:
    """dj-stripe forgets whose customer it was before it hears what became of the subscription."""
    shop.buy(member, goods.monthly())

    client().v1.customers.delete(shop.newest("customer")["id"])
    shop.settle()

    assert Customer.objects.get().subscriber is None
    assert Subscription.objects.get().status == "ended"
    assert shop.rights(member, after=dt.timedelta(seconds=1)) == frozenset()


def test_who_lost_their_customer_can_buy_again(shop: Shop, member: User) -> None:
    shop.buy(member, goods.monthly())
    client().v1.customers.delete(shop.newest("customer")["id"])
    shop.settle()

    shop.buy(member, goods.monthly())

    assert shop.rights(member) == {"premium"}
    assert Customer.objects.filter(subscriber=member).count() == 1


def test_the_inbox_forgets_after_a_month(news: tuple[bytes, str]) -> None:
    tell(*news)
    prune_inbox.call()
    assert (Event.objects.count(), WebhookEventTrigger.objects.count()) == (1, 1)

    month_ago = timezone.now() - dt.timedelta(days=31)
    Event.objects.update(djstripe_created=month_ago)
    WebhookEventTrigger.objects.update(created=month_ago)
    prune_inbox.call()

    assert (Event.objects.count(), WebhookEventTrigger.objects.count()) == (0, 0)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_only_a_post_is_listened_to(visitor: ApiClient, method: str) -> None:
    assert visitor.generic(method, WEBHOOK).status_code == 405


def test_a_huge_body_is_refused_before_anything_is_checked(shop: Shop) -> None:
    body = b"x" * 3_000_000

    assert tell(body, _header(body)).status_code == 413


def _event(shop: Shop, kind: str, thing: dict[str, Any]) -> dict[str, Any]:
    emit(shop.stripe.store, kind, {"object": "customer", **thing})
    return shop.newest("event")
