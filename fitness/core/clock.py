"""What a day is to a member: cut by a time zone and an hour at which the day starts.

The present moment is never read here; ``now`` comes in from the edge.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

_HALF_A_DAY = dt.timedelta(hours=12)
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """How a member's days are cut from the instant ``since`` on (``None``: from the start)."""

    zone: str
    day_starts_at: int = 0
    since: dt.datetime | None = None

    def day_of(self, at: dt.datetime) -> dt.date:
        """The member's day that holds the instant ``at``."""
        local = at.astimezone(_zone(self.zone))
        return local.date() if local.hour >= self.day_starts_at else local.date() - _ONE_DAY

    def starts(self, day: dt.date) -> dt.datetime:
        """The first instant of ``day``, in UTC.

        Where the clocks skip the starting hour the day begins when they land; where the whole
        date is skipped (Apia, 30 December 2011) it begins and ends at the same instant.
        """
        zone = _zone(self.zone)
        wall = dt.datetime.combine(day, dt.time(self.day_starts_at))
        at = wall.replace(tzinfo=zone).astimezone(dt.UTC)
        lands_on = at.astimezone(zone).replace(tzinfo=None)
        if lands_on == wall:
            return at
        # In a gap ``fold=0`` reads the clock of before it, which lands past the gap's end by
        # as much as the wall time lies behind its start: take the end itself.
        after = wall.replace(tzinfo=zone, fold=1).astimezone(dt.UTC)
        return _end_of_gap(min(at, after), max(at, after), zone)

    def ends(self, day: dt.date) -> dt.datetime:
        """The first instant that no longer belongs to ``day``, in UTC."""
        return self.starts(day + _ONE_DAY)


def clock_at(clocks: Sequence[Clock], at: dt.datetime) -> Clock:
    """The clock in force at an instant; ``clocks`` is in order of ``since``, never empty."""
    holding = clocks[0]
    for clock in clocks:
        if clock.since is None or clock.since <= at:
            holding = clock
    return holding


def day_ends(clocks: Sequence[Clock], day: dt.date) -> dt.datetime:
    """When ``day`` is over: the latest end over the clocks the member had while it was open."""
    end = max(clock.ends(day) for clock in _ruling(clocks, day)) if clocks else None
    if end is None:
        raise ValueError("A member has at least one clock.")
    return end


def existed_for(clocks: Sequence[Clock], day: dt.date) -> dt.timedelta:
    """How long it was ``day`` for the member: 24 hours, or less for a traveller going east."""
    total = dt.timedelta()
    for clock, until in zip(clocks, [*(c.since for c in clocks[1:]), None], strict=True):
        start, end = clock.starts(day), clock.ends(day)
        if clock.since is not None and clock is not clocks[0]:
            start = max(start, clock.since)
        if until is not None:
            end = min(end, until)
        total += max(end - start, dt.timedelta())
    return total


def was_too_short(clocks: Sequence[Clock], day: dt.date) -> bool:
    """Whether ``day`` existed for under 12 hours, so that nobody can be blamed for missing it."""
    return existed_for(clocks, day) < _HALF_A_DAY


def _ruling(clocks: Sequence[Clock], day: dt.date) -> list[Clock]:
    """The clocks that the member had at some instant of ``day``; the last one if none."""
    ruling = []
    for clock, until in zip(clocks, [*(c.since for c in clocks[1:]), None], strict=True):
        begins_in_time = clock.since is None or clock is clocks[0] or clock.since < clock.ends(day)
        if begins_in_time and (until is None or until > clock.starts(day)):
            ruling.append(clock)
    return ruling or [clocks[-1]]


def _end_of_gap(low: dt.datetime, high: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The instant between two others at which the zone's offset jumps, to the second."""
    before = low.astimezone(zone).utcoffset()
    while high - low > dt.timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return high


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
