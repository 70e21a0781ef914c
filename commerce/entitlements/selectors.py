"""May this member open this? Everyone asks here: pages, API, feeds, search."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, QuerySet
from django.db.models.functions import Least

from commerce.catalog.selectors import OfferCard, card_from, opening_cards
from commerce.entitlements.models import PREMIUM, Entitlement
from fitness.accounts.models import User
from fitness.core.paging import PreparedRows
from fitness.core.prepared import Prepared

NO_RIGHTS: Final[frozenset[str]] = frozenset()

_LIVE_KEYS = Prepared(
    lambda user_id, now: Entitlement.objects.of(user_id).live_at(now).values_list("key"),
    "user_id",
    "now",
)


def _holdings(user_id: Any, keys: Any, now: Any) -> QuerySet[User, Any]:
    live = Entitlement.objects.of(user_id).live_at(now)
    offered = opening_cards(keys).filter(~Exists(live.filter(key=PREMIUM)))
    member = User.objects.filter(pk=user_id)
    return member.values_list(ArraySubquery(live.values("key")), ArraySubquery(offered))


_HOLDINGS = Prepared(_holdings, "user_id", "keys", "now")


class Item(Protocol):
    """Content that may be locked: who it is for, and the right that opens this very item."""

    @property
    def access(self) -> str: ...
    @property
    def entitlement_key(self) -> str: ...


class StoredItem(Protocol):
    """Content that keeps its locked part in ``gated_body``."""

    @property
    def gated_body(self) -> Iterable[Any]: ...


@dataclass(frozen=True, slots=True)
class Right:
    """A right that a member holds, and the ``source`` that gave it; ``until`` empty: for good."""

    id: int
    key: str
    source: str
    since: dt.datetime
    until: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an item is open to somebody: what it asks for, and why it is or is not open.

    Reasons: ``free``, ``member`` and ``right`` open; ``sign_in`` and ``locked`` do not.
    """

    required: str
    granted: bool
    reason: str


def rights_of(*, user_id: int | None, now: dt.datetime) -> frozenset[str]:
    """The rights a member holds at ``now``: one query, none for a visitor."""
    if user_id is None:
        return NO_RIGHTS
    return frozenset(key for (key,) in _LIVE_KEYS.rows(user_id=user_id, now=now))


def holdings_of(
    *, user_id: int, keys: Collection[str], now: dt.datetime
) -> tuple[frozenset[str], list[OfferCard]]:
    """The rights a member holds at ``now``, and the offers of each of ``keys``: one query.

    Whom premium opens everything is offered nothing.
    """
    found = _HOLDINGS.rows(user_id=user_id, keys=sorted(keys), now=now)
    rights, cards = found[0] if found else ([], [])
    return frozenset(rights), [card_from(told) for told in cards]


def asks_for_a_right(item: Item) -> bool:
    """Whether anything but signing in is needed to open the item."""
    return item.access not in {"free", "member"}


def entitlements_of(*, user_id: int, now: dt.datetime) -> PreparedRows[Right]:
    """The rights that a member holds at ``now``, with what gave each and until when: one query."""
    return PreparedRows(Right, _rights, user_id=user_id, now=now)


def _rights(*, user_id: Any, now: Any) -> QuerySet[Entitlement, Any]:
    until = Least("revoked_at", "ends_at")  # which of PostgreSQL's takes the one there is
    held = Entitlement.objects.of(user_id).live_at(now)
    return held.values_list("id", "key", "source", "starts_at", until)


def decide(*, item: Item, rights: Collection[str], is_member: bool) -> Decision:
    """Whether these rights open the item: no query. What nobody has heard of stays locked."""
    if item.access == "free":
        return Decision(item.access, granted=True, reason="free")
    if item.access == "member":
        return Decision(item.access, granted=is_member, reason="member" if is_member else "sign_in")
    granted = PREMIUM in rights or item.entitlement_key in rights
    return Decision(item.access, granted=granted, reason="right" if granted else "locked")


def may_open(*, user_id: int | None, item: Item, now: dt.datetime) -> Decision:
    """Whether the member (or a visitor, ``None``) may open the item now: at most one query."""
    is_gated = asks_for_a_right(item)
    rights = rights_of(user_id=user_id, now=now) if is_gated else NO_RIGHTS
    return decide(item=item, rights=rights, is_member=user_id is not None)


def body_for(item: StoredItem, decision: Decision) -> list[Any]:
    """The locked part of an item, or nothing: the one place that reads ``gated_body``."""
    return list(item.gated_body) if decision.granted else []
