"""Money that goes back: refunds and disputes, through Stripe's own webhooks."""

import pytest

from commerce.billing.models import LedgerEntry, Purchase
from commerce.catalog.models import Offer
from commerce.gateways.stripe.client import client
from fitness.accounts.models import User
from tests.commerce import goods
from tests.stripe import Shop

pytestmark = pytest.mark.django_db


def test_a_full_refund_of_the_current_month_ends_it_at_once(
    shop: Shop, member: User, monthly: Offer
) -> None:
    shop.buy(member, monthly)

    _refund(shop)

    assert shop.rights(member) == frozenset()
    assert sum(entry.amount_minor for entry in LedgerEntry.objects.all()) == 0


def test_a_partial_refund_ends_nothing(shop: Shop, member: User, monthly: Offer) -> None:
    shop.buy(member, monthly)

    _refund(shop, amount=1289)

    assert shop.rights(member) == {"premium"}
    assert sum(entry.amount_minor for entry in LedgerEntry.objects.all()) == 1


def test_a_refund_of_an_earlier_month_is_booked_and_ends_nothing(
    shop: Shop, member: User, monthly: Offer
) -> None:
    shop.buy(member, monthly)
    first = shop.newest("payment_intent")["id"]
    shop.advance(days=32)
    shop.settle()

    _refund(shop, payment_intent=first)

    assert shop.rights(member) == {"premium"}
    assert LedgerEntry.objects.filter(kind="refund").count() == 1


def test_a_refunded_purchase_is_locked_again(shop: Shop, member: User) -> None:
    shop.buy(member, goods.single())

    _refund(shop)

    assert shop.rights(member) == frozenset()
    assert Purchase.objects.get().revoked_at is not None


def test_a_refund_that_the_bank_returns_opens_again(shop: Shop, member: User) -> None:
    shop.buy(member, goods.single())
    _refund(shop)
    refund, charge = shop.newest("refund"), shop.newest("charge")

    refund["status"], charge["amount_refunded"] = "failed", 0
    _announce(shop, "refund.failed", refund)

    assert shop.rights(member) == {"workout:one"}
    assert sum(entry.amount_minor for entry in LedgerEntry.objects.all()) == 490


@pytest.mark.parametrize(("is_won", "rights"), [(True, {"premium"}), (False, set())])
def test_only_a_lost_dispute_ends_it(
    shop: Shop, member: User, monthly: Offer, *, is_won: bool, rights: set[str]
) -> None:
    shop.buy(member, monthly)
    dispute = shop.stripe.open_dispute(shop.newest("charge")["id"])
    shop.settle()
    assert shop.rights(member) == {"premium"}

    shop.stripe.close_dispute(dispute, is_won=is_won)
    shop.settle()

    assert shop.rights(member) == rights


def _refund(shop: Shop, *, payment_intent: str = "", amount: int = 0) -> None:
    intent = payment_intent or shop.newest("payment_intent")["id"]
    params = {"payment_intent": intent} | ({"amount": amount} if amount else {})
    client().v1.refunds.create(params)  # type: ignore[arg-type]
    shop.settle()


def _announce(shop: Shop, kind: str, thing: dict[str, object]) -> None:
    from config.devservices.stripe.events import emit

    emit(shop.stripe.store, kind, thing)
    shop.settle()
