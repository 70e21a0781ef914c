"""Buying and cancelling, whatever the store."""

import datetime as dt
import hashlib
import uuid

from django.db import transaction

from commerce.billing.models import Status, Subscription
from commerce.billing.selectors import owns, running_subscription, subscription_of
from commerce.catalog.models import Kind, Offer
from commerce.checkout.models import OperationKind, OperationState, OutboundOperation
from commerce.gateways.base import CheckoutStart, Order, StoreRefusedError, gateway
from fitness.accounts.models import User
from fitness.core.errors import ConflictError, DomainError, MissingError


class NotOnSaleError(MissingError):
    code = "not_on_sale"


class UnverifiedError(DomainError):
    """Receipts and news of a payment go to the address, so it has to be the member's."""

    status = 403
    code = "address_unverified"


class AlreadySubscribedError(ConflictError):
    code = "already_subscribed"


class AlreadyOwnedError(ConflictError):
    code = "already_owned"


class AlreadyEndedError(ConflictError):
    code = "already_ended"


class CheckoutExpiredError(ConflictError):
    code = "checkout_expired"


class KeyReusedError(DomainError):
    code = "idempotency_key_reused"


# A store keeps its page, and what it answered to a key, for a day.
_GOOD_FOR = dt.timedelta(hours=23)


def start_checkout(
    *,
    user: User,
    offer_uid: uuid.UUID,
    success_url: str,
    cancel_url: str,
    idempotency_key: str,
    now: dt.datetime,
    kind: Kind | None = None,
) -> CheckoutStart:
    """Open the store's payment page for an offer; the same key again gives the same page.

    The attempt is kept before the store is asked: when the store does not answer
    (``UnavailableError``), asking again with the same key goes on where it stopped.
    """
    offer = Offer.objects.on_sale().select_related("product").filter(uid=offer_uid).first()
    if offer is None or kind not in {None, offer.product.kind}:
        raise NotOnSaleError("This is not on sale.")
    if user.verified_at is None:
        raise UnverifiedError("Confirm your address first: the link is in the mail we sent you.")
    operation = _operation(user, offer, [success_url, cancel_url], idempotency_key)
    if now - operation.created_at > _GOOD_FOR:
        raise CheckoutExpiredError("This attempt is a day old; start again with a new key.")
    if operation.state == OperationState.DONE:
        return CheckoutStart(**operation.answer)
    refuse_buying_twice(user_id=user.pk, offer=offer)
    order = Order(
        uid=operation.uid,
        user=user,
        offer=offer,
        success_url=success_url,
        cancel_url=cancel_url,
    )
    try:
        start = gateway(offer.store).create_checkout(order)
    except StoreRefusedError as refusal:
        _close(operation, OperationState.REFUSED, {"detail": str(refusal)})
        raise
    _close(operation, OperationState.DONE, {"url": start.url, "session_id": start.session_id})
    return start


def refuse_buying_twice(*, user_id: int, offer: Offer) -> None:
    """Refuse what the member pays for already; a one-time purchase beside a plan is fine."""
    product = offer.product
    if product.kind == Kind.ONE_TIME:
        if owns(user_id=user_id, product_id=product.pk):
            raise AlreadyOwnedError("You bought this already; it is yours.")
        return
    running = running_subscription(user_id=user_id, group=product.group)
    if running is not None:
        raise AlreadySubscribedError(
            f"You have {running.product.title} already; manage it under your subscriptions.",
            subscription=str(running.uid),
            store=running.store,
        )


def cancel_subscription(*, user_id: int, uid: uuid.UUID, at_period_end: bool) -> Subscription:
    """Stop a member's subscription, at the paid end or at once; again changes nothing."""
    subscription = subscription_of(user_id=user_id, uid=uid)
    if subscription is None:
        raise MissingError("There is no such subscription.")
    if subscription.status == Status.ENDED:
        raise AlreadyEndedError("This subscription has ended already.")
    gateway(subscription.store).cancel_subscription(
        subscription.external_id, at_period_end=at_period_end
    )
    subscription.refresh_from_db()
    return subscription


def sync_catalog() -> int:
    """Make every offer on sale at its store and keep the price's id; how many were changed.

    Doing it twice changes nothing.
    """
    changed = 0
    for offer in Offer.objects.on_sale().select_related("product").order_by("pk"):
        price_id = gateway(offer.store).publish_offer(offer)
        if price_id != offer.external_id:
            offer.external_id = price_id
            offer.save(update_fields=["external_id", "updated_at"])
            changed += 1
    return changed


@transaction.atomic(durable=True)
def _operation(
    user: User, offer: Offer, urls: list[str], idempotency_key: str
) -> OutboundOperation:
    """The attempt of this key, kept for good before anybody is asked."""
    operation, _ = OutboundOperation.objects.get_or_create(
        kind=OperationKind.CHECKOUT,
        key=_digest(str(user.pk), idempotency_key),
        defaults={
            "user": user,
            "offer": offer,
            "body_hash": _digest(str(offer.uid), *urls),
        },
    )
    if operation.body_hash != _digest(str(offer.uid), *urls):
        raise KeyReusedError("This key was used to buy something else; make a new one.")
    return operation


def _close(operation: OutboundOperation, state: OperationState, answer: dict[str, str]) -> None:
    operation.state = state
    operation.answer = answer
    operation.save(update_fields=["state", "answer", "updated_at"])


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
