"""Every object has what the SDK's own types call certain to be there."""

from typing import Any

import pytest
import stripe
from stripe import StripeClient

from config.devservices.stripe import StripeStandIn
from tests.devservices import goods

CLASSES: list[Any] = [
    stripe.BalanceTransaction,
    stripe.Charge,
    stripe.Customer,
    stripe.Dispute,
    stripe.Event,
    stripe.Invoice,
    stripe.InvoiceItem,
    stripe.InvoicePayment,
    stripe.PaymentIntent,
    stripe.PaymentMethod,
    stripe.Price,
    stripe.Product,
    stripe.Refund,
    stripe.SetupIntent,
    stripe.Subscription,
    stripe.WebhookEndpoint,
    stripe.billing_portal.Session,
    stripe.checkout.Session,
]
PARTS: dict[str, Any] = {"items": stripe.SubscriptionItem, "lines": stripe.InvoiceLineItem}


@pytest.fixture
def everything(client: StripeClient, stand_in: StripeStandIn) -> dict[str, Any]:
    """A stand-in that has seen one of each; the newest object of every kind, as it is shown."""
    stand_in.add_webhook("http://127.0.0.1:9/", "whsec_shapes")
    stand_in.hold()
    subscription = goods.subscription(client)
    customer: Any = subscription.customer
    change: Any = [{"id": goods.items(subscription)[0].id, "quantity": 2}]
    client.v1.subscriptions.update(subscription.id, {"items": change})
    stand_in.pay(goods.checkout(client, "setup", currency="usd").id)
    stand_in.pay(goods.checkout(client, "payment").id, card="4000000000000259")
    intent: Any = client.v1.invoice_payments.list().data[0].payment.payment_intent
    client.v1.refunds.create({"payment_intent": intent, "amount": 1})
    client.v1.billing_portal.sessions.create({"customer": customer})
    kinds = {kind.OBJECT_NAME for kind in CLASSES}
    return {kind: stand_in.store.find(kind)[0] for kind in kinds}


def test_nothing_that_is_certain_is_missing(everything: dict[str, Any]) -> None:
    lacking = {
        kind.OBJECT_NAME: _certain(kind) - everything[kind.OBJECT_NAME].keys() for kind in CLASSES
    }
    parts = {
        name: _certain(kind) - part.keys()
        for name, kind in PARTS.items()
        for owner in ("subscription", "invoice")
        for part in everything[owner].get(name, {}).get("data", [])
    }

    assert {kind: names for kind, names in {**lacking, **parts}.items() if names} == {}


def test_what_the_api_version_dropped_is_not_there(everything: dict[str, Any]) -> None:
    invoice, subscription = everything["invoice"], everything["subscription"]

    assert not {"subscription", "payment_intent", "charge", "paid"} & invoice.keys()
    assert not {"current_period_start", "current_period_end", "plan"} & subscription.keys()
    assert invoice["parent"]["subscription_details"]["subscription"] == subscription["id"]
    assert everything["event"]["api_version"] == "2026-08-26.dahlia"


def _certain(kind: Any) -> set[str]:
    """The fields whose type does not allow None, so that a caller may rely on them."""
    names = {
        name
        for name, hint in kind.__annotations__.items()
        if not ("Optional" in str(hint) or "NoneType" in str(hint))
    }
    return names - {"OBJECT_NAME"}
