"""What is asked of the catalogue and of members' sessions."""

import uuid
from typing import Any

from django.db.models import Prefetch, QuerySet

from fitness.core.errors import MissingError
from fitness.training.models import (
    Exercise,
    LoggedSet,
    Workout,
    WorkoutLog,
    WorkoutProgress,
    WorkoutVideo,
)

_IN_A_LIST = (
    "uid", "owner_id", "title", "slug", "path", "introduction", "difficulty", "equipment",
    "muscles", "access", "duration_seconds", "covers", "cover_alt", "published_at", "updated_at",
    "category__slug", "category__name", "category__hue",
)  # fmt: skip


class NoSuchWorkoutError(MissingError):
    code = "no_such_workout"


class NoSuchVideoError(MissingError):
    code = "no_such_video"


def workouts_for(user_id: int | None, **filters: Any) -> QuerySet[Workout]:
    """The library and the member's own workouts, as a list shows them: no bodies, one query.

    Filters: ``category``, ``difficulty``, ``equipment``, ``muscle``, ``access``, ``source``,
    ``min_duration_s``, ``max_duration_s``, ``updated_since``; all hold at once.
    """
    lookups = {
        "category": "category__slug",
        "difficulty": "difficulty",
        "access": "access",
        "min_duration_s": "duration_seconds__gte",
        "max_duration_s": "duration_seconds__lte",
        "updated_since": "updated_at__gte",
    }
    workouts = Workout.objects.visible_to(user_id)
    if filters.get("source") == "library":
        workouts = Workout.objects.published()
    elif filters.get("source") == "own":
        workouts = workouts.exclude(owner=None)
    for name, lookup in lookups.items():
        if name in filters:
            workouts = workouts.filter(**{lookup: filters[name]})
    if "equipment" in filters:
        workouts = workouts.filter(equipment__contains=[filters["equipment"]])
    if "muscle" in filters:
        workouts = workouts.filter(muscles__contains=[filters["muscle"]])
    return workouts.select_related("category").only(*_IN_A_LIST)


def workout_for(user_id: int | None, uid: uuid.UUID) -> Workout:
    """One workout that the member may see. Raises ``NoSuchWorkoutError``; one query."""
    workout = Workout.objects.visible_to(user_id).select_related("category").filter(uid=uid).first()
    if workout is None:
        raise NoSuchWorkoutError("There is no such workout.")
    return workout


def places_of(workout: Workout) -> list[WorkoutVideo]:
    """The workout's videos in order; one query."""
    return list(workout.places.select_related("video").order_by("position"))


def place_of(workout: Workout, video_uid: uuid.UUID) -> WorkoutVideo:
    """A video's place in the workout. Raises ``NoSuchVideoError``; one query."""
    place = workout.places.select_related("video").filter(video__uid=video_uid).first()
    if place is None:
        raise NoSuchVideoError("This workout has no such video.")
    return place


def progress_in(workout: Workout, *, user_id: int | None) -> dict[int, WorkoutProgress]:
    """How far the member is in each video of the workout, by the video's key; one query."""
    if user_id is None:
        return {}
    rows = WorkoutProgress.objects.filter(user=user_id, workout=workout)
    return {row.video_id: row for row in rows}


def sessions_of(user_id: int) -> QuerySet[WorkoutLog]:
    """The member's sessions with their sets; two queries whatever their number."""
    sets = LoggedSet.objects.select_related("exercise").order_by("position")
    return (
        WorkoutLog.objects.of(user_id)
        .select_related("workout")
        .prefetch_related(Prefetch("sets", sets))
    )


def exercises(*, difficulty: str = "", equipment: str = "", muscle: str = "") -> QuerySet[Exercise]:
    """The exercise library; all filters given hold at once."""
    rows = Exercise.objects.all()
    if difficulty:
        rows = rows.filter(difficulty=difficulty)
    if equipment:
        rows = rows.filter(equipment__contains=[equipment])
    if muscle:
        rows = rows.filter(muscles__contains=[muscle])
    return rows
