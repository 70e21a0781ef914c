"""From checkout to rights and back, through signed webhooks, on the stand-in."""

import datetime as dt
from typing import Literal

import pytest

from commerce.billing.models import LedgerEntry, Purchase, Subscription
from commerce.catalog.models import Offer
from commerce.checkout import services
from commerce.gateways.stripe.client import client
from fitness.accounts.models import User
from tests.commerce import goods
from tests.stripe import Shop

pytestmark = pytest.mark.django_db
MOMENT = dt.timedelta(seconds=1)


def test_a_paid_subscription_opens_what_it_promises(
    shop: Shop, member: User, monthly: Offer
) -> None:
    shop.buy(member, monthly)

    subscription = Subscription.objects.get(user=member)
    assert (subscription.status, subscription.price_minor) == ("active", 1290)
    assert shop.rights(member) == {"premium"}
    payment = LedgerEntry.objects.get()
    assert (payment.kind, payment.amount_minor, payment.user) == ("payment", 1290, member)
    assert payment.source == subscription.source


def test_a_paid_purchase_opens_one_thing_for_good(shop: Shop, member: User) -> None:
    shop.buy(member, goods.single(key="workout:one"))

    assert Purchase.objects.get(user=member).status == "paid"
    assert shop.rights(member, after=dt.timedelta(days=3650)) == {"workout:one"}
    assert LedgerEntry.objects.get().amount_minor == 490


def test_a_checkout_that_was_not_paid_opens_nothing(
    shop: Shop, member: User, monthly: Offer
) -> None:
    shop.start(member, monthly)
    shop.advance(hours=25)
    shop.settle()

    assert shop.rights(member) == frozenset()
    assert not LedgerEntry.objects.exists()


def test_the_period_is_read_where_stripe_keeps_it_now(
    shop: Shop, member: User, monthly: Offer
) -> None:
    shop.buy(member, monthly)

    item = shop.newest("subscription")["items"]["data"][0]
    subscription = Subscription.objects.get()
    assert subscription.period_end.timestamp() == item["current_period_end"]
    end = subscription.period_end - shop.now
    assert shop.rights(member, after=end - MOMENT) == {"premium"}
    assert shop.rights(member, after=end) == frozenset()


def test_a_renewal_goes_on_where_the_paid_month_ended(
    shop: Shop, member: User, monthly: Offer
) -> None:
    shop.buy(member, monthly)
    first_end = Subscription.objects.get().period_end

    shop.advance(days=32)
    shop.settle()

    assert Subscription.objects.get().period_start == first_end
    assert shop.rights(member) == {"premium"}
    assert LedgerEntry.objects.count() == 2


def test_a_failed_renewal_keeps_three_days_of_grace_from_the_paid_end(
    shop: Shop, member: User, monthly: Offer
) -> None:
    shop.buy(member, monthly)
    paid_end = Subscription.objects.get().period_end
    shop.stripe.decline_customer(shop.newest("customer")["id"])

    shop.stripe.advance(int((paid_end - shop.now).total_seconds()) + 1)
    shop.settle()

    grace_end = paid_end + goods.GRACE - shop.now
    subscription = Subscription.objects.get()
    assert (subscription.status, subscription.access_until) == ("grace", paid_end + goods.GRACE)
    assert subscription.period_start == paid_end
    assert shop.rights(member, after=grace_end - MOMENT) == {"premium"}
    assert shop.rights(member, after=grace_end) == frozenset()


def test_a_failed_renewal_that_is_paid_later_opens_again(
    shop: Shop, member: User, monthly: Offer
) -> None:
    shop.buy(member, monthly)
    customer = shop.newest("customer")["id"]
    shop.stripe.decline_customer(customer)
    shop.advance(days=32)
    shop.settle()

    shop.stripe.decline_customer(customer, None)
    shop.advance(days=7)
    shop.settle()

    assert Subscription.objects.get().status == "active"
    assert shop.rights(member) == {"premium"}


@pytest.mark.parametrize("outcome", ["cancel", "unpaid"])
def test_a_renewal_that_is_never_paid_ends(
    shop: Shop, member: User, monthly: Offer, outcome: Literal["cancel", "unpaid"]
) -> None:
    shop.stripe.after_failed_retries(outcome)
    shop.buy(member, monthly)
    shop.stripe.decline_customer(shop.newest("customer")["id"])

    shop.advance(days=75)
    shop.settle()

    assert Subscription.objects.get().status in {"ended", "retry"}
    assert shop.rights(member) == frozenset()


def test_cancelled_keeps_to_the_paid_end(shop: Shop, member: User, monthly: Offer) -> None:
    shop.buy(member, monthly)
    uid = Subscription.objects.get().uid

    cancelled = services.cancel_subscription(user_id=member.pk, uid=uid, at_period_end=True)

    assert cancelled.cancel_at == cancelled.period_end == cancelled.access_until
    assert shop.rights(member) == {"premium"}
    shop.advance(days=32)
    shop.settle()
    assert Subscription.objects.get().status == "ended"
    assert shop.rights(member) == frozenset()


def test_cancelled_now_ends_now(shop: Shop, member: User, monthly: Offer) -> None:
    shop.buy(member, monthly)
    uid = Subscription.objects.get().uid

    services.cancel_subscription(user_id=member.pk, uid=uid, at_period_end=False)

    assert shop.rights(member) == frozenset()
    with pytest.raises(services.AlreadyEndedError):
        services.cancel_subscription(user_id=member.pk, uid=uid, at_period_end=False)


def test_a_paused_collection_opens_nothing_until_it_resumes(
    shop: Shop, member: User, monthly: Offer
) -> None:
    shop.buy(member, monthly)
    subscription = shop.newest("subscription")["id"]

    client().v1.subscriptions.update(subscription, {"pause_collection": {"behavior": "void"}})
    shop.settle()
    assert Subscription.objects.get().status == "paused"
    assert shop.rights(member, after=MOMENT) == frozenset()

    client().v1.subscriptions.update(subscription, {"pause_collection": ""})
    shop.settle()
    assert shop.rights(member) == {"premium"}


def test_a_trial_opens_from_its_first_second_to_its_last(
    shop: Shop, member: User, monthly: Offer
) -> None:
    shop.start(member, monthly)
    customer = shop.newest("customer")["id"]
    monthly.refresh_from_db()

    client().v1.subscriptions.create(
        {
            "customer": customer,
            "items": [{"price": monthly.external_id}],
            "trial_period_days": 7,
            "trial_settings": {"end_behavior": {"missing_payment_method": "cancel"}},
        }
    )
    shop.settle()

    subscription = Subscription.objects.get()
    assert subscription.status == "trialing"
    assert subscription.trial_end is not None
    assert shop.rights(member) == {"premium"}
    assert shop.rights(member, after=subscription.trial_end - shop.now) == frozenset()
    assert not LedgerEntry.objects.exists()


def test_another_plan_chosen_at_stripe_is_followed(
    shop: Shop, member: User, monthly: Offer
) -> None:
    yearly = goods.yearly()
    shop.buy(member, monthly)
    yearly.refresh_from_db()
    held = shop.newest("subscription")

    client().v1.subscriptions.update(
        held["id"],
        {"items": [{"id": held["items"]["data"][0]["id"], "price": yearly.external_id}]},
    )
    shop.settle()

    subscription = Subscription.objects.get()
    assert (subscription.product, subscription.interval) == (yearly.product, "year")
    assert shop.rights(member) == {"premium"}


def test_who_subscribed_at_an_old_price_keeps_the_product(
    shop: Shop, member: User, monthly: Offer
) -> None:
    shop.buy(member, monthly)
    Offer.objects.filter(pk=monthly.pk).update(price_minor=1490)
    assert services.sync_catalog() == 1

    shop.advance(days=32)
    shop.settle()

    assert Subscription.objects.get().price_minor == 1290
    assert shop.rights(member) == {"premium"}


def test_the_catalogue_is_made_at_stripe_once(shop: Shop, monthly: Offer) -> None:
    goods.single()

    assert [services.sync_catalog(), services.sync_catalog()] == [2, 0]
    assert len(shop.stripe.store.find("price")) == len(shop.stripe.store.find("product")) == 2


def test_every_call_speaks_the_pinned_version(shop: Shop, member: User, monthly: Offer) -> None:
    shop.buy(member, monthly)

    assert {call.version for call in shop.stripe.calls()} == {"2026-08-26.dahlia"}
