"""Counts in windows of time, claimed before anything is tried: exact however many try at once.

One number holds when the window ends and the count in it, so that both change together, and a
count that lost its expiry on the way (Redis counts up what has just expired) is of no window.
The cache in PostgreSQL claims all in one statement; any other counts up each, atomically.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from django.core.cache import cache

SHIFT = 1_000_000


@dataclass(frozen=True, slots=True)
class Claim:
    """One more in a window: how many there are with it, and when the window ends."""

    count: int
    ends_at: int

    @classmethod
    def of(cls, number: int) -> Self:
        ends_at, count = divmod(number, SHIFT)
        return cls(count, ends_at)


def claim(windows: Mapping[str, int], *, now: int) -> dict[str, Claim]:
    """Count one more at each key; ``windows`` says for how many seconds one would begin now."""
    ends = {key: now + seconds for key, seconds in windows.items()}
    if at_once := getattr(cache, "claim", None):
        return {key: Claim.of(number) for key, number in at_once(ends, now=now).items()}
    return {key: _claim(key, ends_at, now) for key, ends_at in ends.items()}


def give_back(claims: Mapping[str, Claim]) -> None:
    """Undo claims, if their windows are still the same."""
    ends = {key: held.ends_at for key, held in claims.items()}
    if at_once := getattr(cache, "give_back", None):
        at_once(ends)
        return
    for key, number in cache.get_many(ends).items():
        now_there = Claim.of(number)
        if now_there.ends_at == ends[key] and now_there.count:
            _decrease(key)


def forget(keys: list[str]) -> None:
    """Begin anew."""
    cache.delete_many(keys)


def _claim(key: str, ends_at: int, now: int) -> Claim:
    cache.add(key, ends_at * SHIFT, timeout=ends_at - now)
    try:
        there = Claim.of(cache.incr(key))
    except ValueError:  # it has just expired
        there = Claim(0, 0)
    if there.ends_at <= now:
        cache.set(key, ends_at * SHIFT + 1, timeout=ends_at - now)
        return Claim(1, ends_at)
    return there


def _decrease(key: str) -> None:
    try:
        cache.decr(key)
    except ValueError:  # it has just expired
        return
