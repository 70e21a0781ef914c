"""Erased members: gone at Stripe, and from our copy of what Stripe told.

Our books keep the payments under Stripe's names for them; nothing here leads to a person any more.
"""

from typing import Any

import stripe
from django.apps import apps
from django.db import transaction
from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast
from djstripe.models import (
    BalanceTransaction,
    BankAccount,
    Card,
    Customer,
    Event,
    WebhookEventTrigger,
)

from commerce.gateways.stripe.client import client, errors_in_our_words
from commerce.gateways.stripe.locks import lock_customer

_MOST = 100


def delete_customer(customer_id: str) -> list[str]:
    """End what runs for the customer and delete it at Stripe; the subscriptions that ended.

    Stripe deletes name, address and cards, keeps what it booked, and says from then on only that
    the customer was deleted. Deleting it again changes nothing.
    """
    calls = client().v1
    with errors_in_our_words():
        try:
            running = calls.subscriptions.list({"customer": customer_id, "limit": _MOST}).data
            ended = [calls.subscriptions.cancel(subscription.id).id for subscription in running]
            calls.customers.delete(customer_id)
        except stripe.InvalidRequestError as error:
            if error.code != "resource_missing":
                raise
            return []
    return ended


@transaction.atomic
def forget_customer(customer_id: str) -> None:
    """Delete our copies of whatever Stripe told about the customer; again, it finds none."""
    lock_customer(customer_id)
    BalanceTransaction.objects.filter(
        Q(charge__customer__id=customer_id) | Q(refund__charge__customer__id=customer_id)
    ).delete()
    for model in (Card, BankAccount):
        model.objects.filter(stripe_data__customer=customer_id).delete()
    for model in _copies():
        model._base_manager.filter(customer__id=customer_id).delete()  # noqa: SLF001
    Customer.objects.filter(id=customer_id).delete()
    told = Event.objects.annotate(told=Cast("data", TextField()))
    told.filter(told__contains=customer_id).delete()
    WebhookEventTrigger.objects.filter(body__contains=customer_id).delete()


def _copies() -> list[type[Model]]:
    """Every model of the mirror whose rows name their customer; the rest goes with those."""
    return [
        model
        for model in apps.get_app_config("djstripe").get_models()
        if any(_names_customer(field) for field in model._meta.concrete_fields)  # noqa: SLF001
    ]


def _names_customer(field: Any) -> bool:
    return bool(field.name == "customer" and field.related_model is Customer)
