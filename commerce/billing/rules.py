"""From how a store says things stand to the time in which the member has the rights. No SQL."""

import datetime as dt
from dataclasses import dataclass

from commerce.billing.models import PurchaseStatus, Status
from commerce.catalog.models import Product


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionState:
    """How a store describes a subscription at ``as_of``, put in our words by its gateway.

    ``paid_until`` is the end of what has been paid, which is before ``period_end`` when the
    renewal failed; ``grace_until`` is how long the store lets a failed renewal wait.
    """

    store: str
    external_id: str
    user_id: int | None
    product: Product
    status: Status
    interval: str
    price_minor: int
    currency: str
    started_at: dt.datetime
    period_start: dt.datetime
    period_end: dt.datetime
    paid_until: dt.datetime
    grace_until: dt.datetime | None = None
    trial_end: dt.datetime | None = None
    cancel_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    revoked_at: dt.datetime | None = None
    as_of: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseState:
    """How a store describes a one-time purchase at ``as_of``."""

    store: str
    external_id: str
    user_id: int | None
    product: Product
    status: PurchaseStatus
    price_minor: int
    currency: str
    bought_at: dt.datetime
    revoked_at: dt.datetime | None = None
    as_of: dt.datetime


@dataclass(frozen=True, slots=True)
class Window:
    """The rights hold from ``starts_at`` (included) to ``ends_at`` (excluded; empty: for ever)."""

    starts_at: dt.datetime
    ends_at: dt.datetime | None
    revoked_at: dt.datetime | None


def windows(state: SubscriptionState | PurchaseState) -> Window | None:
    """When what was paid for is open, or nothing: the one rule for all stores.

    Cancelled keeps to the paid end, grace to the store's grace end; a full refund of the current
    period or a lost dispute ends it at once; what was not paid opens nothing.
    """
    if isinstance(state, PurchaseState):
        if state.status != PurchaseStatus.PAID:
            return None
        return Window(state.bought_at, None, state.revoked_at)
    ends_at = _subscription_end(state)
    if ends_at is None or ends_at <= state.started_at:
        return None
    return Window(state.started_at, ends_at, state.revoked_at)


def _subscription_end(state: SubscriptionState) -> dt.datetime | None:
    match state.status:
        case Status.TRIALING | Status.ACTIVE | Status.ENDED:
            known = [state.paid_until, state.cancel_at, state.ended_at]
        case Status.GRACE:
            known = [state.grace_until or state.paid_until, state.cancel_at]
        case _:
            known = []
    return min((end for end in known if end is not None), default=None)
