"""What is asked of the catalogue and of members' sessions."""

import datetime as dt
import uuid
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from fitness.core.errors import MissingError
from fitness.core.prepared import Prepared, PreparedInstance
from fitness.training.models import (
    Exercise,
    LoggedSet,
    Workout,
    WorkoutExercise,
    WorkoutLog,
    WorkoutProgress,
    WorkoutQuerySet,
    WorkoutVideo,
    workout_key,
)


@dataclass(frozen=True, slots=True)
class ListedWorkout:
    """A workout as a list shows it: without its body, its shelf beside it."""

    uid: uuid.UUID
    owner_id: int | None
    title: str
    introduction: str
    difficulty: str
    equipment: list[str]
    muscles: list[str]
    access: str
    duration_seconds: int
    covers: list[str]
    cover_alt: str
    published_at: dt.datetime | None
    updated_at: dt.datetime
    category_slug: str | None
    category_name: str | None
    category_hue: int | None

    @property
    def entitlement_key(self) -> str:
        """The right that opens this workout alone."""
        return workout_key(self.uid)


_IN_A_LIST = [field.name.replace("category_", "category__") for field in fields(ListedWorkout)]

_PUBLIC = PreparedInstance(
    Workout, "category", lambda uid: Workout.objects.visible_to(None).filter(uid=uid), "uid"
)
_VISIBLE = PreparedInstance(
    Workout,
    "category",
    lambda user_id, uid: Workout.objects.visible_to(user_id).filter(uid=uid),
    "user_id",
    "uid",
)


@dataclass(frozen=True, slots=True)
class Prescription:
    """An exercise of a workout and what is asked of the member, in reps or seconds a set."""

    uid: uuid.UUID
    name: str
    summary: str
    sets: int
    reps: int | None
    seconds: int | None
    rest_seconds: int


_PRESCRIBED = Prepared(
    lambda workout_id: WorkoutExercise.objects.filter(workout=workout_id)
    .order_by("position")
    .values_list(
        "exercise__uid", "exercise__name", "exercise__summary",
        "sets", "reps", "seconds", "rest_seconds",
    ),
    "workout_id",
)  # fmt: skip
_OWN_ONE = Prepared(
    lambda user_id: Workout.objects.filter(owner=user_id).values_list("pk")[:1], "user_id"
)
_VIDEO_COUNT = Prepared(
    lambda workout_id: (
        WorkoutVideo.objects.filter(workout=workout_id)
        .order_by()
        .values("workout")
        .annotate(videos=Count("pk"))
        .values_list("videos")
    ),
    "workout_id",
)


class NoSuchWorkoutError(MissingError):
    code = "no_such_workout"


class NoSuchVideoError(MissingError):
    code = "no_such_video"


def workouts_for(user_id: int | None, **filters: Any) -> QuerySet[Workout, Any]:
    """The library and the member's own workouts: rows with an ``id`` and, by their names, what
    ``listed`` makes of them. Two queries for a member, one for a visitor.

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
    workouts = _shelf(user_id, filters.get("source"))
    for name, lookup in lookups.items():
        if name in filters:
            workouts = workouts.filter(**{lookup: filters[name]})
    if "equipment" in filters:
        workouts = workouts.filter(equipment__contains=[filters["equipment"]])
    if "muscle" in filters:
        workouts = workouts.filter(muscles__contains=[filters["muscle"]])
    return workouts.values_list("id", *_IN_A_LIST, named=True)


def listed(row: Any) -> ListedWorkout:
    """A row of ``workouts_for``."""
    return ListedWorkout(*row[1:])


def _shelf(user_id: int | None, source: str | None) -> WorkoutQuerySet:
    """The rows to choose from; each choice is one that an index has in order."""
    if source == "own":
        return Workout.objects.filter(owner=user_id) if user_id else Workout.objects.none()
    if source == "library" or user_id is None or not _OWN_ONE.rows(user_id=user_id):
        return Workout.objects.published()
    return Workout.objects.visible_to(user_id)


def workout_for(user_id: int | None, uid: uuid.UUID) -> Workout:
    """One workout that the member may see. Raises ``NoSuchWorkoutError``; one query."""
    workout = _VISIBLE.first(user_id=user_id, uid=uid) if user_id else _PUBLIC.first(uid=uid)
    if workout is None:
        raise NoSuchWorkoutError("There is no such workout.")
    return workout


def prescriptions_of(workout: Workout) -> list[Prescription]:
    """The workout's exercises in order; one query."""
    return [Prescription(*row) for row in _PRESCRIBED.rows(workout_id=workout.pk)]


def video_count_of(workout: Workout) -> int:
    """How many videos the workout has; one query."""
    return sum(videos for (videos,) in _VIDEO_COUNT.rows(workout_id=workout.pk))


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
