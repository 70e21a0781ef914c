"""Subscriptions over their life, with the clock moved."""

import datetime as dt
import itertools
from typing import Any

import pytest
import stripe
from stripe import StripeClient, Subscription

from config.devservices.stripe import StripeStandIn
from tests.devservices import goods
from tests.devservices.goods import DAY

MONTH = 31 * DAY


def test_a_paid_subscription_is_active_for_a_calendar_month(client: StripeClient) -> None:
    subscription = goods.subscription(client, expand=["latest_invoice.payments"])

    item = goods.items(subscription)[0]
    invoice: Any = subscription.latest_invoice
    assert subscription.status == "active"
    assert _date(item.current_period_end) == _next_month(_date(item.current_period_start))
    assert (invoice.status, invoice.amount_paid, invoice.billing_reason) == (
        "paid", 1200, "subscription_create",
    )  # fmt: skip
    assert invoice.payments.data[0].payment.payment_intent.startswith("pi_")


def test_without_a_card_it_waits_for_the_first_payment(client: StripeClient) -> None:
    customer = client.v1.customers.create({})
    subscription = client.v1.subscriptions.create(
        {
            "customer": customer.id,
            "items": [{"price": goods.price(client).id}],
            "payment_behavior": "default_incomplete",
            "expand": ["latest_invoice.confirmation_secret"],
        }
    )
    invoice: Any = subscription.latest_invoice
    intent = invoice.confirmation_secret.client_secret.partition("_secret_")[0]

    client.v1.payment_intents.confirm(intent, {"payment_method": "pm_card_visa"})

    assert subscription.status == "incomplete"
    assert client.v1.subscriptions.retrieve(subscription.id).status == "active"


def test_a_first_payment_that_never_comes_expires(
    client: StripeClient, stand_in: StripeStandIn
) -> None:
    subscription = goods.subscription(client, "pm_card_chargeCustomerFail")

    stand_in.advance(DAY)

    assert subscription.status == "incomplete"
    assert _status(client, subscription) == "incomplete_expired"


def test_a_refused_card_leaves_nothing_behind_when_asked_so(
    client: StripeClient, stand_in: StripeStandIn
) -> None:
    with pytest.raises(stripe.CardError):
        goods.subscription(
            client, "pm_card_chargeCustomerFail", payment_behavior="error_if_incomplete"
        )

    assert client.v1.subscriptions.list({"status": "all"}).data == []
    assert "customer.subscription.created" not in goods.told(stand_in)


def test_renewals_keep_the_day_of_the_month(client: StripeClient, stand_in: StripeStandIn) -> None:
    today = dt.datetime.fromtimestamp(stand_in.now(), tz=dt.UTC)
    last_of_january = dt.datetime(today.year + 1, 1, 31, 12, tzinfo=dt.UTC)
    stand_in.advance(int((last_of_january - today).total_seconds()))
    subscription = goods.subscription(client)

    ends = []
    for _ in range(3):
        stand_in.advance(MONTH)
        ends.append(_date(goods.items(_fresh(client, subscription))[0].current_period_end))

    assert [(day.month, day.day) for day in ends] == [(3, 31), (4, 30), (5, 31)]


def test_every_renewal_is_told_at_its_own_time(
    client: StripeClient, stand_in: StripeStandIn
) -> None:
    subscription = goods.subscription(client)
    began = goods.items(subscription)[0].current_period_start

    stand_in.advance(95 * DAY)

    paid = client.v1.events.list({"type": "invoice.paid"}).data[::-1]
    days = [(event.created - began) // DAY for event in paid]
    assert days[0] == 0
    assert all(28 <= later - earlier <= 31 for earlier, later in itertools.pairwise(days))
    assert len(days) == 4


def test_a_trial_is_free_and_warns_before_it_ends(
    client: StripeClient, stand_in: StripeStandIn
) -> None:
    subscription = goods.subscription(client, trial_period_days=7)
    goods.told(stand_in)

    stand_in.advance(5 * DAY)
    warned = goods.told(stand_in)
    stand_in.advance(3 * DAY)

    assert subscription.status == "trialing"
    assert warned == ["customer.subscription.trial_will_end"]
    assert _status(client, subscription) == "active"
    amounts = [invoice.amount_paid for invoice in client.v1.invoices.list().data]
    assert amounts == [1200, 0]


def test_a_failed_renewal_is_tried_again_and_recovers(
    client: StripeClient, stand_in: StripeStandIn
) -> None:
    subscription = goods.subscription(client)
    customer: Any = subscription.customer
    stand_in.decline_customer(customer)
    stand_in.advance(MONTH)
    failed = _status(client, subscription)

    stand_in.decline_customer(customer, None)
    stand_in.advance(4 * DAY)

    assert failed == "past_due"
    assert _status(client, subscription) == "active"


@pytest.mark.parametrize(("outcome", "status"), [("cancel", "canceled"), ("unpaid", "unpaid")])
def test_a_renewal_that_is_never_paid_ends_it(
    client: StripeClient, stand_in: StripeStandIn, outcome: Any, status: str
) -> None:
    stand_in.after_failed_retries(outcome)
    subscription = goods.subscription(client)
    customer: Any = subscription.customer
    stand_in.decline_customer(customer)

    stand_in.advance(MONTH + 20 * DAY)

    assert _status(client, subscription) == status
    assert goods.told(stand_in).count("invoice.payment_failed") == 4


def test_cancelling_keeps_the_period_and_can_be_taken_back(
    client: StripeClient, stand_in: StripeStandIn
) -> None:
    subscription = goods.subscription(client)
    ending = client.v1.subscriptions.update(subscription.id, {"cancel_at_period_end": True})
    kept = client.v1.subscriptions.update(subscription.id, {"cancel_at_period_end": False})
    stand_in.advance(MONTH)
    renewed = _status(client, subscription)

    client.v1.subscriptions.update(subscription.id, {"cancel_at_period_end": True})
    stand_in.advance(MONTH)

    assert ending.cancel_at == goods.items(ending)[0].current_period_end
    assert (kept.cancel_at, kept.canceled_at) == (None, None)
    assert (renewed, _status(client, subscription)) == ("active", "canceled")


def test_a_cancelled_subscription_is_cancelled_once(client: StripeClient) -> None:
    subscription = goods.subscription(client)

    assert client.v1.subscriptions.cancel(subscription.id).status == "canceled"
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.subscriptions.cancel(subscription.id)
    assert refused.value.http_status == 404


def test_an_upgrade_at_once_charges_the_difference(
    client: StripeClient, stand_in: StripeStandIn
) -> None:
    subscription = goods.subscription(client)
    goods.told(stand_in)
    item, dearer = goods.items(subscription)[0], goods.price(client, amount=2400)
    half = (item.current_period_end - item.current_period_start) // 2
    stand_in.advance(half)
    wish: Any = [{"id": item.id, "price": dearer.id}]

    preview = client.v1.invoices.create_preview(
        {
            "subscription": subscription.id,
            "subscription_details": {"items": wish, "proration_behavior": "always_invoice"},
        }
    )
    client.v1.subscriptions.update(
        subscription.id, {"items": wish, "proration_behavior": "always_invoice"}
    )

    invoice = client.v1.invoices.list().data[0]
    assert [line.amount for line in invoice.lines.data] == [-600, 1200]
    assert invoice.amount_paid == preview.amount_due == 600
    assert goods.items(_fresh(client, subscription))[0].price.id == dearer.id


def test_another_interval_begins_a_new_period(client: StripeClient) -> None:
    subscription = goods.subscription(client)
    item, yearly = goods.items(subscription)[0], goods.price(client, amount=9000, interval="year")

    changed = client.v1.subscriptions.update(
        subscription.id, {"items": [{"id": item.id, "price": yearly.id}]}
    )

    after = goods.items(changed)[0]
    assert (after.current_period_end - after.current_period_start) // DAY in (365, 366)
    assert client.v1.invoices.list().data[0].amount_paid == 9000 - 1200


def test_a_downgrade_gives_credit_to_the_next_invoice(
    client: StripeClient, stand_in: StripeStandIn
) -> None:
    subscription = goods.subscription(client)
    item, cheaper = goods.items(subscription)[0], goods.price(client, amount=200)
    wish: Any = [{"id": item.id, "price": cheaper.id}]

    client.v1.subscriptions.update(subscription.id, {"items": wish})
    stand_in.advance(MONTH)

    invoice = client.v1.invoices.list().data[0]
    customer = client.v1.customers.retrieve(str(subscription.customer))
    assert (invoice.total, invoice.amount_due) == (200 - 1000, 0)
    assert customer.balance == -800


def test_a_paused_collection_voids_what_it_would_have_asked_for(
    client: StripeClient, stand_in: StripeStandIn
) -> None:
    subscription = goods.subscription(client)
    client.v1.subscriptions.update(subscription.id, {"pause_collection": {"behavior": "void"}})

    stand_in.advance(MONTH)

    assert _status(client, subscription) == "active"
    assert client.v1.invoices.list().data[0].status == "void"


def test_deleting_a_customer_ends_their_subscriptions(client: StripeClient) -> None:
    subscription = goods.subscription(client)

    client.v1.customers.delete(str(subscription.customer))

    assert _status(client, subscription) == "canceled"


def _fresh(client: StripeClient, subscription: Subscription) -> Subscription:
    return client.v1.subscriptions.retrieve(subscription.id)


def _status(client: StripeClient, subscription: Subscription) -> str:
    return _fresh(client, subscription).status


def _date(moment: int) -> dt.date:
    return dt.datetime.fromtimestamp(moment, tz=dt.UTC).date()


def _next_month(day: dt.date) -> dt.date:
    first = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    last = ((first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)).day
    return first.replace(day=min(day.day, last))
