"""Who stands where."""

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from fitness.accounts.avatars import Avatar, avatar_of
from fitness.accounts.models import public_name
from fitness.core.prepared import Prepared
from fitness.leaderboards.models import Period, Standing

_NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a board: rank (ties share it: 1, 2, 2, 4), name, picture and points only."""

    rank: int
    user_id: int
    public_name: str
    points: int
    avatar: Avatar | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a member stands, or would stand if listed; no rank without points."""

    rank: int | None
    points: int
    is_listed: bool
    neighbours: tuple[Row, ...]


class _Standing(NamedTuple):
    user_id: int
    points: int
    reached_at: dt.datetime
    is_listed: bool
    alias: str | None
    avatar: str | None


_COLUMNS = (
    "user_id", "points", "reached_at", "is_listed", "user__profile__alias", "user__profile__avatar"
)  # fmt: skip
_PERIOD = ("period", "starts_on")
_OWN_PLACE = (*_PERIOD, "user_id", "points", "reached_at")


def board(*, period: Period, day: dt.date, limit: int = 10) -> list[Row]:
    """The best of the period that holds ``day``; one query."""
    rows: list[Row] = []
    found = _top(limit).rows(period=period.value, starts_on=period.span(day)[0])
    for index, standing in enumerate(map(_Standing._make, found), start=1):
        is_tied = bool(rows) and rows[-1].points == standing.points
        rows.append(_row(standing, rank=rows[-1].rank if is_tied else index))
    return rows


def place_of(*, user_id: int, period: Period, day: dt.date) -> Place:
    """The member's rank, points and the members right above and below; at most four queries.

    A member who is not listed sees the rank they would have; nobody else's rank moves.
    """
    where = {"period": period.value, "starts_on": period.span(day)[0]}
    found = [_Standing._make(row) for row in _OWN.rows(**where, user_id=user_id)]
    if not found or not found[0].points:
        is_listed = bool(found) and found[0].is_listed
        return Place(rank=None, points=0, is_listed=is_listed, neighbours=())
    own = found[0]
    here = {**where, "user_id": user_id, "points": own.points, "reached_at": own.reached_at}
    above = [_Standing._make(row) for row in reversed(_ABOVE.rows(**here))]
    below = [_Standing._make(row) for row in _BELOW.rows(**here)]
    near = [*above, own, *below]
    better: Any = _BETTER.rows(**where, points=min(standing.points for standing in near))
    return Place(
        rank=_rank(own.points, better),
        points=own.points,
        is_listed=own.is_listed,
        neighbours=tuple(_row(at, rank=_rank(at.points, better)) for at in near),
    )


def standing_of(*, user_id: int, period: Period, day: dt.date) -> Place:
    """The member's rank and points, without the members beside them; one query."""
    starts_on = period.span(day)[0]
    for points, is_listed, better in _RANKED.rows(
        period=period.value, starts_on=starts_on, user_id=user_id
    ):
        return Place(
            rank=1 + (better or 0) if points else None,
            points=points,
            is_listed=is_listed,
            neighbours=(),
        )
    return Place(rank=None, points=0, is_listed=False, neighbours=())


def _listed(period: str, starts_on: dt.date) -> QuerySet[Standing]:
    return Standing.objects.filter(
        period=period, starts_on=starts_on, is_listed=True, points__gt=0
    ).order_by(F("points").desc(), "reached_at", "user_id")


@lru_cache
def _top(limit: int) -> Prepared:
    return Prepared(lambda **where: _listed(**where).values_list(*_COLUMNS)[:limit], *_PERIOD)


def _beside(*, is_above: bool) -> Prepared:
    def build(user_id: Any, points: Any, reached_at: Any, **where: Any) -> QuerySet[Standing, Any]:
        others = _listed(**where).exclude(user=user_id)
        is_ahead = Q(points__gt=points) | Q(points=points, reached_at__lt=reached_at)
        # The points are said twice, so that the index can start where the member stands.
        if is_above:
            near = others.filter(is_ahead, points__gte=points).reverse()
        else:
            near = others.exclude(is_ahead).filter(points__lte=points)
        return near.values_list(*_COLUMNS)[:_NEIGHBOURS]

    return Prepared(build, *_OWN_PLACE)


_OWN = Prepared(
    lambda **where: Standing.objects.filter(**where).values_list(*_COLUMNS), *_PERIOD, "user_id"
)
_ABOVE, _BELOW = _beside(is_above=True), _beside(is_above=False)
# How many stand at each sum of points above the given one: points are small, bounded numbers.
_BETTER = Prepared(
    lambda points, **where: (
        _listed(**where)
        .order_by()
        .filter(points__gt=points)
        .values("points")
        .annotate(members=Count("*"))
        .values_list("points", "members")
    ),
    *_PERIOD,
    "points",
)

_RANKED = Prepared(
    lambda user_id, **where: Standing.objects.filter(**where, user_id=user_id).values_list(
        "points",
        "is_listed",
        Subquery(
            _listed(**where)
            .order_by()
            .filter(points__gt=OuterRef("points"))
            .values("period")
            .annotate(members=Count("*"))
            .values("members")
        ),
    ),
    *_PERIOD,
    "user_id",
)


def _rank(points: int, better: list[tuple[int, int]]) -> int:
    """The competition rank (1, 2, 2, 4): one more than the members with more points."""
    return 1 + sum(members for worth, members in better if worth > points)


def _row(standing: _Standing, *, rank: int) -> Row:
    return Row(
        rank=rank,
        user_id=standing.user_id,
        public_name=public_name(standing.alias or ""),
        avatar=avatar_of(standing.avatar or ""),
        points=standing.points,
    )
