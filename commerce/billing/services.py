"""Keeping the books. Every store's news ends here, and rights follow from the books alone."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from commerce.billing.models import (
    LedgerEntry,
    LedgerKind,
    Purchase,
    Subscription,
    source_of,
)
from commerce.billing.rules import PurchaseState, SubscriptionState, Window, windows
from commerce.entitlements.services import set_rights

_DEAL_COLUMNS = ("product", "status", "price_minor", "currency", "revoked_at", "as_of")
_SUBSCRIPTION_COLUMNS = (
    "interval",
    "started_at",
    "period_start",
    "period_end",
    "trial_end",
    "cancel_at",
    "ended_at",
)


@transaction.atomic
def apply_subscription(state: SubscriptionState) -> Subscription:
    """Keep what a store says of a subscription and give the member exactly the rights it opens.

    Twice changes nothing, older news than what is held is ignored, and a subscription stays with
    the first member who claimed it.
    """
    window = windows(state)
    columns = {name: getattr(state, name) for name in _SUBSCRIPTION_COLUMNS}
    columns["access_until"] = window.ends_at if window else None
    return _apply(Subscription, state, window, columns)


@transaction.atomic
def apply_purchase(state: PurchaseState) -> Purchase:
    """Keep what a store says of a one-time purchase; promises the same as a subscription's."""
    return _apply(Purchase, state, windows(state), {"bought_at": state.bought_at})


def _apply[D: (Subscription, Purchase)](
    model: type[D],
    state: SubscriptionState | PurchaseState,
    window: Window | None,
    columns: dict[str, Any],
) -> D:
    columns |= {name: getattr(state, name) for name in _DEAL_COLUMNS}
    deal, created = model.objects.select_for_update().get_or_create(
        store=state.store,
        external_id=state.external_id,
        defaults={**columns, "user_id": state.user_id},
    )
    if deal.as_of > state.as_of:
        return deal
    if not created:
        deal.user_id = deal.user_id or state.user_id
        for name, value in columns.items():
            setattr(deal, name, value)
        deal.save()
    if deal.user_id is not None:
        _give_rights(deal.user_id, deal.source, state, window)
    return deal


def _give_rights(
    user_id: int, source: str, state: SubscriptionState | PurchaseState, window: Window | None
) -> None:
    set_rights(
        user_id=user_id,
        source=source,
        keys=state.product.opens if window else [],
        starts_at=window.starts_at if window else state.as_of,
        ends_at=window.ends_at if window else None,
        revoked_at=window.revoked_at if window else None,
        now=state.as_of,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Money that a store says has moved for a subscription or a purchase (``deal_id``)."""

    store: str
    external_id: str
    deal_id: str
    user_id: int | None
    amount_minor: int
    currency: str
    occurred_at: dt.datetime


def record_payment(movement: Movement) -> None:
    """Book money that came in; booking it again changes nothing."""
    _book(movement, LedgerKind.PAYMENT, movement.amount_minor)


@transaction.atomic
def apply_refund(movement: Movement, *, is_reversed: bool = False) -> None:
    """Book money that went back, and its return when the bank could not deliver it."""
    _book(movement, LedgerKind.REFUND, -movement.amount_minor)
    if is_reversed:
        _book(movement, LedgerKind.REFUND_REVERSED, movement.amount_minor)


def record_lost_dispute(movement: Movement) -> None:
    """Book money that a bank took back for good."""
    _book(movement, LedgerKind.DISPUTE_LOST, -movement.amount_minor)


def _book(movement: Movement, kind: LedgerKind, amount_minor: int) -> None:
    LedgerEntry.objects.get_or_create(
        store=movement.store,
        external_id=movement.external_id,
        kind=kind,
        defaults={
            "source": source_of(movement.store, movement.deal_id),
            "user_id": movement.user_id,
            "amount_minor": amount_minor,
            "currency": movement.currency,
            "occurred_at": movement.occurred_at,
        },
    )
