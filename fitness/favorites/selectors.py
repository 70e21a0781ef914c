"""What members kept."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from fitness.core.errors import MissingError
from fitness.core.paging import PreparedRows
from fitness.favorites.models import Favorite

NEWEST_FIRST = ("-created_at", "-id")


@dataclass(frozen=True, slots=True)
class Kept:
    """A favourite: what it is, and since when."""

    id: int
    uid: uuid.UUID
    kind: str
    target: uuid.UUID
    created_at: dt.datetime


class NoSuchFavoriteError(MissingError):
    code = "no_such_favorite"


def favorites_of(user_id: int, **filters: Any) -> PreparedRows[Kept]:
    """The member's favourites, or those of one ``kind``; one query whatever their number."""
    return PreparedRows(Kept, _of_member, user_id=user_id, **filters)


def favorite_of(user_id: int, *, kind: str, target: uuid.UUID) -> Kept | None:
    """The favourite that names this thing, if the member keeps it; one query."""
    found = PreparedRows(Kept, _of_member, user_id=user_id, kind=kind, target=target)
    return next(iter(found.part(NEWEST_FIRST, place=None, limit=1)), None)


def _of_member(*, user_id: Any, **named: Any) -> QuerySet[Favorite, Any]:
    rows = Favorite.objects.filter(user=user_id, **named)
    return rows.values_list("id", "uid", "kind", "target", "created_at")
