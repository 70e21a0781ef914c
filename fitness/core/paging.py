"""Lists that are read a page at a time, each page from where the one before ended.

A page is found by the values of its neighbour, not by counting rows, so the thousandth costs
what the first does, and rows that come or go meanwhile are neither skipped nor shown twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Model, Q, QuerySet

from fitness.core.prepared import Prepared

type Ordering = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Beyond which row a page begins: that row's values, in the order of the list's columns."""

    values: Sequence[Any]
    is_backwards: bool = False


def part[Kind: Model, Row](
    rows: QuerySet[Kind, Row], ordering: Ordering, place: Place | None
) -> QuerySet[Kind, Row]:
    """The rows from ``place`` on, nearest first: backwards they come in reverse.

    ``ordering`` runs in one direction and ends with a unique column; none of it may be null.
    """
    names = [name.removeprefix("-") for name in ordering]
    is_descending = ordering[0].startswith("-")
    if any(name.startswith("-") is not is_descending for name in ordering):
        raise ValueError("The columns of an ordering run in one direction.")
    if place is None:
        return rows.order_by(*ordering)
    if place.is_backwards:
        is_descending = not is_descending
    beyond = "lt" if is_descending else "gt"
    found = rows.filter(_beyond(names, place.values, beyond))
    return found.order_by(*(f"-{name}" if is_descending else name for name in names))


def _beyond(names: Sequence[str], values: Sequence[Any], beyond: str) -> Q:
    """``(a, b) > (x, y)``, said so that an index on (a, b) is used from (x, y) on."""
    (name, *others), (value, *rest) = names, values
    is_past = Q(**{f"{name}__{beyond}": value})
    if not others:
        return is_past
    return Q(**{f"{name}__{beyond}e": value}) & (is_past | _beyond(others, rest, beyond))


class PreparedRows[Row]:
    """A list that is asked for often: each shape of its query is compiled once for the process.

    ``build`` (a function of a module, whose columns are the arguments of ``make``) is given a
    placeholder for each of ``values``; which of them there are makes a shape. Of several
    ``builds`` the rows are one list: each is read in its own order, by an index of its own.
    """

    def __init__(
        self, make: Callable[..., Row], *builds: Callable[..., QuerySet[Any, Any]], **values: Any
    ) -> None:
        self._make, self._builds, self._values = make, builds, values

    def part(self, ordering: Ordering, place: Place | None, limit: int) -> list[Row]:
        """At most ``limit`` rows from ``place`` on, as ``part`` gives them; one query."""
        way = None if place is None else place.is_backwards
        prepared = _shaped(
            self._builds,
            tuple(sorted(self._values)),
            ordering,
            is_backwards=way,
            at_most=limit if len(self._builds) > 1 else 0,
        )
        at = {} if place is None else {f"at_{n}": v for n, v in enumerate(place.values)}
        return [self._make(*row) for row in prepared.rows(limit, **self._values, **at)]


@lru_cache(maxsize=512)
def _shaped(
    builds: tuple[Callable[..., QuerySet[Any, Any]], ...],
    names: tuple[str, ...],
    ordering: Ordering,
    *,
    is_backwards: bool | None,
    at_most: int,
) -> Prepared:
    at = () if is_backwards is None else tuple(f"at_{n}" for n in range(len(ordering)))

    def built(**slots: Any) -> QuerySet[Any, Any]:
        place = Place([slots.pop(name) for name in at], is_backwards or False) if at else None
        parts = [part(build(**slots), ordering, place) for build in builds]
        if len(parts) == 1:
            return parts[0]
        # Cut, each is read by its index; else the database would sort them whole.
        first, *others = (rows[:at_most] for rows in parts)
        return first.union(*others, all=True).order_by(*first.query.order_by)

    return Prepared(built, *names, *at)
