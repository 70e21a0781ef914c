"""Who stands where."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from fitness.leaderboards.models import Period, Standing

_NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a board: rank (ties share it: 1, 2, 2, 4), public name and points only."""

    rank: int
    user_id: int
    public_name: str
    points: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a member stands, or would stand if listed; no rank without points."""

    rank: int | None
    points: int
    is_listed: bool
    neighbours: tuple[Row, ...]


def board(*, period: Period, day: dt.date, limit: int = 10) -> list[Row]:
    """The best of the period that holds ``day``; one query."""
    rows: list[Row] = []
    for index, standing in enumerate(_in_order(period, day)[:limit], start=1):
        is_tied = bool(rows) and rows[-1].points == standing.points
        rows.append(_row(standing, rank=rows[-1].rank if is_tied else index))
    return rows


def place_of(*, user_id: int, period: Period, day: dt.date) -> Place:
    """The member's rank, points and the members right above and below; at most four queries.

    A member who is not listed sees the rank they would have; nobody else's rank moves.
    """
    own = (
        Standing.objects.select_related("user__profile")
        .filter(user=user_id, period=period, starts_on=period.span(day)[0])
        .first()
    )
    if own is None or not own.points:
        return Place(
            rank=None, points=0, is_listed=own is not None and own.is_listed, neighbours=()
        )
    others = _in_order(period, day).exclude(user=user_id)
    is_ahead = Q(points__gt=own.points) | Q(points=own.points, reached_at__lt=own.reached_at)
    # Said twice, so that the index can start where the member stands.
    ahead = others.filter(is_ahead, points__gte=own.points)
    above = list(ahead.reverse()[:_NEIGHBOURS])[::-1]
    behind = others.exclude(is_ahead).filter(points__lte=own.points)
    below = list(behind[:_NEIGHBOURS])
    near = [*above, own, *below]
    ranks = _ranks_of({standing.points for standing in near}, _in_order(period, day))
    return Place(
        rank=ranks[own.points],
        points=own.points,
        is_listed=own.is_listed,
        neighbours=tuple(_row(standing, rank=ranks[standing.points]) for standing in near),
    )


def _in_order(period: Period, day: dt.date) -> QuerySet[Standing]:
    return (
        Standing.objects.filter(
            period=period, starts_on=period.span(day)[0], is_listed=True, points__gt=0
        )
        .select_related("user__profile")
        .order_by(F("points").desc(), "reached_at", "user")
    )


def _ranks_of(points: set[int], listed: QuerySet[Standing]) -> dict[int, int]:
    """The competition rank (1, 2, 2, 4) that each of some sums of points has; one query."""
    better = listed.filter(points__gt=min(points)).aggregate(
        **{f"than_{worth}": Count("pk", filter=Q(points__gt=worth)) for worth in points}
    )
    return {worth: 1 + better[f"than_{worth}"] for worth in points}


def _row(standing: Standing, *, rank: int) -> Row:
    return Row(
        rank=rank,
        user_id=standing.user_id,
        public_name=standing.user.profile.public_name,
        points=standing.points,
    )
