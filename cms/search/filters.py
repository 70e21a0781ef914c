"""The ways to narrow a search down; the same for the API and the page."""

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Q

from cms.search.models import Kind

type Chosen = Mapping[str, Any]

# What may be chosen, and what it asks of a document. Bounds of a length are one filter.
_CONDITIONS: Final[dict[str, str]] = {
    "kind": "kind",
    "category": "category__slug",
    "difficulty": "difficulty",
    "equipment": "equipment__contains",
    "muscle": "muscles__contains",
    "access": "access__in",
    "trainer": "trainer",
}
FACETS: Final = (*_CONDITIONS, "duration")
_LISTS: Final = frozenset({"equipment", "muscle", "access"})
TIMED: Final = (Kind.WORKOUT, Kind.ARTICLE)


def conditions_of(chosen: Chosen) -> dict[str, Q]:
    """What each chosen filter asks, by its name; what is not chosen asks nothing."""
    asked = {
        name: Q(**{lookup: _listed(chosen[name]) if name in _LISTS else chosen[name]})
        for name, lookup in _CONDITIONS.items()
        if chosen.get(name)
    }
    least, most = chosen.get("min_duration_s"), chosen.get("max_duration_s")
    if least is not None or most is not None:
        between = Q(duration_seconds__gt=0, duration_seconds__gte=least or 0)
        asked["duration"] = between if most is None else between & Q(duration_seconds__lte=most)
    return asked


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
