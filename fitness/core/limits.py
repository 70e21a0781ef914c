"""How often something may be tried, counted in the cache that all processes share.

``settings.LIMITS`` names each thing and how often it may be done in how many seconds, by address,
by account or by both together. A window begins with its first try. Keys are digests: nothing in
the cache tells who tried.
"""

import hashlib
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from fitness.core import counting
from fitness.core.errors import DomainError
from fitness.core.http import network_of


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
    _claim(_tallies(name, by))


@contextmanager
def attempt(
    name: str, *, is_known: Callable[[], bool] = bool, **by: str | None
) -> Iterator[Attempt]:
    """A try, such as one at a password, that counts unless it is forgiven for being right.

    It is refused with ``LimitReachedError`` before anyone looks at the password: every try is
    counted first, so that many at once, in however many processes, are no more than one after
    the other. A forgiven one is given back, and with it the failed ones of the same account from
    the same address are forgiven. ``is_known`` is asked when only the limit of the account over
    all addresses is reached: who is known where they come from is not locked out by strangers.
    """
    _refuse_transactions()
    tallies = _tallies(name, by)
    claims = _claim(tallies, is_known=is_known)
    this = Attempt()
    try:
        yield this
    finally:
        if this.is_forgiven:
            counting.give_back(claims)
            of_both = [t.key for t in tallies if t.is_of_both and claims[t.key].count > 1]
            if of_both:
                counting.forget(of_both)


def forgive(name: str, **by: str) -> None:
    """Forget the failed attempts of one account from one address."""
    counting.forget([tally.key for tally in _tallies(name, by) if tally.is_of_both])


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


def _claim(
    tallies: Sequence[_Tally], *, is_known: Callable[[], bool] = bool
) -> dict[str, counting.Claim]:
    """Count one more everywhere, or nowhere and refuse."""
    now = int(time.time())
    claims = counting.claim({tally.key: tally.seconds for tally in tallies}, now=now)
    reached = [tally for tally in tallies if claims[tally.key].count > tally.times]
    if reached and not ({tally.rule for tally in reached} == {"account"} and is_known()):
        counting.give_back(claims)
        raise LimitReachedError(max(claims[tally.key].ends_at for tally in reached) - now)
    return claims


def _account(name: str) -> str:
    """The one spelling of an account's name, however its letters are dressed up."""
    return unicodedata.normalize("NFKC", name[:1000]).strip().casefold()


_FOLD: dict[str, Callable[[str], str]] = {"address": network_of, "account": _account}
