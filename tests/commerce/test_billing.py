"""The books against a plain model of them: rights are equal at every step, in any order."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commerce.billing.models import LedgerEntry, PurchaseStatus, Status, Subscription
from commerce.billing.rules import PurchaseState, SubscriptionState
from commerce.billing.selectors import owns, running_subscription
from commerce.billing.services import (
    Movement,
    apply_purchase,
    apply_refund,
    apply_subscription,
    record_payment,
)
from commerce.entitlements.models import Entitlement
from commerce.entitlements.selectors import rights_of
from fitness.accounts.models import User
from tests import factories
from tests.commerce import goods
from tests.commerce.goods import GRACE, MONTH, START

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)

type State = SubscriptionState | PurchaseState


class Model:
    """What a reader of the rules would expect: the newest state of each deal, and no more."""

    def __init__(self) -> None:
        self.newest: dict[str, State] = {}

    def hear(self, state: State) -> None:
        held = self.newest.get(state.external_id)
        if held is None or held.as_of <= state.as_of:
            self.newest[state.external_id] = state

    def rights(self, now: dt.datetime) -> set[str]:
        return {
            key
            for state in self.newest.values()
            if _is_open(state, now)
            for key in state.product.opens
        }


def _is_open(state: State, now: dt.datetime) -> bool:
    if state.revoked_at is not None and state.revoked_at <= now:
        return False
    if isinstance(state, PurchaseState):
        return state.status == PurchaseStatus.PAID and state.bought_at <= now
    if now < state.started_at or (state.cancel_at is not None and state.cancel_at <= now):
        return False
    ends = {
        Status.ACTIVE: state.paid_until,
        Status.TRIALING: state.paid_until,
        Status.GRACE: state.paid_until + GRACE,
        Status.ENDED: min(state.paid_until, state.ended_at or state.paid_until),
    }
    return now < ends.get(state.status, START)


def _apply(state: State) -> None:
    if isinstance(state, PurchaseState):
        apply_purchase(state)
    else:
        apply_subscription(state)


_days = st.integers(0, 120)


@st.composite
def _subscription_news(draw: st.DrawFn) -> dict[str, Any]:
    paid = START + DAY * draw(_days)
    ended = draw(st.none() | _days)
    status = draw(st.sampled_from(Status))
    if status == Status.ENDED and ended is None:
        ended = 30
    cancelled, revoked = draw(st.none() | _days), draw(st.none() | _days)
    return {
        "external_id": draw(st.sampled_from(["sub_1", "sub_2"])),
        "status": status,
        "period_end": paid,
        "paid_until": paid,
        "grace_until": paid + GRACE,
        "cancel_at": None if cancelled is None else START + DAY * cancelled,
        "ended_at": None if ended is None or status != Status.ENDED else START + DAY * ended,
        "revoked_at": None if revoked is None else START + DAY * revoked,
        "as_of": START + DAY * draw(_days),
    }


@st.composite
def _purchase_news(draw: st.DrawFn) -> dict[str, Any]:
    revoked = draw(st.none() | _days)
    return {
        "external_id": "pi_1",
        "status": draw(st.sampled_from(PurchaseStatus)),
        "revoked_at": None if revoked is None else START + DAY * revoked,
        "as_of": START + DAY * draw(_days),
    }


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(news=st.lists(_subscription_news() | _purchase_news(), min_size=1, max_size=8))
def test_rights_equal_the_models_after_every_piece_of_news(news: list[dict[str, Any]]) -> None:
    with transaction.atomic():
        member, model = factories.member(), Model()
        plan, single = goods.monthly().product, goods.single().product
        for fields in news:
            state: State = (
                goods.purchase_state(product=single, user_id=member.pk, **fields)
                if fields["external_id"] == "pi_1"
                else goods.subscription_state(product=plan, user_id=member.pk, **fields)
            )
            model.hear(state)
            _apply(state)
            # News that is older than what is held must not matter, from now on either.
            newest = max(known.as_of for known in model.newest.values())
            for days in (0, 1, 15, 29, 30, 31, 60, 123):
                now = max(newest, START + DAY * days)
                assert rights_of(user_id=member.pk, now=now) == model.rights(now)
        transaction.set_rollback(True)


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(6)), copies=st.integers(1, 3))
def test_a_life_told_in_any_order_ends_the_same(order: list[int], copies: int) -> None:
    with transaction.atomic():
        member, product = factories.member(), goods.monthly().product
        told = _life(member, product)
        for index in order * copies:
            apply_subscription(told[index])

        subscription = Subscription.objects.get()
        assert subscription.as_of == told[-1].as_of
        assert subscription.status == Status.ENDED
        assert rights_of(user_id=member.pk, now=START + 3 * MONTH) == frozenset()
        assert rights_of(user_id=member.pk, now=START + 3 * MONTH - DAY) == {"premium"}
        transaction.set_rollback(True)


def _life(member: User, product: Any) -> list[SubscriptionState]:
    """Pending, paid, failed, paid again, cancelled, over: as the store would say it each time."""
    base = goods.subscription_state(product=product, user_id=member.pk)
    second: dict[str, Any] = {"period_start": START + MONTH, "period_end": START + 2 * MONTH}
    third: dict[str, Any] = {
        "period_start": START + 2 * MONTH,
        "period_end": START + 3 * MONTH,
        "paid_until": START + 3 * MONTH,
        "cancel_at": START + 3 * MONTH,
    }
    states = [
        replace(base, status=Status.PENDING),
        base,
        replace(base, status=Status.GRACE, grace_until=START + MONTH + GRACE, **second),
        replace(base, paid_until=START + 2 * MONTH, **second),
        replace(base, **third),
        replace(base, status=Status.ENDED, ended_at=START + 3 * MONTH, **third),
    ]
    return [replace(state, as_of=START + number * DAY) for number, state in enumerate(states)]


def test_older_news_is_ignored(member: User) -> None:
    product = goods.monthly().product
    newer = goods.subscription_state(product=product, user_id=member.pk, as_of=START + DAY)
    apply_subscription(newer)

    apply_subscription(replace(newer, status=Status.PAUSED, as_of=START))

    assert rights_of(user_id=member.pk, now=START + DAY) == {"premium"}


def test_a_subscription_belongs_to_the_first_who_claimed_it(member: User) -> None:
    product, other = goods.monthly().product, factories.member()
    state = goods.subscription_state(product=product, user_id=None)
    apply_subscription(state)
    assert not Entitlement.objects.exists()

    apply_subscription(replace(state, user_id=member.pk))
    apply_subscription(replace(state, user_id=other.pk))

    assert rights_of(user_id=member.pk, now=START) == {"premium"}
    assert rights_of(user_id=other.pk, now=START) == frozenset()


def test_another_product_of_the_same_subscription_opens_without_a_gap(member: User) -> None:
    plan = goods.product(opens=["premium", "coach"])
    state = goods.subscription_state(product=goods.monthly().product, user_id=member.pk)
    apply_subscription(state)

    apply_subscription(replace(state, product=plan, as_of=START + DAY))
    assert rights_of(user_id=member.pk, now=START + DAY) == {"premium", "coach"}

    apply_subscription(replace(state, as_of=START + 2 * DAY))
    assert rights_of(user_id=member.pk, now=START + 2 * DAY) == {"premium"}


def test_the_books_outlive_the_member(member: User) -> None:
    product = goods.monthly().product
    state = goods.subscription_state(product=product, user_id=member.pk)
    apply_subscription(state)
    record_payment(_movement(member))

    member.delete()

    assert Subscription.objects.get().user is None
    assert LedgerEntry.objects.get().user is None
    apply_subscription(replace(state, user_id=None, status=Status.ENDED, ended_at=START + DAY))
    assert not Entitlement.objects.exists()


def test_money_is_booked_once_and_a_returned_refund_cancels_out(member: User) -> None:
    refund = _movement(member, external_id="re_1")
    for _ in range(3):
        record_payment(_movement(member))
        apply_refund(refund)
        apply_refund(refund, is_reversed=True)
        apply_refund(refund)

    booked = LedgerEntry.objects.order_by("pk").values_list("kind", "amount_minor")
    assert list(booked) == [("payment", 1290), ("refund", -1290), ("refund_reversed", 1290)]


def test_the_ledger_refuses_money_with_the_wrong_sign(member: User) -> None:
    record_payment(_movement(member))

    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.update(amount_minor=-1)


@pytest.mark.parametrize(
    ("status", "is_running"),
    [(status, status not in {Status.PENDING, Status.ENDED}) for status in Status],
)
def test_what_counts_as_running(member: User, status: Status, *, is_running: bool) -> None:
    product = goods.monthly().product
    apply_subscription(goods.subscription_state(product=product, user_id=member.pk, status=status))

    found = running_subscription(user_id=member.pk, group="premium")
    assert (found is not None) == is_running
    assert running_subscription(user_id=member.pk, group="other") is None


def test_a_refunded_purchase_is_no_longer_owned(member: User) -> None:
    product = goods.single().product
    state = goods.purchase_state(product=product, user_id=member.pk)
    apply_purchase(state)
    assert owns(user_id=member.pk, product_id=product.pk)

    apply_purchase(replace(state, revoked_at=START + DAY))

    assert not owns(user_id=member.pk, product_id=product.pk)


def _movement(member: User, **fields: Any) -> Movement:
    values: dict[str, Any] = {
        "store": "stripe",
        "external_id": "pi_1",
        "deal_id": "sub_1",
        "user_id": member.pk,
        "amount_minor": 1290,
        "currency": "eur",
        "occurred_at": START,
    }
    return Movement(**values | fields)
