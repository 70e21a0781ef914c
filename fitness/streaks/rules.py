"""The rules of streaks and points as pure functions: facts in, figures out, no database."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

DAYS_A_FREEZE = 7
FREEZES_HELD = 2
BONUS_LIMIT = 7
MINUTES_A_DAY = 60
SELF_REPORTED_POINTS_A_DAY = 30
# A day stays open this long after its end: for the phone that syncs after midnight.
GRACE = dt.timedelta(hours=3)
# The news of a fact counts when it comes within this time, and no more than this ahead.
COUNTS_FOR = dt.timedelta(days=7)
MAY_BE_AHEAD = dt.timedelta(minutes=5)

_ONE_DAY = dt.timedelta(days=1)

IsNeutral = Callable[[dt.date], bool]


@dataclass(frozen=True, slots=True)
class Run:
    """A streak after its newest done day."""

    first_done_on: dt.date | None = None
    last_done_on: dt.date | None = None
    length: int = 0
    freezes: int = 0
    best: int = 0
    total_days: int = 0
    frozen_on: tuple[dt.date, ...] = ()

    def missing(self, day: dt.date) -> "Run":
        """The run after a day went by undone: a held freeze saves it, or it is over."""
        if self.length and self.freezes:
            return replace(self, freezes=self.freezes - 1, frozen_on=(*self.frozen_on, day))
        return replace(self, length=0)

    def until(self, day: dt.date, is_neutral: IsNeutral) -> "Run":
        """The run after every day between the newest done one and ``day`` went by undone."""
        run = self
        missed = (self.last_done_on or day) + _ONE_DAY
        while missed < day and run.length:
            if not is_neutral(missed):
                run = run.missing(missed)
            missed += _ONE_DAY
        return run

    def done(self, day: dt.date, is_neutral: IsNeutral) -> "Run":
        """The run after ``day``, later than any done day so far, was done.

        Every seventh done day of the member's life earns a freeze; two are held at most.
        """
        run = self.until(day, is_neutral)
        length, total = run.length + 1, run.total_days + 1
        earned = 1 if total % DAYS_A_FREEZE == 0 else 0
        return replace(
            run,
            first_done_on=run.first_done_on or day,
            last_done_on=day,
            length=length,
            total_days=total,
            best=max(run.best, length),
            freezes=min(run.freezes + earned, FREEZES_HELD),
        )


@dataclass(slots=True)
class Replay:
    """A member's whole history replayed: the run at its end and the length on each done day."""

    run: Run = field(default_factory=Run)
    lengths: dict[dt.date, int] = field(default_factory=dict)


def replay(done_days: Iterable[dt.date], is_neutral: IsNeutral) -> Replay:
    """Derive a streak from nothing but the days that were done, whatever order they came in."""
    result = Replay()
    for day in sorted(set(done_days)):
        result.run = result.run.done(day, is_neutral)
        result.lengths[day] = result.run.length
    return result


def bonus(length: int) -> int:
    """The points a done day earns for the streak it stands in."""
    return min(length, BONUS_LIMIT)


@dataclass(frozen=True, slots=True)
class Session:
    """A workout as the points rule sees it."""

    source: str
    starts_at: dt.datetime
    seconds: int
    is_self_reported: bool

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(seconds=self.seconds)


def workout_points(sessions: Iterable[Session]) -> dict[str, int]:
    """The points of one day's sessions, by source; sessions that earn none are left out.

    One a whole minute, at most 60 a day. Self-reported minutes count half, rounded down for
    each session, and give at most 30 a day. Time that several sessions cover counts once, for
    the more trusted of them. The order in which the sessions arrived makes no difference.
    """
    earned: dict[str, int] = {}
    covered: list[tuple[dt.datetime, dt.datetime]] = []
    left, self_reported_left = MINUTES_A_DAY, SELF_REPORTED_POINTS_A_DAY
    for session in sorted(sessions, key=lambda s: (s.is_self_reported, s.starts_at, s.source)):
        minutes = int(_uncovered_seconds(session, covered) // 60)
        covered.append((session.starts_at, session.ends_at))
        points = min(minutes, left)
        if session.is_self_reported:
            points = min(minutes // 2, left, self_reported_left)
            self_reported_left -= points
        left -= points
        if points:
            earned[session.source] = points
    return earned


def _uncovered_seconds(
    session: Session, covered: Sequence[tuple[dt.datetime, dt.datetime]]
) -> float:
    free, cursor = 0.0, session.starts_at
    for start, end in sorted(covered):
        if end <= cursor or start >= session.ends_at:
            continue
        free += max((start - cursor).total_seconds(), 0.0)
        cursor = max(cursor, end)
    return free + max((session.ends_at - cursor).total_seconds(), 0.0)


def counts(*, occurred_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether a fact that arrives ``now`` counts for streaks and points, or in charts only."""
    return now - COUNTS_FOR <= occurred_at <= now + MAY_BE_AHEAD
