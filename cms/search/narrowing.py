"""The filters of the search page: every state is an address, no state is an error."""

import re
import uuid
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from cms.core.cards import Choice, Filter
from cms.search.facets import DURATIONS, Count, Counted
from cms.search.models import Kind
from fitness.core.paging import Place
from fitness.training.models import Access, Difficulty, Equipment, Muscle

_TIERS: Final = {
    "free": [Access.FREE],
    "member": [Access.MEMBER],
    "premium": [Access.PREMIUM, Access.PURCHASE],
}
# (label, values of a closed list), in the order of the page.
_FILTERS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "kind": ("Show", dict(Kind.choices)),
    "category": ("Category", {}),
    "difficulty": ("Level", dict(Difficulty.choices)),
    "duration": ("Time", {str(most): f"Up to {most // 60} min" for most in DURATIONS}),
    "equipment": ("Equipment", dict(Equipment.choices)),
    "muscle": ("Trains", dict(Muscle.choices)),
    "access": ("Access", {"free": "Free", "member": "Members", "premium": "Premium"}),
    "trainer": ("Coach", {}),
}
_SLUG: Final = re.compile(r"[-\w]{1,50}", re.ASCII)
_PLACE: Final = re.compile(r"\d{1,12}\.\d{1,12}", re.ASCII)


def understood_filters(params: Mapping[str, str]) -> dict[str, str]:
    """The filters that make sense; whatever else stands in the address is passed over."""
    return {
        name: params[name]
        for name, (_, values) in _FILTERS.items()
        if params.get(name) and _makes_sense(name, params[name], values)
    }


def as_asked(chosen: Mapping[str, str]) -> dict[str, Any]:
    """The filters in the words of ``selectors.search``."""
    asked: dict[str, Any] = {**chosen}
    if "access" in asked:
        asked["access"] = _TIERS[asked["access"]]
    if "trainer" in asked:
        asked["trainer"] = uuid.UUID(asked["trainer"])
    if most := asked.pop("duration", None):
        asked["max_duration_s"] = int(most)
    return asked


def place_of(after: str) -> Place | None:
    """Where a list goes on; a place that means nothing is its top."""
    if not _PLACE.fullmatch(after):
        return None
    score, pk = after.split(".")
    return Place([int(score), int(pk)])


def filters_of(counted: Counted, chosen: Mapping[str, str], *, path: str, q: str) -> list[Filter]:
    """What would narrow the results down, with how many would stay; answers with none are left."""
    found = []
    for name, (label, labels) in _FILTERS.items():
        counts = {told.value: told for told in _counts(name, counted)}
        in_order = [value for value in labels if value in counts] or list(counts)
        choices = [
            Choice(
                label=labels.get(value) or counts[value].label or value,
                url=address(path, q, _toggled(chosen, name, value)),
                is_active=chosen.get(name) == value,
                count=counts[value].count,
            )
            for value in in_order
        ]
        if choices:
            found.append(Filter(name, label, choices))
    return found


def address(path: str, q: str, chosen: Mapping[str, str], **more: str) -> str:
    """A search as an address."""
    return f"{path}?{urlencode({'q': q, **dict(sorted(chosen.items())), **more})}"


def _counts(name: str, counted: Counted) -> list[Count]:
    if name != "access":
        return counted.by[name]
    by = {told.value: told.count for told in counted.by[name]}
    sums = {tier: sum(by.get(value, 0) for value in of) for tier, of in _TIERS.items()}
    return [Count(tier, "", count) for tier, count in sums.items() if count]


def _toggled(chosen: Mapping[str, str], name: str, value: str) -> dict[str, str]:
    others = {key: kept for key, kept in chosen.items() if key != name}
    return others if chosen.get(name) == value else {**others, name: value}


def _makes_sense(name: str, value: str, values: Mapping[str, str]) -> bool:
    if values:
        return value in values
    if name == "category":
        return bool(_SLUG.fullmatch(value))
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True
