"""Reading the books."""

import uuid
from collections.abc import Collection

from commerce.billing.models import (
    Deal,
    LedgerEntry,
    LedgerKind,
    Purchase,
    PurchaseQuerySet,
    Subscription,
    SubscriptionQuerySet,
)


def subscriptions_of(*, user_id: int) -> SubscriptionQuerySet:
    """A member's subscriptions, the ended ones too, each with its product: one query."""
    return Subscription.objects.of(user_id).select_related("product")


def purchases_of(*, user_id: int) -> PurchaseQuerySet:
    """What a member bought once, each with its product: one query."""
    return Purchase.objects.of(user_id).select_related("product")


def running_subscription(*, user_id: int, group: str) -> Subscription | None:
    """The member's subscription of this group that its store still charges for, if any."""
    return subscriptions_of(user_id=user_id).running().filter(product__group=group).first()


def owns(*, user_id: int, product_id: int) -> bool:
    """Whether the member bought this once and still has it."""
    return Purchase.objects.of(user_id).owned().filter(product_id=product_id).exists()


def subscription_of(*, user_id: int, uid: uuid.UUID) -> Subscription | None:
    """The member's own subscription of this uid; somebody else's does not exist for them."""
    return subscriptions_of(user_id=user_id).filter(uid=uid).first()


def deals_behind(*, user_id: int, sources: Collection[str]) -> dict[str, Deal]:
    """What a member's rights come from, by the source they name: two queries."""
    deals: list[Deal] = [*subscriptions_of(user_id=user_id), *purchases_of(user_id=user_id)]
    return {deal.source: deal for deal in deals if deal.source in sources}


def paid_for(*, store: str, payment_id: str) -> str:
    """The store's id of what this payment paid for; empty when it is not in the books."""
    entry = LedgerEntry.objects.filter(
        store=store, external_id=payment_id, kind=LedgerKind.PAYMENT
    ).first()
    return entry.source.partition(":")[2] if entry else ""
