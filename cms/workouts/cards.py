"""Workouts of the catalogue as cards on a shelf."""

import uuid
from collections.abc import Collection, Iterable

from django.db.models import Count, F, IntegerField, OuterRef, Subquery, Sum

from cms.core.access import TIERS
from cms.core.cards import CategoryCard, WorkoutCard
from cms.core.covers import cover_of
from cms.core.formats import whole_minutes
from fitness.training import selectors
from fitness.training.models import (
    Category,
    Difficulty,
    Workout,
    WorkoutProgress,
    WorkoutQuerySet,
    WorkoutVideo,
)

NO_CATEGORY_HUE = 140


def cards_of(workouts: Iterable[Workout]) -> list[WorkoutCard]:
    """Cards for workouts off the ``shelf``; no query of their own."""
    return [_card(workout) for workout in workouts]


def newest_workouts(
    *, category_id: int | None, limit: int, user_id: int | None, but: uuid.UUID | None = None
) -> list[WorkoutCard]:
    """The newest of a category's workouts, or none without a category: at most one query."""
    if category_id is None:
        return []
    newest = shelf(user_id=user_id).filter(category=category_id)
    others = newest.exclude(uid=but) if but else newest
    return cards_of(others[:limit])


def begun_workouts(*, user_id: int, limit: int) -> list[WorkoutCard]:
    """What the member began and did not finish, the last watched first: one query."""
    return [
        WorkoutCard(
            uid=begun.uid,
            title=begun.title,
            url=begun.path,
            cover=cover_of(begun.cover, begun.cover_alt),
            category=begun.category_name or "",
            hue=NO_CATEGORY_HUE if begun.category_hue is None else begun.category_hue,
            difficulty=Difficulty(begun.difficulty).label,
            minutes=whole_minutes(begun.duration_seconds),
            access=begun.access,
            tier=TIERS[begun.access],
            percent=begun.percent,
        )
        for begun in selectors.begun_workouts(user_id, limit=limit)
    ]


def shelf(*, user_id: int | None) -> WorkoutQuerySet:
    """The library, newest first, with what a card shows and without the bodies.

    A member sees how far they came in each workout.
    """
    workouts = (
        Workout.objects.published()
        .select_related("category")
        .defer("gated_body")
        .order_by("-published_at", "-pk")
    )
    return workouts.annotate(percent=_percent_of(user_id)) if user_id else workouts


def _percent_of(user_id: int) -> Subquery:
    """How far the member came in the workout of an outer query, if they began it."""
    videos = (
        WorkoutVideo.objects.filter(workout=OuterRef("workout"))
        .order_by()
        .values("workout")
        .annotate(count=Count("pk"))
        .values("count")
    )
    begun = (
        WorkoutProgress.objects.filter(
            user_id=user_id, workout=OuterRef("pk"), video__places__workout=F("workout")
        )
        .order_by()
        .values("workout_id")
        .annotate(percent=Sum("percent") / Subquery(videos))
    )
    return Subquery(begun.values("percent"), output_field=IntegerField())


def percents_of(workout_ids: Collection[int], *, user_id: int | None) -> dict[int, int]:
    """How far the member came in each workout begun: one query, none for a visitor."""
    if user_id is None or not workout_ids:
        return {}
    workouts = Workout.objects.filter(pk__in=workout_ids).annotate(percent=_percent_of(user_id))
    return dict(workouts.exclude(percent=None).values_list("pk", "percent"))


def category_card(category: Category, *, library_url: str, url: str | None = None) -> CategoryCard:
    """A shelf of the library, with the address that shows it alone: its own page, if it has one."""
    return CategoryCard(
        name=category.name,
        slug=category.slug,
        hue=category.hue,
        count=category.workout_count,
        url=url or f"{library_url}?category={category.slug}",
    )


def _card(workout: Workout) -> WorkoutCard:
    category = workout.category
    return WorkoutCard(
        uid=workout.uid,
        title=workout.title,
        url=workout.path,
        cover=cover_of(workout.cover, workout.cover_alt),
        category=category.name if category else "",
        hue=category.hue if category else NO_CATEGORY_HUE,
        difficulty=workout.get_difficulty_display(),
        minutes=whole_minutes(workout.duration_seconds),
        access=workout.access,
        tier=TIERS[workout.access],
        percent=getattr(workout, "percent", None),
    )
