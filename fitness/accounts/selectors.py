"""What is asked about a member's account."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from fitness.accounts.models import Profile, SignIn, SignInQuerySet, User, ZoneChange
from fitness.accounts.tokens import Claims, password_mark
from fitness.core.clock import Clock
from fitness.core.prepared import Prepared, PreparedInstance

_SIGNED_IN = PreparedInstance(
    User,
    "profile",
    lambda member, sign_in: User.objects.filter(
        uid=member, is_active=True, sign_ins__uid=sign_in, sign_ins__ended_at=None
    ),
    "member",
    "sign_in",
)
_CLOCKS = Prepared(
    lambda user_id: (
        ZoneChange.objects.filter(user=user_id)
        .order_by("at")
        .values_list("time_zone", "day_starts_at", "at")
    ),
    "user_id",
)


def signed_in_member(claims: Claims) -> User | None:
    """The member an access token speaks for, with their profile; one query.

    Nobody once the account is closed, that sign-in has ended, or the password is another one.
    """
    user = _SIGNED_IN.first(member=claims.member, sign_in=claims.sign_in)
    return user if user and password_mark(user) == claims.password_mark else None


def sign_ins_of(user_id: int, *, now: dt.datetime) -> SignInQuerySet:
    """The phones a member is signed in on."""
    return SignIn.objects.of(user_id).live_at(now)


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
