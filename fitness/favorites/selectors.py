"""What members kept."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from fitness.core.errors import MissingError
from fitness.core.paging import PreparedRows
from fitness.favorites.models import Favorite, Kind
from fitness.training.models import Workout, workout_key

NEWEST_FIRST = ("-created_at", "-id")


@dataclass(frozen=True, slots=True)
class KeptWorkout:
    """What a card shows of a workout that the member kept and may still see."""

    uid: uuid.UUID
    title: str
    access: str
    duration_seconds: int
    cover: dict[str, Any]
    cover_alt: str

    @property
    def entitlement_key(self) -> str:
        """The right that opens this workout alone."""
        return workout_key(self.uid)


@dataclass(frozen=True, slots=True)
class Kept:
    """A favourite: what it is, and since when; a workout comes with what its card shows."""

    id: int
    uid: uuid.UUID
    kind: str
    target: uuid.UUID
    created_at: dt.datetime
    workout: KeptWorkout | None = None


class NoSuchFavoriteError(MissingError):
    code = "no_such_favorite"


def favorites_of(user_id: int, **filters: Any) -> PreparedRows[Kept]:
    """The member's favourites, or those of one ``kind``; one query whatever their number."""
    return PreparedRows(_kept, _of_member, user_id=user_id, **filters)


def newest_favorites(user_id: int, *, limit: int) -> list[Kept]:
    """What the member kept last; one query."""
    return favorites_of(user_id).part(NEWEST_FIRST, place=None, limit=limit)


def favorite_of(user_id: int, *, kind: str, target: uuid.UUID) -> Kept | None:
    """The favourite that names this thing, if the member keeps it; one query."""
    found = favorites_of(user_id, kind=kind, target=target)
    return next(iter(found.part(NEWEST_FIRST, place=None, limit=1)), None)


def is_favorite(user_id: int, *, kind: str, target: uuid.UUID) -> Exists:
    """Whether the member keeps this thing, as part of another query."""
    return Exists(Favorite.objects.filter(user=user_id, kind=kind, target=target))


def _of_member(*, user_id: Any, **named: Any) -> QuerySet[Favorite, Any]:
    seen = Workout.objects.filter(
        Q(owner=None, is_published=True) | Q(owner=user_id), uid=OuterRef("target")
    )
    card = JSONObject(
        title="title",
        access="access",
        duration_seconds="duration_seconds",
        cover="cover",
        cover_alt="cover_alt",
    )
    rows = Favorite.objects.filter(user=user_id, **named)
    return rows.values_list(
        "id", "uid", "kind", "target", "created_at", Subquery(seen.values(card=card))
    )


def _kept(*columns: Any) -> Kept:
    *told, card = columns
    kept = Kept(*told)
    return kept if kept.kind != Kind.WORKOUT or card is None else _with_workout(kept, card)


def _with_workout(kept: Kept, card: Mapping[str, Any]) -> Kept:
    workout = KeptWorkout(uid=kept.target, **card)
    return Kept(kept.id, kept.uid, kept.kind, kept.target, kept.created_at, workout)
