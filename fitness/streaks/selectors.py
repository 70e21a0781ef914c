"""How a member's streak stands at a given moment, and why."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Sum

from fitness.accounts.models import Profile
from fitness.accounts.selectors import as_clocks, clocks_of, zone_changes_of
from fitness.accounts.services import profile_of
from fitness.core.clock import Clock, clock_at, day_ends, was_too_short
from fitness.core.prepared import Prepared
from fitness.streaks import rules
from fitness.streaks.models import PointEntry, Streak
from fitness.training.models import WorkoutLog
from fitness.training.selectors import counted_days_of

_ONE_DAY = dt.timedelta(days=1)
_KEPT = Prepared(
    lambda user_id, since: Profile.objects.filter(user=user_id).values_list(
        zone_changes_of(OuterRef("user")),
        ArraySubquery(
            WorkoutLog.objects.of(user_id)
            .counted()
            .filter(local_day__gte=since)
            .values("local_day")
            .distinct()
        ),
        *(f"user__streak__{figure.name}" for figure in fields(rules.Run)),
    ),
    "user_id",
    "since",
)


_POINTS = Prepared(
    lambda user_id, since, until: (
        PointEntry.objects.live()
        .filter(user=user_id, local_day__gte=since, local_day__lte=until)
        .values("local_day")
        .annotate(earned=Sum("points"))
        .order_by("local_day")
        .values_list("local_day", "earned")
    ),
    "user_id",
    "since",
    "until",
)


class DayKind(StrEnum):
    """What a day was to a streak; the first that fits, in this order."""

    DONE = "done"
    SKIPPED_TZ = "skipped_tz"
    OPEN = "open"
    FROZEN = "frozen"
    MISSED = "missed"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class DayState:
    """One day of a streak. ``deadline`` is the instant at which an open day is missed."""

    day: dt.date
    state: DayKind
    deadline: dt.datetime


@dataclass(frozen=True, slots=True)
class StreakView:
    """A member's streak as of a moment; ``days`` run from the oldest to today."""

    current: int
    best: int
    total_days: int
    freezes: int
    today: dt.date
    is_done_today: bool
    days: tuple[DayState, ...]


def streak_of(
    *, user_id: int, now: dt.datetime, days: int = 7, profile: Profile | None = None
) -> StreakView:
    """The streak as it stands ``now``, with the states of the last ``days`` days.

    One query whatever the history; one more without ``profile``. Days before the first
    counted fact, and all days of a member who has none, are ``none``.
    """
    profile = profile or profile_of(user_id=user_id)
    # No member's day is more than two behind the world's.
    oldest = now.astimezone(dt.UTC).date() - (days + 1) * _ONE_DAY
    ((changes, done, *figures),) = _KEPT.rows(user_id=user_id, since=oldest)
    clocks, kept = as_clocks(profile, changes), _kept_run(figures)
    today = clock_at(clocks, now).day_of(now)
    since = today - (days - 1) * _ONE_DAY
    done_on = set(done)
    run = _as_of(kept, clocks=clocks, now=now, today=today)
    return StreakView(
        current=run.length,
        best=run.best,
        total_days=run.total_days,
        freezes=run.freezes,
        today=today,
        is_done_today=today in done_on,
        days=tuple(
            _state(since + n * _ONE_DAY, run=run, done_on=done_on, clocks=clocks, now=now)
            for n in range(days)
        ),
    )


def points_a_day(user_id: int, *, since: dt.date, until: dt.date) -> dict[dt.date, int]:
    """The points of each day that earned any, both ends included; one query."""
    return dict(_POINTS.rows(user_id=user_id, since=since, until=until))


def lengths_at(profile: Profile, days: Sequence[dt.date], *, now: dt.datetime) -> list[int | None]:
    """How long the streak was at the end of each of ``days``, which are in order.

    By the facts as they are known now; ``None`` for days to come. Two queries.
    """
    clocks = clocks_of(profile)
    today = clock_at(clocks, now).day_of(now)
    first_open = _first_open(clocks, now=now, today=today)
    done = sorted(counted_days_of(profile.user_id, until=min(days[-1], today)), reverse=True)

    def is_neutral(day: dt.date) -> bool:
        return was_too_short(clocks, day)

    run, lengths = rules.Run(), list[int | None]()
    for day in days:
        while done and done[-1] <= day:
            run = run.done(done.pop(), is_neutral)
        closed = run.until(min(day + _ONE_DAY, first_open), is_neutral)
        lengths.append(closed.length if day <= today else None)
    return lengths


def run_of(streak: Streak) -> rules.Run:
    """The kept figures of a streak, in the words of the rules."""
    return rules.Run(
        first_done_on=streak.first_done_on,
        last_done_on=streak.last_done_on,
        length=streak.length,
        freezes=streak.freezes,
        best=streak.best,
        total_days=streak.total_days,
        frozen_on=tuple(streak.frozen_on),
    )


def _kept_run(figures: Sequence[Any]) -> rules.Run:
    """The run of a streak's columns; they are empty for who has no streak."""
    *told, frozen_on = figures
    if frozen_on is None:
        return rules.Run()
    values = [*told, tuple(frozen_on)]
    return rules.Run(*values)


def _as_of(
    kept: rules.Run, *, clocks: Sequence[Clock], now: dt.datetime, today: dt.date
) -> rules.Run:
    """The kept run, with the days that have closed undone since its newest done day."""
    first_open = _first_open(clocks, now=now, today=today)
    return kept.until(first_open, lambda day: was_too_short(clocks, day))


def _first_open(clocks: Sequence[Clock], *, now: dt.datetime, today: dt.date) -> dt.date:
    """The oldest day that can still be done."""
    first_open = today
    while _closes(clocks, first_open - _ONE_DAY) > now:
        first_open -= _ONE_DAY
    return first_open


def _state(
    day: dt.date,
    *,
    run: rules.Run,
    done_on: set[dt.date],
    clocks: Sequence[Clock],
    now: dt.datetime,
) -> DayState:
    closes = _closes(clocks, day)
    if run.first_done_on is None or day < run.first_done_on:
        kind = DayKind.OPEN if closes > now else DayKind.NONE
    elif day in done_on:
        kind = DayKind.DONE
    elif len(clocks) > 1 and was_too_short(clocks, day):
        kind = DayKind.SKIPPED_TZ
    elif closes > now:
        kind = DayKind.OPEN
    elif day in run.frozen_on:
        kind = DayKind.FROZEN
    else:
        kind = DayKind.MISSED
    return DayState(day=day, state=kind, deadline=closes)


def _closes(clocks: Sequence[Clock], day: dt.date) -> dt.datetime:
    return day_ends(clocks, day) + rules.GRACE
