"""Asking Stripe how things stand now. Whoever writes down the answer holds the customer's lock."""

from typing import Any

from commerce.gateways.stripe.client import client, errors_in_our_words
from commerce.gateways.stripe.states import Payment, StripeData

_PAGE = 100


def read_subscription(subscription_id: str) -> StripeData:
    """The subscription with its newest invoice and that invoice's payments."""
    with errors_in_our_words():
        subscription = client().v1.subscriptions.retrieve(
            subscription_id, {"expand": ["latest_invoice.payments"]}
        )
    return subscription.to_dict()


def read_invoice(invoice_id: str) -> StripeData:
    """The invoice with its payments."""
    with errors_in_our_words():
        invoice = client().v1.invoices.retrieve(invoice_id, {"expand": ["payments"]})
    return invoice.to_dict()


def read_session(session_id: str) -> StripeData:
    with errors_in_our_words():
        return client().v1.checkout.sessions.retrieve(session_id).to_dict()


def read_payments(invoice: StripeData | None) -> list[Payment]:
    """What was paid for an invoice: one payment mostly, none for a free trial."""
    listed = (invoice or {}).get("payments") or {}
    intents = [entry["payment"].get("payment_intent") for entry in listed.get("data", [])]
    return [read_payment(intent) for intent in intents if intent]


def read_payment(intent_id: str) -> Payment:
    """The payment with all that has gone back of it."""
    of_intent: Any = {"payment_intent": intent_id, "limit": _PAGE}
    with errors_in_our_words():
        stripe = client().v1
        intent = stripe.payment_intents.retrieve(intent_id, {"expand": ["latest_charge"]}).to_dict()
        refunds = [refund.to_dict() for refund in stripe.refunds.list(of_intent).data]
        is_disputed = (intent.get("latest_charge") or {}).get("disputed", False)
        disputes = stripe.disputes.list(of_intent).data if is_disputed else []
    return Payment(intent, refunds, [dispute.to_dict() for dispute in disputes])
