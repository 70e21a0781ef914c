"""What a closed account costs, and what Stripe and our copy of its words keep of an erased one."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from djstripe.models import Customer
from pytest_django import Settings

from commerce.billing.models import LedgerEntry, Status, Subscription
from commerce.catalog.models import Offer
from commerce.entitlements.models import Entitlement
from commerce.gateways.base import StoreDownError
from fitness.accounts.models import User
from fitness.privacy.models import Closure
from fitness.privacy.selectors import undo_token
from fitness.privacy.services.closing import close_account, undo_closure
from fitness.privacy.services.erasing import erasing
from fitness.privacy.tasks import forget_last_news, see_to_closures
from tests.fitness.test_erasing import whole_database
from tests.queue import drain
from tests.stripe import Shop

pytestmark = pytest.mark.django_db


def erase(closure: Closure) -> None:
    for _ in erasing(uid=closure.uid, now=closure.due_at):
        pass


def at_stripe(shop: Shop, kind: str) -> dict[str, Any]:
    return shop.newest(kind)


def test_a_closed_account_is_charged_no_more(shop: Shop, member: User, monthly: Offer) -> None:
    shop.buy(member, monthly)

    closure = close_account(user_id=member.pk, now=timezone.now())
    shop.settle()
    shop.advance(days=40)
    shop.settle()

    assert at_stripe(shop, "subscription")["status"] == "canceled"
    assert LedgerEntry.objects.count() == 1
    assert Subscription.objects.get().status == Status.ENDED
    closure.refresh_from_db()
    assert closure.billing_ended_at is not None


def test_a_checkout_left_open_is_shut(shop: Shop, member: User, monthly: Offer) -> None:
    shop.start(member, monthly)

    close_account(user_id=member.pk, now=timezone.now())
    drain()

    assert at_stripe(shop, "checkout.session")["status"] == "expired"


def test_a_silent_stripe_is_asked_again(
    shop: Shop, member: User, monthly: Offer, settings: Settings
) -> None:
    shop.buy(member, monthly)
    host, settings.STRIPE_API_HOST = settings.STRIPE_API_HOST, "http://127.0.0.1:9"
    closure = close_account(user_id=member.pk, now=timezone.now())
    with pytest.raises(Exception, match="StoreDownError"):
        drain()

    settings.STRIPE_API_HOST = host
    see_to_closures.call()
    drain()

    closure.refresh_from_db()
    assert closure.billing_ended_at is not None
    assert at_stripe(shop, "subscription")["cancel_at_period_end"]


def test_nothing_is_erased_while_stripe_is_silent(
    shop: Shop, member: User, monthly: Offer, settings: Settings
) -> None:
    shop.buy(member, monthly)
    closure = close_account(user_id=member.pk, now=timezone.now())
    drain()
    settings.STRIPE_API_HOST = "http://127.0.0.1:9"

    with pytest.raises(StoreDownError):
        erase(closure)

    assert User.objects.filter(pk=member.pk).exists()
    assert Entitlement.objects.filter(user=member).exists()


def test_stripe_and_its_mirror_forget_an_erased_member(
    shop: Shop, member: User, monthly: Offer
) -> None:
    shop.buy(member, monthly)
    customer = Customer.objects.get().id
    closure = close_account(user_id=member.pk, now=timezone.now())
    shop.settle()

    erase(closure)
    shop.settle()  # the news of what we did comes after it
    with time_machine.travel(timezone.now() + dt.timedelta(days=5), tick=True):
        forget_last_news.call()

    assert shop.stripe.store.objects[customer]["deleted"]
    left = [
        (table, row)
        for table, row in whole_database()
        if customer in row or member.email in row or str(member.uid) in row
    ]
    assert left == []
    assert LedgerEntry.objects.get().user_id is None
    assert Subscription.objects.get().status == Status.ENDED


def test_an_undone_closure_charges_nobody_unasked(shop: Shop, member: User, monthly: Offer) -> None:
    shop.buy(member, monthly)
    closure = close_account(user_id=member.pk, now=timezone.now())
    shop.settle()

    undo_closure(token=undo_token(closure), now=timezone.now())

    assert at_stripe(shop, "subscription")["cancel_at_period_end"]
    assert shop.rights(member) == {"premium"}
