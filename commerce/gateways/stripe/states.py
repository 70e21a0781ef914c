"""Stripe's objects in our words: the one place that knows its field names and unix times.

The shapes are those of the pinned API version: a subscription's period is on its items, an
invoice names its subscription under ``parent`` and its payments under ``payments``.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from commerce.billing.models import PurchaseStatus, Status
from commerce.billing.rules import PurchaseState, SubscriptionState
from commerce.billing.services import Movement
from commerce.catalog.models import Product, Store

type StripeData = dict[str, Any]

_STATUSES = {
    "trialing": Status.TRIALING,
    "active": Status.ACTIVE,
    "past_due": Status.GRACE,
    "unpaid": Status.RETRY,
    "paused": Status.PAUSED,
    "incomplete": Status.PENDING,
    "incomplete_expired": Status.ENDED,
    "canceled": Status.ENDED,
}
_PAYMENT_STATUSES = {"succeeded": PurchaseStatus.PAID, "canceled": PurchaseStatus.FAILED}
_RETURNED = frozenset({"succeeded", "pending"})
_NOT_RETURNED = frozenset({"failed", "canceled"})


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment intent with its charge, what we gave back of it and what banks dispute."""

    data: StripeData
    refunds: Sequence[StripeData]
    disputes: Sequence[StripeData]

    @property
    def charge(self) -> StripeData:
        charge: StripeData = self.data.get("latest_charge") or {}
        return charge

    @property
    def is_paid(self) -> bool:
        return bool(self.data["status"] == "succeeded")

    @property
    def gone_at(self) -> dt.datetime | None:
        """When all of the money had gone back, by refunds or a lost dispute."""
        lost = [dispute["created"] for dispute in self.disputes if dispute["status"] == "lost"]
        if lost:
            return moment(min(lost))
        returned = [refund for refund in self.refunds if is_returned(refund)]
        if not returned or sum(refund["amount"] for refund in returned) < self.charge["amount"]:
            return None
        return moment(max(refund["created"] for refund in returned))


def moment(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, tz=dt.UTC)


def maybe_moment(seconds: int | None) -> dt.datetime | None:
    return None if seconds is None else moment(seconds)


def subscription_state(
    data: StripeData,
    *,
    product: Product,
    user_id: int | None,
    payments: Sequence[Payment],
    grace: dt.timedelta,
    as_of: dt.datetime,
) -> SubscriptionState:
    """A subscription whose ``latest_invoice`` is expanded, with what was paid for that invoice."""
    item = data["items"]["data"][0]
    price = item["price"]
    paid_until = moment(item["current_period_end" if _is_paid(data) else "current_period_start"])
    return SubscriptionState(
        store=Store.STRIPE,
        external_id=data["id"],
        user_id=user_id,
        product=product,
        status=_status(data),
        interval=(price["recurring"] or {}).get("interval", ""),
        price_minor=price["unit_amount"] or 0,
        currency=price["currency"],
        started_at=moment(data["start_date"]),
        period_start=moment(item["current_period_start"]),
        period_end=moment(item["current_period_end"]),
        paid_until=paid_until,
        grace_until=paid_until + grace,
        trial_end=maybe_moment(data["trial_end"]),
        cancel_at=maybe_moment(data["cancel_at"]) or _period_end_if_cancelling(data),
        ended_at=maybe_moment(data["ended_at"]),
        revoked_at=_all_gone_at(payments),
        as_of=as_of,
    )


def _status(data: StripeData) -> Status:
    """A paused collection counts as a pause; a status we have not heard of opens nothing."""
    status = _STATUSES.get(data["status"], Status.PENDING)
    is_paused = data.get("pause_collection") and status in {Status.ACTIVE, Status.GRACE}
    return Status.PAUSED if is_paused else status


def _is_paid(data: StripeData) -> bool:
    """Whether the current period is paid. Stripe starts the next one before it is."""
    if data["status"] in {"trialing", "active"}:
        return True
    invoice = data.get("latest_invoice")
    return bool(data["status"] == "canceled" and (not invoice or invoice["status"] == "paid"))


def _period_end_if_cancelling(data: StripeData) -> dt.datetime | None:
    if not data.get("cancel_at_period_end"):
        return None
    return moment(data["items"]["data"][0]["current_period_end"])


def _all_gone_at(payments: Sequence[Payment]) -> dt.datetime | None:
    gone = [payment.gone_at for payment in payments if payment.is_paid]
    times = [at for at in gone if at is not None]
    return max(times) if times and len(times) == len(gone) else None


def purchase_state(
    payment: Payment, *, product: Product, user_id: int | None, as_of: dt.datetime
) -> PurchaseState:
    data = payment.data
    return PurchaseState(
        store=Store.STRIPE,
        external_id=data["id"],
        user_id=user_id,
        product=product,
        status=_PAYMENT_STATUSES.get(data["status"], PurchaseStatus.PENDING),
        price_minor=data["amount"],
        currency=data["currency"],
        bought_at=moment(payment.charge.get("created") or data["created"]),
        revoked_at=payment.gone_at,
        as_of=as_of,
    )


def movement(
    data: StripeData, *, amount: int, payment: Payment, deal_id: str, user_id: int | None
) -> Movement:
    """A payment, a refund or a dispute of ``payment`` as a line of our ledger."""
    return Movement(
        store=Store.STRIPE,
        external_id=data["id"],
        deal_id=deal_id,
        user_id=user_id,
        amount_minor=amount,
        currency=payment.data["currency"],
        occurred_at=moment(data["created"]),
    )


def is_returned(refund: StripeData) -> bool:
    return refund["status"] in _RETURNED


def is_reversed(refund: StripeData) -> bool:
    """The bank could not deliver a refund: the money is ours again."""
    return refund["status"] in _NOT_RETURNED
