"""Workouts and articles as small cards: on the home screen and among favourites."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import msgspec

from api.core.covers import CoverOut, cover_out
from cms.articles.selectors import articles_named
from cms.core.formats import whole_minutes
from commerce.entitlements.selectors import NO_RIGHTS, Item, decide, rights_of
from fitness.favorites.models import Kind
from fitness.favorites.selectors import Kept
from fitness.training.models import Access

_FREE = frozenset({Access.FREE, Access.MEMBER})


class CardAccessOut(msgspec.Struct, frozen=True):
    """Whether the member may open it; what would is told where it is opened."""

    required: str
    granted: bool


class CardOut(msgspec.Struct, frozen=True):
    """Enough to draw a card; ``minutes`` is how long it takes to do, or to read."""

    title: str
    cover: CoverOut | None
    minutes: int
    access: CardAccessOut


class FavoriteOut(msgspec.Struct, frozen=True):
    """A thing the member kept. ``card`` is null while the thing is gone from the library."""

    id: uuid.UUID
    kind: str
    target: uuid.UUID
    kept_at: dt.datetime
    card: CardOut | None


class Shown(Item, Protocol):
    """What a card is drawn from, beside how long it takes."""

    @property
    def title(self) -> str: ...
    @property
    def cover(self) -> dict[str, Any]: ...
    @property
    def cover_alt(self) -> str: ...


def rights_for(items: Iterable[Item], *, user_id: int, now: dt.datetime) -> frozenset[str]:
    """The member's rights, if any of the items asks for one; at most one query."""
    is_asked = any(item.access not in _FREE for item in items)
    return rights_of(user_id=user_id, now=now) if is_asked else NO_RIGHTS


def card_out(item: Shown, *, minutes: int, rights: frozenset[str]) -> CardOut:
    decision = decide(item=item, rights=rights, is_member=True)
    return CardOut(
        title=item.title,
        cover=cover_out(item.cover, item.cover_alt),
        minutes=minutes,
        access=CardAccessOut(required=decision.required, granted=decision.granted),
    )


class Shelf:
    """Favourites with what their cards show; one query if there are articles, else none."""

    def __init__(self, favorites: Sequence[Kept]) -> None:
        self._favorites = favorites
        self._articles = articles_named(
            [kept.target for kept in favorites if kept.kind == Kind.ARTICLE]
        )

    @property
    def items(self) -> list[Item]:
        """What there is of them, to ask rights for."""
        workouts = [kept.workout for kept in self._favorites if kept.workout]
        return [*workouts, *self._articles.values()]

    def out(self, rights: frozenset[str]) -> list[FavoriteOut]:
        return [
            FavoriteOut(
                id=kept.uid,
                kind=kept.kind,
                target=kept.target,
                kept_at=kept.created_at,
                card=self._card(kept, rights),
            )
            for kept in self._favorites
        ]

    def _card(self, kept: Kept, rights: frozenset[str]) -> CardOut | None:
        if kept.workout:
            minutes = whole_minutes(kept.workout.duration_seconds)
            return card_out(kept.workout, minutes=minutes, rights=rights)
        article = self._articles.get(kept.target) if kept.kind == Kind.ARTICLE else None
        if article:
            return card_out(article, minutes=article.reading_minutes, rights=rights)
        return None
