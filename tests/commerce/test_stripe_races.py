"""Many at once, on real threads: one effect, and the newest news wins."""

import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import djstripe.models
import pytest
from django.db import connection
from django_q.models import OrmQ

from commerce.billing.models import LedgerEntry, Subscription
from commerce.checkout import services
from commerce.gateways.stripe.client import client
from commerce.gateways.stripe.services import handle_subscription
from fitness.accounts.models import User
from tests.commerce import goods
from tests.queue import drain
from tests.stripe import SECRET, Shop, tell

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def _at_once(calls: Iterable[Callable[[], Any]]) -> list[Any]:
    """Run all calls at the same moment, each on a thread and connection of its own."""
    calls = list(calls)
    gate = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def _status(body: bytes, header: str) -> int:
    return int(tell(body, header).status_code)


def test_eight_deliveries_at_once_are_one_event_and_one_effect(shop: Shop, member: User) -> None:
    start = shop.start(member, goods.monthly())
    shop.stripe.pay(start.session_id)
    told = {kind: (body, header) for body, header, kind in shop.stripe.take_events(SECRET)}
    OrmQ.objects.all().delete()
    event = told["invoice.paid"]

    answers = _at_once([partial(_status, *event)] * 8)

    assert answers == [204] * 8
    assert djstripe.models.Event.objects.count() == OrmQ.objects.count() == 1
    drain()
    assert LedgerEntry.objects.count() == 1
    assert shop.rights(member) == {"premium"}


def test_a_whole_checkout_told_at_once_ends_right(shop: Shop, member: User) -> None:
    start = shop.start(member, goods.monthly())
    shop.stripe.pay(start.session_id)
    events = shop.stripe.take_events(SECRET)

    answers = _at_once([partial(_status, body, header) for body, header, _ in events])
    for (body, header, _), status in zip(events, answers, strict=True):
        if status != 204:  # Stripe sends again what we could not take
            assert tell(body, header).status_code == 204
    drain()

    assert set(answers) <= {204, 503}
    assert (Subscription.objects.count(), LedgerEntry.objects.count()) == (1, 1)
    assert shop.rights(member) == {"premium"}


def test_the_same_task_eight_times_at_once_books_once(shop: Shop, member: User) -> None:
    start = shop.start(member, goods.monthly())
    shop.stripe.pay(start.session_id)
    held = shop.newest("subscription")

    _at_once([lambda: handle_subscription.call(held["id"], held["customer"])] * 8)

    assert (Subscription.objects.count(), LedgerEntry.objects.count()) == (1, 1)
    assert shop.rights(member) == {"premium"}


def test_a_slow_webhook_does_not_overwrite_newer_news(shop: Shop, member: User) -> None:
    shop.buy(member, goods.monthly())
    held = shop.newest("subscription")
    older = _told_of(shop, held["id"], {"metadata": {"step": "one"}})
    shop.stripe.fail_next("GET", f"/v1/subscriptions/{held['id']}", sleep=1.5)

    def slow() -> int:
        return int(tell(*older).status_code)

    def newer() -> int:
        time.sleep(0.5)
        news = _told_of(shop, held["id"], {"cancel_at_period_end": True})
        return int(tell(*news).status_code)

    assert _at_once([slow, newer]) == [204, 204]

    mirrored = djstripe.models.Subscription.objects.get()
    assert mirrored.stripe_data["cancel_at_period_end"] is True
    drain()
    assert Subscription.objects.get().cancel_at is not None


def test_a_slow_task_does_not_overwrite_newer_news(shop: Shop, member: User) -> None:
    shop.buy(member, goods.monthly())
    held = shop.newest("subscription")
    shop.stripe.fail_next("GET", f"/v1/subscriptions/{held['id']}", sleep=1.5)

    def slow() -> None:
        handle_subscription.call(held["id"], held["customer"])

    def newer() -> None:
        time.sleep(0.5)
        client().v1.subscriptions.cancel(held["id"])
        handle_subscription.call(held["id"], held["customer"])

    _at_once([slow, newer])

    assert Subscription.objects.get().status == "ended"
    assert shop.rights(member) == frozenset()


def test_two_first_checkouts_at_once_make_one_customer(shop: Shop, member: User) -> None:
    offers = [goods.single(key=f"workout:{number}") for number in range(4)]
    services.sync_catalog()
    for offer in offers:
        offer.refresh_from_db()

    _at_once([partial(shop.start, member, offer) for offer in offers])

    assert len(shop.stripe.store.find("customer")) == 1
    assert djstripe.models.Customer.objects.get().subscriber == member


def test_the_same_checkout_eight_times_at_once_is_one_session(shop: Shop, member: User) -> None:
    monthly = goods.monthly()
    services.sync_catalog()
    monthly.refresh_from_db()

    starts = _at_once([lambda: shop.start(member, monthly, key="tap")] * 8)

    assert len({start.session_id for start in starts}) == 1


def _told_of(shop: Shop, subscription_id: str, change: dict[str, Any]) -> tuple[bytes, str]:
    """Change the subscription at Stripe; the webhook that tells of it."""
    client().v1.subscriptions.update(subscription_id, change)  # type: ignore[arg-type]
    ((body, header),) = [
        (body, header)
        for body, header, kind in shop.stripe.take_events(SECRET)
        if kind == "customer.subscription.updated"
    ]
    return body, header
