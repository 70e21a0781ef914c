"""Selling through Stripe."""

import hashlib
from typing import Any

import stripe
from django.conf import settings
from django.db import transaction
from djstripe.models import Customer
from stripe.params.checkout import SessionCreateParams

from commerce.catalog.models import Kind, Offer
from commerce.gateways.base import CheckoutStart, Order, StoreRefusedError
from commerce.gateways.stripe.client import client, errors_in_our_words
from commerce.gateways.stripe.forgetting import delete_customer, forget_customer
from commerce.gateways.stripe.locks import lock_customer
from commerce.gateways.stripe.receivers import EVENTS
from commerce.gateways.stripe.selectors import customer_of, customers_of, stripe_product_id
from commerce.gateways.stripe.services import refresh_subscription
from fitness.accounts.models import User


class StripeGateway:
    """Stripe's hosted checkout; dj-stripe keeps a copy of what Stripe then tells us."""

    def create_checkout(self, order: Order) -> CheckoutStart:
        """Open Stripe's payment page; the same order again gives the same page."""
        params = _session_params(order, _customer(order.user))
        with errors_in_our_words():
            session = client().v1.checkout.sessions.create(
                params, {"idempotency_key": f"checkout-{order.uid}"}
            )
        return CheckoutStart(url=session.url or "", session_id=session.id)

    def cancel_subscription(self, external_id: str, *, at_period_end: bool) -> None:
        """Stop charging, at the paid end or at once, and bring our books up to date."""
        subscriptions = client().v1.subscriptions
        with errors_in_our_words():
            if at_period_end:
                cancelled = subscriptions.update(external_id, {"cancel_at_period_end": True})
            else:
                cancelled = subscriptions.cancel(external_id)
        refresh_subscription(external_id, str(cancelled.customer))

    def close_checkout(self, session_id: str) -> None:
        """Let nobody pay on this page any more."""
        with errors_in_our_words():
            client().v1.checkout.sessions.expire(session_id)

    def names_of(self, user_id: int) -> list[str]:
        """What Stripe calls the member, once for each customer that was made."""
        return customers_of(user_id)

    def forget(self, name: str) -> None:
        """Delete the customer, with all that runs, and our copy of what Stripe told."""
        for subscription_id in delete_customer(name):
            refresh_subscription(subscription_id, name)
        forget_customer(name)

    def publish_offer(self, offer: Offer) -> str:
        """Make the offer's product and price at Stripe, once, and return the price's id.

        A price at Stripe never changes: a new amount makes a new one, which takes the lookup key
        over, and who subscribed before keeps the old one.
        """
        with errors_in_our_words():
            product_id = _published_product(offer)
            prices = client().v1.prices
            held = prices.list({"lookup_keys": [offer.lookup_key], "active": True}).data
            if held and _is_priced_as(held[0].to_dict(), offer, product_id):
                return held[0].id
            return prices.create(_price_params(offer, product_id)).id


def _session_params(order: Order, customer_id: str) -> SessionCreateParams:
    offer = order.offer
    if not offer.external_id:
        raise StoreRefusedError("This is not on sale yet; try again later.")
    told = {"product": stripe_product_id(offer.product), "order": str(order.uid)}
    params: SessionCreateParams = {
        "customer": customer_id,
        "line_items": [{"price": offer.external_id, "quantity": 1}],
        "success_url": order.success_url,
        "cancel_url": order.cancel_url,
        "client_reference_id": str(order.user.uid),
        "metadata": told,
    }
    if offer.product.kind == Kind.SUBSCRIPTION:
        return {**params, "mode": "subscription", "subscription_data": {"metadata": told}}
    return {**params, "mode": "payment", "payment_intent_data": {"metadata": told}}


def _customer(user: User) -> str:
    """The member's one Stripe customer, made when they first buy.

    dj-stripe's own ``get_or_create`` forgets its idempotency key when the transaction rolls back
    and then makes a second customer; ours is the same for ever.
    """
    with transaction.atomic():
        lock_customer(f"member:{user.pk}")
        if known := customer_of(user.pk):
            return known
        made = _made_customer(user)
        customer = Customer.sync_from_stripe_data(made)
        customer.subscriber = user
        customer.save(update_fields=["subscriber"])
    return str(customer.id)


def _made_customer(user: User) -> Any:
    """A new customer. One that was deleted at Stripe must not be given out again by the key."""
    earlier = Customer.objects.filter(metadata__member=str(user.uid)).count()
    address = hashlib.sha256(user.email.encode()).hexdigest()[:16]
    with errors_in_our_words():
        return client().v1.customers.create(
            {"email": user.email, "metadata": {"member": str(user.uid)}},
            {"idempotency_key": f"customer-{user.uid}-{address}-{earlier}"},
        )


def _published_product(offer: Offer) -> str:
    product, products = offer.product, client().v1.products
    product_id = stripe_product_id(product)
    try:
        held = products.retrieve(product_id)
    except stripe.InvalidRequestError as error:
        if error.code != "resource_missing":
            raise
        return products.create({"id": product_id, "name": product.title}).id
    if held.name != product.title:
        products.update(product_id, {"name": product.title})
    return product_id


def _price_params(offer: Offer, product_id: str) -> Any:
    params = {
        "product": product_id,
        "unit_amount": offer.price_minor,
        "currency": offer.currency,
        "lookup_key": offer.lookup_key,
        "transfer_lookup_key": True,
    }
    return {**params, "recurring": {"interval": offer.interval}} if offer.interval else params


def _is_priced_as(price: dict[str, Any], offer: Offer, product_id: str) -> bool:
    interval = (price["recurring"] or {}).get("interval", "")
    return (price["unit_amount"], price["currency"], interval, price["product"]) == (
        offer.price_minor,
        offer.currency,
        offer.interval,
        product_id,
    )


def connect_webhook(url: str) -> str:
    """Have Stripe send its events to ``url``; returns the secret, which Stripe tells only once."""
    params: Any = {
        "url": url,
        "enabled_events": EVENTS,
        "api_version": settings.STRIPE_API_VERSION,
    }
    with errors_in_our_words():
        return client().v1.webhook_endpoints.create(params).secret or ""
