"""How a member came along over a period: one named series a figure, one value a bucket.

A new domain adds a function to ``_SOURCES``; neither the callers nor the form of the answer
change. Days are the member's own, as they were when the facts were kept.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from fitness.accounts.models import Profile
from fitness.body.selectors import weight_a_day
from fitness.leaderboards.models import Period
from fitness.overview.rules import LEAD, trend
from fitness.streaks.selectors import lengths_at, points_a_day
from fitness.training.selectors import days_of

_ONE_DAY = dt.timedelta(days=1)


class Step(StrEnum):
    """How long a bucket is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def ends(self, day: dt.date) -> dt.date:
        """The last day of the day, ISO week or month that holds ``day``."""
        return day if self is Step.DAY else Period(self.value).span(day)[1]


@dataclass(frozen=True, slots=True)
class Bucket:
    """Days that are told as one; the first and the last are cut to the period asked for."""

    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True, slots=True)
class Series:
    """One figure. A ``sum`` adds up; a ``level`` is where it stood, ``None`` if unknown.

    ``total`` is the sum over the period, or the newest level in it.
    """

    name: str
    unit: str
    kind: str
    values: Sequence[float | None]
    total: float | None


@dataclass(frozen=True, slots=True)
class Span:
    """The period asked for, and who asks."""

    profile: Profile
    now: dt.datetime
    buckets: Sequence[Bucket]

    @property
    def user_id(self) -> int:
        return self.profile.user_id

    @property
    def since(self) -> dt.date:
        return self.buckets[0].starts_on

    @property
    def until(self) -> dt.date:
        return self.buckets[-1].ends_on

    def sums(self, by_day: Mapping[dt.date, int]) -> list[int]:
        """What the days of each bucket add up to."""
        starts = [bucket.starts_on for bucket in self.buckets]
        sums = [0] * len(starts)
        for day, value in by_day.items():
            sums[bisect_right(starts, day) - 1] += value
        return sums

    def newest(self, by_day: Mapping[dt.date, float]) -> list[float | None]:
        """The newest value in each bucket, if there is one."""
        starts = [bucket.starts_on for bucket in self.buckets]
        levels: list[float | None] = [None] * len(starts)
        for day in sorted(by_day):
            if self.since <= day <= self.until:
                levels[bisect_right(starts, day) - 1] = by_day[day]
        return levels


def buckets_between(since: dt.date, until: dt.date, step: Step) -> list[Bucket]:
    """The days from ``since`` to ``until``, both included, cut into buckets."""
    ends: list[dt.date] = [since - _ONE_DAY]
    while ends[-1] < until:
        ends.append(min(step.ends(ends[-1] + _ONE_DAY), until))
    return [Bucket(before + _ONE_DAY, end) for before, end in pairwise(ends)]


def progress_of(span: Span) -> list[Series]:
    """Every series over the period; five queries whatever its length and the history."""
    return [series for source in _SOURCES for series in source(span)]


def _training(span: Span) -> Iterator[Series]:
    days = days_of(span.user_id, since=span.since, until=span.until)
    seconds = span.sums({day: done.seconds for day, done in days.items()})
    yield _sum("workouts", "count", span.sums({day: one.workouts for day, one in days.items()}))
    yield _sum("minutes", "min", [total // 60 for total in seconds], sum(seconds) // 60)
    yield _sum("active_days", "days", span.sums(dict.fromkeys(days, 1)))


def _points(span: Span) -> Iterator[Series]:
    earned = points_a_day(span.user_id, since=span.since, until=span.until)
    yield _sum("points", "points", span.sums(earned))


def _streak(span: Span) -> Iterator[Series]:
    ends = [bucket.ends_on for bucket in span.buckets]
    yield _level("streak", "days", lengths_at(span.profile, ends, now=span.now))


def _weight(span: Span) -> Iterator[Series]:
    weights = weight_a_day(span.user_id, since=span.since - LEAD, until=span.until)
    measured = {day: float(weight) for day, weight in weights.items()}
    yield _level("weight", "kg", span.newest(measured))
    yield _level("weight_trend", "kg", span.newest(trend(measured)))


_SOURCES: tuple[Callable[[Span], Iterator[Series]], ...] = (_training, _points, _streak, _weight)


def _sum(name: str, unit: str, values: Sequence[int], total: int | None = None) -> Series:
    return Series(name, unit, "sum", values, sum(values) if total is None else total)


def _level(name: str, unit: str, values: Sequence[float | None]) -> Series:
    known = [value for value in values if value is not None]
    return Series(name, unit, "level", values, known[-1] if known else None)
