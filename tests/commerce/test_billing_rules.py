"""The one rule from what stores say to the time in which rights hold."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commerce.billing.models import PurchaseStatus, Status
from commerce.billing.rules import SubscriptionState, Window, windows
from commerce.catalog.models import Product
from tests.commerce.goods import GRACE, MONTH, START, purchase_state, subscription_state

PAID_END = START + MONTH
PRODUCT = Product(slug="premium", opens=["premium"])


def _state(**fields: Any) -> SubscriptionState:
    return subscription_state(product=PRODUCT, user_id=1, **fields)


@pytest.mark.parametrize(
    ("fields", "ends_at"),
    [
        ({"status": Status.ACTIVE}, PAID_END),
        ({"status": Status.TRIALING, "trial_end": PAID_END}, PAID_END),
        ({"status": Status.ACTIVE, "cancel_at": PAID_END}, PAID_END),
        ({"status": Status.ACTIVE, "cancel_at": PAID_END - GRACE}, PAID_END - GRACE),
        ({"status": Status.GRACE, "grace_until": PAID_END + GRACE}, PAID_END + GRACE),
        ({"status": Status.ENDED, "ended_at": PAID_END - GRACE}, PAID_END - GRACE),
        ({"status": Status.ENDED, "ended_at": PAID_END + 2 * MONTH}, PAID_END),
    ],
)
def test_how_long_a_subscription_opens(fields: dict[str, Any], ends_at: dt.datetime) -> None:
    assert windows(_state(**fields)) == Window(START, ends_at, None)


@pytest.mark.parametrize("status", [Status.RETRY, Status.PAUSED, Status.PENDING])
def test_what_is_not_paid_opens_nothing(status: Status) -> None:
    assert windows(_state(status=status, grace_until=PAID_END + GRACE)) is None


def test_a_first_payment_that_never_came_opened_nothing() -> None:
    assert windows(_state(status=Status.ENDED, paid_until=START, ended_at=PAID_END)) is None


@pytest.mark.parametrize("status", PurchaseStatus)
def test_only_a_paid_purchase_opens(status: PurchaseStatus) -> None:
    state = purchase_state(product=PRODUCT, user_id=1, status=status)

    expected = Window(START, None, None) if status == PurchaseStatus.PAID else None
    assert windows(state) == expected


_times = st.integers(-90, 90).map(lambda days: START + dt.timedelta(days=days))


@given(
    status=st.sampled_from(Status),
    paid_until=_times,
    grace_until=st.none() | _times,
    cancel_at=st.none() | _times,
    ended_at=st.none() | _times,
    revoked_at=st.none() | _times,
)
def test_no_state_opens_longer_than_what_was_paid_and_its_grace(**fields: Any) -> None:
    state = _state(**fields)
    window = windows(state)
    if window is None:
        return

    grace = state.grace_until if state.status == Status.GRACE else None
    longest = grace or state.paid_until
    assert window.ends_at is not None
    assert START < window.ends_at <= longest
    assert window.revoked_at == state.revoked_at
    for end in (state.cancel_at, state.ended_at if state.status == Status.ENDED else None):
        assert end is None or window.ends_at <= end
