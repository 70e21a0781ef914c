"""How often something may be tried, counted in the cache that all processes share.

``settings.LIMITS`` names each thing and how often it may be done in how many seconds, by address,
by account or by both together. A window begins with its first try. Keys are digests: nothing in
the cache tells who tried.
"""

import hashlib
import threading
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from fitness.core.errors import DomainError
from fitness.core.http import network_of

# One number holds when the window ends and how often was tried: it is counted up atomically, and
# a count that lost its expiry on the way (Redis counts up what has just expired) is of no window.
_SHIFT = 1_000_000


class LimitReachedError(DomainError):
    """Too often (HTTP 429): the next try may be made after ``retry_after`` seconds."""

    status = 429
    code = "too_many_requests"

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        minutes = -(-retry_after // 60)
        self.wait = "a minute" if minutes == 1 else f"{minutes} minutes"
        super().__init__(f"That was too often. Try again in {self.wait}.")


class Attempt:
    """A try that counts, unless it is forgiven."""

    is_forgiven = False

    def forgive(self) -> None:
        self.is_forgiven = True


def spend(name: str, **by: str | None) -> None:
    """Count one use of ``name`` by ``address=``, ``account=`` or both, as far as they are known.

    Raises ``LimitReachedError`` when one of its limits is used up. Not inside a transaction, whose
    end could undo the count.
    """
    _refuse_transactions()
    tallies = _tallies(name, by)
    now = _now()
    _refuse(tallies, now, cache.get_many([tally.key for tally in tallies]), Counter())
    for tally in tallies:
        count, ends_at = tally.add_one(now)
        if count > tally.times:
            raise LimitReachedError(ends_at - now)


@contextmanager
def attempt(
    name: str, *, is_known: Callable[[], bool] = bool, **by: str | None
) -> Iterator[Attempt]:
    """A try, such as one at a password, that counts unless it is forgiven for being right.

    It is refused with ``LimitReachedError`` before anyone looks at the password. A forgiven one
    costs one read of the cache, and with it the failed ones of the same account from the same
    address are forgiven. ``is_known`` is asked when only the limit of the account over all
    addresses is reached: who is known where they come from is not locked out by strangers.
    Others in flight in this process count as failed, so that many at once are no more.
    """
    _refuse_transactions()
    tallies = _tallies(name, by)
    with _in_flight(tallies) as others:
        now, stored = _now(), cache.get_many([tally.key for tally in tallies])
        _refuse(tallies, now, stored, others, is_known=is_known)
        this = Attempt()
        try:
            yield this
        finally:
            if this.is_forgiven:
                cache.delete_many([t.key for t in tallies if t.is_of_both and t.key in stored])
            else:
                for tally in tallies:
                    tally.add_one(now)


def forgive(name: str, **by: str) -> None:
    """Forget the failed attempts of one account from one address."""
    cache.delete_many([tally.key for tally in _tallies(name, by) if tally.is_of_both])


@dataclass(frozen=True, slots=True)
class _Tally:
    """How often something was tried by one address, account or both."""

    key: str
    rule: str
    times: int
    seconds: int

    @property
    def is_of_both(self) -> bool:
        return "+" in self.rule

    def add_one(self, now: int) -> tuple[int, int]:
        """Count one more; how many there are now, and when the window ends."""
        fresh = (now + self.seconds) * _SHIFT
        cache.add(self.key, fresh, timeout=self.seconds)
        try:
            ends_at, count = divmod(cache.incr(self.key), _SHIFT)
        except ValueError:  # it has just expired
            ends_at = 0
        if ends_at <= now:
            cache.set(self.key, fresh + 1, timeout=self.seconds)
            ends_at, count = now + self.seconds, 1
        return count, ends_at

    def wait(self, now: int, stored: int, others: int) -> int:
        """Seconds until the next try may be made; 0 is now."""
        ends_at, count = divmod(stored, _SHIFT)
        if ends_at <= now:
            ends_at, count = now + 1, 0
        return ends_at - now if count + others >= self.times else 0


def _tallies(name: str, by: Mapping[str, str | None]) -> list[_Tally]:
    folded = {part: _FOLD[part](value) for part, value in by.items() if value is not None}
    tallies = []
    for rule, (times, seconds) in settings.LIMITS[name].items():
        parts = rule.split("+")
        if folded.keys() >= set(parts):
            who = "\n".join([rule, *(folded[part] for part in parts)])
            digest = hashlib.sha256(who.encode(errors="replace")).hexdigest()
            tallies.append(_Tally(f"limit:{name}:{digest}", rule, times, seconds))
    return tallies


def _refuse_transactions() -> None:
    """A mistake of ours has to show before a roll-back undoes a count."""
    with transaction.atomic(durable=True, savepoint=False):
        pass


def _refuse(
    tallies: Sequence[_Tally],
    now: int,
    stored: Mapping[str, int],
    others: Counter[str],
    *,
    is_known: Callable[[], bool] = bool,
) -> None:
    reached: dict[str, int] = {}
    for tally in tallies:
        if wait := tally.wait(now, stored.get(tally.key, 0), others[tally.key]):
            reached[tally.rule] = wait
    if reached and not (reached.keys() == {"account"} and is_known()):
        raise LimitReachedError(max(reached.values()))


_flying: Counter[str] = Counter()
_lock = threading.Lock()


@contextmanager
def _in_flight(tallies: Sequence[_Tally]) -> Iterator[Counter[str]]:
    """Take off; given is how many others with the same key are in the air in this process."""
    keys = [tally.key for tally in tallies]
    with _lock:
        others = Counter({key: _flying[key] for key in keys})
        _flying.update(keys)
    try:
        yield others
    finally:
        with _lock:
            _flying.subtract(keys)
            for key in keys:
                if not _flying[key]:
                    del _flying[key]


def _account(name: str) -> str:
    """The one spelling of an account's name, however its letters are dressed up."""
    return unicodedata.normalize("NFKC", name[:1000]).strip().casefold()


_FOLD: dict[str, Callable[[str], str]] = {"address": network_of, "account": _account}


def _now() -> int:
    return int(time.time())
