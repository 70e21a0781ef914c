"""Reading the books."""

import uuid
from dataclasses import dataclass

from commerce.billing.models import (
    LedgerEntry,
    LedgerKind,
    Purchase,
    PurchaseQuerySet,
    Subscription,
    SubscriptionQuerySet,
    source_of,
)
from fitness.core.prepared import Prepared

_BEHIND = ("store", "external_id", "uid", "product__title")
_SUBSCRIPTIONS = Prepared(
    lambda user_id: Subscription.objects.of(user_id).values_list(*_BEHIND), "user_id"
)
_PURCHASES = Prepared(lambda user_id: Purchase.objects.of(user_id).values_list(*_BEHIND), "user_id")


@dataclass(frozen=True, slots=True)
class Behind:
    """What gave a right: a ``subscription``, a ``purchase``, or somebody's ``gift``."""

    kind: str = "gift"
    uid: uuid.UUID | None = None
    title: str = ""


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


def deals_behind(*, user_id: int) -> dict[str, Behind]:
    """What a member's rights can come from, by the source that a right names: two queries."""
    return {
        source_of(store, external_id): Behind(kind, uid, title)
        for kind, deals in (("subscription", _SUBSCRIPTIONS), ("purchase", _PURCHASES))
        for store, external_id, uid, title in deals.rows(user_id=user_id)
    }


def paid_for(*, store: str, payment_id: str) -> str:
    """The store's id of what this payment paid for; empty when it is not in the books."""
    entry = LedgerEntry.objects.filter(
        store=store, external_id=payment_id, kind=LedgerKind.PAYMENT
    ).first()
    return entry.source.partition(":")[2] if entry else ""
