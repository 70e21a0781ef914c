"""What we do about Stripe's news: queue a task that asks Stripe. Nothing is decided here.

dj-stripe keeps each event once and calls these in the transaction that keeps it, so a task is
queued if, and only if, its event is in the inbox.
"""

from typing import Any, Final

from django.dispatch import receiver
from djstripe import signals
from djstripe.event_handlers import djstripe_receiver
from djstripe.models import Event, WebhookEventTrigger

from commerce.gateways.stripe.locks import lock_customer
from commerce.gateways.stripe.services import (
    handle_checkout,
    handle_invoice,
    handle_refund,
    handle_subscription,
)

SUBSCRIPTION_EVENTS: Final = [
    "customer.subscription.created",
    "customer.subscription.updated",
    "customer.subscription.deleted",
    "customer.subscription.paused",
    "customer.subscription.resumed",
]
INVOICE_EVENTS: Final = ["invoice.paid", "invoice.payment_failed"]
CHECKOUT_EVENTS: Final = [
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
]
# dj-stripe mirrors no refunds: a charge alone does not tell that one came back.
REFUND_EVENTS: Final = [
    "charge.refunded",
    "charge.dispute.closed",
    "refund.created",
    "refund.updated",
    "refund.failed",
]
MIRROR_EVENTS: Final = ["customer.updated", "customer.deleted"]
EVENTS: Final = [
    *SUBSCRIPTION_EVENTS,
    *INVOICE_EVENTS,
    *CHECKOUT_EVENTS,
    *REFUND_EVENTS,
    *MIRROR_EVENTS,
]


@receiver(signals.webhook_pre_process, sender=WebhookEventTrigger)
def take_turns(instance: WebhookEventTrigger, **kwargs: Any) -> None:
    """Let one webhook a customer write at a time, before dj-stripe fetches anything."""
    thing = instance.json_body["data"]["object"]
    lock_customer(_id(thing.get("customer")) or thing.get("id") or "")


@djstripe_receiver(SUBSCRIPTION_EVENTS)
def subscription_changed(event: Event, **kwargs: Any) -> None:
    thing = event.data["object"]
    handle_subscription.enqueue(thing["id"], _id(thing["customer"]))


@djstripe_receiver(INVOICE_EVENTS)
def invoice_changed(event: Event, **kwargs: Any) -> None:
    thing = event.data["object"]
    handle_invoice.enqueue(thing["id"], _id(thing["customer"]))


@djstripe_receiver(CHECKOUT_EVENTS)
def checkout_changed(event: Event, **kwargs: Any) -> None:
    thing = event.data["object"]
    if thing.get("customer"):
        handle_checkout.enqueue(thing["id"], _id(thing["customer"]))


@djstripe_receiver(REFUND_EVENTS)
def money_went_back(event: Event, **kwargs: Any) -> None:
    payment_intent_id = _id(event.data["object"].get("payment_intent"))
    if payment_intent_id:
        handle_refund.enqueue(payment_intent_id)


def _id(reference: Any) -> str:
    """Stripe names an object by its id, or shows it whole where somebody asked for that."""
    return str(reference["id"] if isinstance(reference, dict) else reference or "")
