"""What is asked about a member's account."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from fitness.accounts.models import Profile, User, ZoneChange
from fitness.core.clock import Clock
from fitness.core.prepared import Prepared, PreparedInstance

_ACTIVE = PreparedInstance(
    User,
    "profile",
    lambda user_id: User.objects.filter(pk=user_id, is_active=True),
    "user_id",
)
_CLOCKS = Prepared(
    lambda user_id: (
        ZoneChange.objects.filter(user=user_id)
        .order_by("at")
        .values_list("time_zone", "day_starts_at", "at")
    ),
    "user_id",
)


def active_member(user_id: int) -> User | None:
    """The member with their profile, unless the account is closed or gone; one query."""
    return _ACTIVE.first(user_id=user_id)


def clocks_of(profile: Profile) -> list[Clock]:
    """Every clock the member has lived by, in order; one query. Never empty."""
    clocks = [Clock(*row) for row in _CLOCKS.rows(user_id=profile.user_id)]
    return clocks or [current_clock(profile)]


def zone_changes_of(user: OuterRef) -> ArraySubquery:
    """The clock changes of the user that an outer query names, for ``as_clocks``."""
    changes = ZoneChange.objects.filter(user=user).order_by("at")
    change = JSONObject(zone="time_zone", day_starts_at="day_starts_at", since="at")
    return ArraySubquery(changes.values(change=change))


def as_clocks(profile: Profile, changes: Iterable[Mapping[str, Any]]) -> list[Clock]:
    """Every clock the member has lived by, from what ``zone_changes_of`` gave; no query."""
    clocks = [
        Clock(
            zone=change["zone"],
            day_starts_at=change["day_starts_at"],
            since=dt.datetime.fromisoformat(change["since"]),
        )
        for change in changes
    ]
    return clocks or [current_clock(profile)]


def current_clock(profile: Profile) -> Clock:
    """The clock the member lives by now; no query."""
    return Clock(zone=profile.time_zone, day_starts_at=profile.day_starts_at)
