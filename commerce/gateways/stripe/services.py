"""Bringing our books up to date with Stripe.

Webhooks only say that something changed. Each task below takes the customer's lock, asks Stripe
how things stand now and applies the answer, so that order, repetition and delay do not matter.
"""

import datetime as dt
import logging

from django.conf import settings
from django.db import transaction
from django.tasks import task

from commerce.billing.models import Purchase, Subscription
from commerce.billing.selectors import paid_for
from commerce.billing.services import (
    apply_purchase,
    apply_refund,
    apply_subscription,
    record_lost_dispute,
    record_payment,
)
from commerce.catalog.models import Product, Store
from commerce.gateways.stripe import reading
from commerce.gateways.stripe.locks import lock_customer
from commerce.gateways.stripe.selectors import member_of, product_of
from commerce.gateways.stripe.states import (
    Payment,
    is_returned,
    is_reversed,
    movement,
    purchase_state,
    subscription_state,
)

logger = logging.getLogger(__name__)


@task(queue_name="quick")
def handle_subscription(subscription_id: str, customer_id: str) -> None:
    """Queued. Safe to run again: it asks Stripe how things stand and applies the answer."""
    refresh_subscription(subscription_id, customer_id)


@task(queue_name="quick")
def handle_invoice(invoice_id: str, customer_id: str) -> None:
    """Queued. Books what was paid for an invoice, once, and refreshes its subscription."""
    invoice = reading.read_invoice(invoice_id)
    details = (invoice.get("parent") or {}).get("subscription_details") or {}
    if subscription_id := details.get("subscription"):
        for payment in reading.read_payments(invoice):
            _book(payment, deal_id=subscription_id, user_id=member_of(customer_id))
        refresh_subscription(subscription_id, customer_id)


@task(queue_name="quick")
def handle_checkout(session_id: str, customer_id: str) -> None:
    """Queued. Opens what a finished checkout bought; again, it finds it open."""
    session = reading.read_session(session_id)
    if session["subscription"]:
        refresh_subscription(session["subscription"], customer_id)
    elif session["payment_intent"]:
        refresh_purchase(session["payment_intent"], customer_id)


@task(queue_name="quick")
def handle_refund(payment_intent_id: str) -> None:
    """Queued. Books what went back, once, and takes or returns the rights it paid for.

    A payment that is not in the books yet comes with its refunds when it gets there.
    """
    deal_id = paid_for(store=Store.STRIPE, payment_id=payment_intent_id)
    if not deal_id:
        return
    payment = reading.read_payment(payment_intent_id)
    customer_id = payment.data["customer"]
    if deal_id == payment_intent_id:
        refresh_purchase(payment_intent_id, customer_id)
        return
    _book(payment, deal_id=deal_id, user_id=member_of(customer_id))
    refresh_subscription(deal_id, customer_id)


@transaction.atomic
def refresh_subscription(subscription_id: str, customer_id: str) -> None:
    """Make books and rights agree with Stripe on a subscription, under its customer's lock."""
    as_of = lock_customer(customer_id)
    data = reading.read_subscription(subscription_id)
    product = product_of(data["items"]["data"][0]["price"]["product"])
    held = Subscription.objects.filter(store=Store.STRIPE, external_id=subscription_id).first()
    user_id = _member(held, customer_id)
    if product is None or (held is None and user_id is None):
        _ignore(subscription_id, customer_id, product)
        return
    payments = reading.read_payments(data["latest_invoice"])
    for payment in payments:
        _book(payment, deal_id=subscription_id, user_id=user_id)
    apply_subscription(
        subscription_state(
            data,
            product=product,
            user_id=user_id,
            payments=payments,
            grace=dt.timedelta(days=settings.STRIPE_GRACE_DAYS),
            as_of=as_of,
        )
    )


@transaction.atomic
def refresh_purchase(payment_intent_id: str, customer_id: str) -> None:
    """Make books and rights agree with Stripe on a purchase, under its customer's lock."""
    as_of = lock_customer(customer_id)
    payment = reading.read_payment(payment_intent_id)
    product = product_of(payment.data["metadata"].get("product", ""))
    held = Purchase.objects.filter(store=Store.STRIPE, external_id=payment_intent_id).first()
    user_id = _member(held, customer_id)
    if product is None or (held is None and user_id is None):
        _ignore(payment_intent_id, customer_id, product)
        return
    _book(payment, deal_id=payment_intent_id, user_id=user_id)
    apply_purchase(purchase_state(payment, product=product, user_id=user_id, as_of=as_of))


def _member(held: Subscription | Purchase | None, customer_id: str) -> int | None:
    """Our books know the member even when the customer was deleted at Stripe since."""
    return (held.user_id if held else None) or member_of(customer_id)


def _book(payment: Payment, *, deal_id: str, user_id: int | None) -> None:
    """Write down the money that came and went; what is written stays as it is."""
    if not payment.is_paid:
        return
    line = movement(
        payment.data,
        amount=payment.data["amount_received"],
        payment=payment,
        deal_id=deal_id,
        user_id=user_id,
    )
    record_payment(line)
    for refund in payment.refunds:
        if is_returned(refund) or is_reversed(refund):
            back = movement(
                refund, amount=refund["amount"], payment=payment, deal_id=deal_id, user_id=user_id
            )
            apply_refund(back, is_reversed=is_reversed(refund))
    for dispute in payment.disputes:
        if dispute["status"] == "lost":
            taken = movement(
                dispute, amount=dispute["amount"], payment=payment, deal_id=deal_id, user_id=user_id
            )
            record_lost_dispute(taken)


def _ignore(deal_id: str, customer_id: str, product: Product | None) -> None:
    reason = "unknown product" if product is None else "unknown customer"
    logger.warning("Stripe's %s of %s gives no rights: %s.", deal_id, customer_id, reason)
