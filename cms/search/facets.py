"""How many things each answer to a filter would leave: one statement for all filters."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from cms.search.models import Document

DURATIONS: Final = (600, 1200, 1800, 2700, 3600)
_COLUMNS: Final = (
    "kind", "category", "difficulty", "access", "duration_seconds", "equipment", "muscles",
    "trainer", "trainer_name",
)  # fmt: skip
# The answers that a thing gives once. They are counted together, and the sums summed up.
_CELL: Final = "kind, category, difficulty, access, most"
# A facet: value and label, where they come from, and which rows have one.
_ASKED: Final[dict[str, tuple[str, str, str, str]]] = {
    "kind": ("kind", "''", "cells", "true"),
    "category": ("slug", "name", "cells JOIN training_category ON id = category", "true"),
    "difficulty": ("difficulty", "''", "cells", "difficulty <> ''"),
    "equipment": ("value", "''", "tools, unnest(equipment) value", "true"),
    "muscle": ("value", "''", "trained, unnest(muscles) value", "true"),
    "access": ("access", "''", "cells", "true"),
    "trainer": ("trainer::text", "trainer_name", "made", "true"),
    "duration": (
        "bound::text",
        "''",
        f"cells JOIN unnest(ARRAY{list(DURATIONS)}) bound ON most BETWEEN 1 AND bound",
        "true",
    ),
}
_ENDLESS: Final = 2_000_000_000
# What is counted together, and of which rows.
_COUNTED: Final = {
    "tools": ("equipment", "true"),
    "trained": ("muscles", "true"),
    "made": ("trainer, trainer_name", "trainer IS NOT NULL"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """An answer to a filter, and how many things it would leave; ``label`` where data has one."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Counted:
    """How many things there are in all, and by each filter without its own choice."""

    total: int
    by: Mapping[str, list[Count]]


def counted(
    matching: QuerySet[Document], conditions: Mapping[str, Q], facets: Collection[str]
) -> Counted:
    """The counts among what matches the words. Each facet leaves its own filter out."""
    holds = {
        f"is_{name}": ExpressionWrapper(condition, output_field=BooleanField())
        for name, condition in conditions.items()
    }
    rows = matching.order_by().annotate(**holds).values_list(*_COLUMNS, *holds)
    sql, parameters = rows.query.sql_with_params()
    flags = "".join(f", {name}" for name in holds)
    bounds = " ".join(f"WHEN duration_seconds <= {most} THEN {most}" for most in DURATIONS)
    whole = (
        f"WITH found ({', '.join(_COLUMNS)}{flags}) AS MATERIALIZED ({sql}),"  # noqa: S608
        f" cells AS MATERIALIZED (SELECT kind, category, difficulty, access, CASE"
        f" WHEN duration_seconds = 0 THEN 0 {bounds} ELSE {_ENDLESS} END AS most{flags},"
        f" count(*) AS n FROM found GROUP BY {_CELL}{flags}),"
        f" {', '.join(_alike(name, flags) for name in _COUNTED)}"
        f" SELECT 'total', '', '', coalesce(sum(n), 0) FROM cells WHERE {_all(conditions)}"
        f" {' '.join(f'UNION ALL {_question(name, conditions)}' for name in facets)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(whole, parameters)
        found = cursor.fetchall()
    by: dict[str, list[Count]] = {name: [] for name in facets}
    for name, value, label, count in found:
        if name in by:
            by[name].append(Count(value, label, int(count)))
    for counts in by.values():
        counts.sort(key=lambda told: (-told.count, told.label, told.value))
    return Counted(total=int(found[0][3]), by=by)


def _alike(name: str, flags: str) -> str:
    columns, holds = _COUNTED[name]
    return (
        f"{name} AS MATERIALIZED (SELECT {columns}{flags}, count(*) AS n"  # noqa: S608
        f" FROM found WHERE {holds} GROUP BY {columns}{flags})"
    )


def _question(name: str, conditions: Mapping[str, Any]) -> str:
    value, label, source, holds = _ASKED[name]
    others = _all([other for other in conditions if other != name])
    return (
        f"SELECT '{name}', {value}, {label}, sum(n) FROM {source}"  # noqa: S608
        f" WHERE {holds} AND {others} GROUP BY 1, 2, 3"
    )


def _all(names: Collection[str]) -> str:
    return " AND ".join(f"is_{name}" for name in names) or "true"
