"""The library as a visitor narrows it down: every state is an address, no state is an error."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from cms.core.cards import Choice, Filter
from cms.workouts.cards import cards_of, shelf
from fitness.training.models import (
    Access,
    Category,
    Difficulty,
    Equipment,
    Workout,
    WorkoutQuerySet,
)

PAGE_SIZE: Final = 12
_SORTS: Final = {
    "newest": "-published_at",
    "shortest": "duration_seconds",
    "longest": "-duration_seconds",
    "title": "title",
}
_DEFAULT_SORT: Final = "newest"
_TIERS: Final = {
    "free": [Access.FREE],
    "member": [Access.MEMBER],
    "premium": [Access.PREMIUM, Access.PURCHASE],
}
# (value, label) of every answer but the categories, which editors write.
_ANSWERS: Final[dict[str, tuple[str, list[tuple[str, str]]]]] = {
    "difficulty": ("Level", Difficulty.choices),
    "minutes": ("Time", [(str(most), f"Up to {most} min") for most in (10, 20, 30, 45)]),
    "equipment": ("Equipment", Equipment.choices),
    "access": ("Access", [("free", "Free"), ("member", "Members"), ("premium", "Premium")]),
    "sort": ("Order", [(name, name.capitalize()) for name in _SORTS]),
}


def wants_results_only(request: HttpRequest) -> bool:
    """Whether htmx asks for the list alone, and not for a whole page or one of its history."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return bool(htmx and not htmx.boosted and not htmx.history_restore_request)


def search(params: Mapping[str, str], *, path: str, user_id: int | None) -> dict[str, Any]:
    """What the index page shows: three queries at most, whatever the library's size."""
    categories = list(Category.objects.filter(workout_count__gt=0).order_by("position", "name"))
    chosen = _understood(params, categories)
    found = list(_found(chosen, user_id=user_id, after=_anchor(params.get("after", ""))))
    shown = found[:PAGE_SIZE]
    has_more = len(found) > PAGE_SIZE
    return {
        "cards": cards_of(shown),
        "filters": _filters(chosen, categories, path),
        "active_count": len(chosen.keys() - {"sort", "category"}),
        "clear_url": path,
        "next_url": _url(path, {**chosen, "after": str(shown[-1].uid)}) if has_more else "",
    }


def of_category(category_id: int, *, after: str, path: str, user_id: int | None) -> dict[str, Any]:
    """A part of one shelf, the newest first: two queries at most, whatever its size."""
    workouts = shelf(user_id=user_id).filter(category=category_id)
    found = list(_ordered(workouts, _SORTS[_DEFAULT_SORT], _anchor(after))[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    has_more = len(found) > PAGE_SIZE
    return {
        "cards": cards_of(shown),
        "next_url": _url(path, {"after": str(shown[-1].uid)}) if has_more else "",
    }


def _understood(params: Mapping[str, str], categories: Sequence[Category]) -> dict[str, str]:
    """The filters that make sense; whatever else stands in the address is passed over."""
    known = {name: {value for value, _ in answers} for name, (_, answers) in _ANSWERS.items()}
    known["category"] = {category.slug for category in categories}
    return {
        name: params[name]
        for name in sorted(known)
        if params.get(name) and params[name] in known[name]
    }


def _found(
    chosen: Mapping[str, str], *, user_id: int | None, after: Workout | None
) -> WorkoutQuerySet:
    workouts = shelf(user_id=user_id)
    if "category" in chosen:
        workouts = workouts.filter(category__slug=chosen["category"])
    if "difficulty" in chosen:
        workouts = workouts.filter(difficulty=chosen["difficulty"])
    if "equipment" in chosen:
        workouts = workouts.filter(equipment__contains=[chosen["equipment"]])
    if "minutes" in chosen:
        workouts = workouts.filter(duration_seconds__lte=int(chosen["minutes"]) * 60)
    if "access" in chosen:
        workouts = workouts.filter(access__in=_TIERS[chosen["access"]])
    order = _SORTS[chosen.get("sort", _DEFAULT_SORT)]
    return _ordered(workouts, order, after)[: PAGE_SIZE + 1]


def _ordered(workouts: WorkoutQuerySet, order: str, after: Workout | None) -> WorkoutQuerySet:
    """The workouts in order, from the one that follows ``after`` on; nothing is counted."""
    field, is_falling = order.removeprefix("-"), order.startswith("-")
    if after:
        beyond, value = "lt" if is_falling else "gt", getattr(after, field)
        workouts = workouts.filter(
            Q(**{f"{field}__{beyond}": value}) | Q(**{field: value, f"pk__{beyond}": after.pk})
        )
    return workouts.order_by(order, "-pk" if is_falling else "pk")


def _anchor(uid: str) -> Workout | None:
    """The last workout of the page before; one that is gone or never was starts from the top."""
    try:
        wanted = uuid.UUID(uid)
    except ValueError:
        return None
    return Workout.objects.filter(owner=None, uid=wanted).defer("gated_body").first()


def _filters(chosen: Mapping[str, str], categories: Sequence[Category], path: str) -> list[Filter]:
    shelves: list[tuple[str, str, int | None]] = [
        (category.slug, category.name, category.workout_count) for category in categories
    ]
    offered: dict[str, tuple[str, list[tuple[str, str, int | None]]]] = {
        "category": ("Category", shelves),
        **{
            name: (label, [(value, text, None) for value, text in answers])
            for name, (label, answers) in _ANSWERS.items()
        },
    }
    active = {"sort": _DEFAULT_SORT, **chosen}
    return [
        Filter(
            name,
            label,
            [
                Choice(text, _toggled(path, chosen, name, value), active.get(name) == value, count)
                for value, text, count in answers
            ],
        )
        for name, (label, answers) in offered.items()
    ]


def _toggled(path: str, chosen: Mapping[str, str], name: str, value: str) -> str:
    """The address that turns an answer on, or off again where it is on."""
    others = {key: kept for key, kept in chosen.items() if key != name}
    return _url(path, others if chosen.get(name) == value else {**others, name: value})


def _url(path: str, chosen: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(sorted(chosen.items()))}" if chosen else path
