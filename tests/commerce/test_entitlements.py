"""Rights: who may open what, and how rights come and go."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import pytest

from commerce.entitlements.models import Entitlement
from commerce.entitlements.selectors import Decision, body_for, decide, may_open, rights_of
from commerce.entitlements.services import set_rights
from fitness.accounts.models import User
from tests.commerce.goods import MONTH, START

TICK = dt.timedelta(microseconds=1)


@dataclass(frozen=True)
class Item:
    access: str
    entitlement_key: str = "workout:one"
    gated_body: list[str] = field(default_factory=lambda: ["secret"])


def _give(user: User, *keys: str, **window: Any) -> None:
    values: dict[str, Any] = {
        "source": "stripe:sub_1",
        "starts_at": START,
        "ends_at": START + MONTH,
        "now": START,
    }
    set_rights(user_id=user.pk, keys=keys, **values | window)


@pytest.mark.parametrize(
    ("access", "rights", "is_member", "granted", "reason"),
    [
        ("free", set(), False, True, "free"),
        ("member", set(), False, False, "sign_in"),
        ("member", set(), True, True, "member"),
        ("premium", set(), False, False, "locked"),
        ("premium", set(), True, False, "locked"),
        ("premium", {"premium"}, True, True, "right"),
        ("premium", {"workout:one"}, True, True, "right"),
        ("purchase", {"premium"}, True, True, "right"),
        ("purchase", {"workout:one"}, True, True, "right"),
        ("purchase", {"workout:other"}, True, False, "locked"),
        ("unheard-of", {"workout:other"}, True, False, "locked"),
    ],
)
def test_what_opens_what(
    access: str, rights: set[str], reason: str, *, is_member: bool, granted: bool
) -> None:
    decision = decide(item=Item(access), rights=rights, is_member=is_member)

    assert decision == Decision(required=access, granted=granted, reason=reason)
    assert body_for(Item(access), decision) == (["secret"] if granted else [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "is_live"),
    [
        (START - TICK, False),
        (START, True),
        (START + MONTH - TICK, True),
        (START + MONTH, False),
    ],
)
def test_a_window_has_its_start_and_not_its_end(
    member: User, at: dt.datetime, *, is_live: bool
) -> None:
    _give(member, "premium")

    assert rights_of(user_id=member.pk, now=at) == ({"premium"} if is_live else frozenset())


@pytest.mark.django_db
def test_a_right_without_an_end_lasts_until_it_is_revoked(member: User) -> None:
    _give(member, "workout:one", ends_at=None)
    later = START + 100 * MONTH
    assert rights_of(user_id=member.pk, now=later) == {"workout:one"}

    _give(member, "workout:one", ends_at=None, revoked_at=later)

    assert rights_of(user_id=member.pk, now=later - TICK) == {"workout:one"}
    assert rights_of(user_id=member.pk, now=later) == frozenset()


@pytest.mark.django_db
def test_setting_rights_twice_changes_nothing(member: User) -> None:
    _give(member, "premium", "workout:one")
    before = list(Entitlement.objects.order_by("pk").values("pk", "key", "ends_at", "revoked_at"))

    _give(member, "workout:one", "premium", "premium")

    after = list(Entitlement.objects.order_by("pk").values("pk", "key", "ends_at", "revoked_at"))
    assert after == before


@pytest.mark.django_db
def test_a_source_gives_exactly_what_it_gave_last_and_no_other_source_is_touched(
    member: User,
) -> None:
    _give(member, "workout:two", source="gift:1")
    _give(member, "premium", "workout:one")

    _give(member, "premium", now=START + MONTH / 2)

    assert rights_of(user_id=member.pk, now=START + MONTH / 2) == {"premium", "workout:two"}
    revoked = Entitlement.objects.get(key="workout:one")
    assert revoked.revoked_at == START + MONTH / 2

    _give(member, "premium", now=START + MONTH)
    revoked.refresh_from_db()
    assert revoked.revoked_at == START + MONTH / 2


@pytest.mark.django_db
def test_asking_costs_one_query_for_a_member_and_none_for_a_visitor(
    member: User, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert rights_of(user_id=None, now=START) == frozenset()
        assert not may_open(user_id=None, item=Item("premium"), now=START).granted
        assert may_open(user_id=member.pk, item=Item("free"), now=START).granted
    with django_assert_num_queries(1):
        may_open(user_id=member.pk, item=Item("premium"), now=START)
