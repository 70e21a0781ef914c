"""What is asked of the catalogue."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from fitness.core.errors import MissingError
from fitness.core.paging import PreparedRows
from fitness.core.prepared import Prepared, PreparedInstance
from fitness.training.models import (
    Exercise,
    Workout,
    WorkoutExercise,
    WorkoutProgress,
    WorkoutQuerySet,
    WorkoutVideo,
    workout_key,
)


@dataclass(frozen=True, slots=True)
class ListedWorkout:
    """A workout as a list shows it: without its body, its shelf beside it."""

    id: int
    uid: uuid.UUID
    owner_id: int | None
    title: str
    introduction: str
    difficulty: str
    equipment: list[str]
    muscles: list[str]
    access: str
    duration_seconds: int
    cover: dict[str, Any]
    cover_alt: str
    trainer_uid: uuid.UUID | None
    trainer_name: str
    trainer_role: str
    published_at: dt.datetime | None
    updated_at: dt.datetime
    category_slug: str | None
    category_name: str | None
    category_hue: int | None

    @property
    def entitlement_key(self) -> str:
        """The right that opens this workout alone."""
        return workout_key(self.uid)


_LOOKUPS = {
    "category": "category__slug",
    "difficulty": "difficulty",
    "equipment": "equipment__contains",
    "muscle": "muscles__contains",
    "access": "access",
    "trainer": "trainer_uid",
    "is_featured": "is_featured",
    "min_duration_s": "duration_seconds__gte",
    "max_duration_s": "duration_seconds__lte",
    "updated_since": "updated_at__gte",
}
NOBODY = 0
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
class Watched:
    """How far a member is in a video: what they saw of it, and where they stopped."""

    percent: int = 0
    position_seconds: int = 0


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


@dataclass(frozen=True, slots=True)
class FullWorkout:
    """A workout with its exercises in order, and how many videos it has."""

    workout: Workout
    exercises: list[Prescription]
    video_count: int


def _in_full(workouts: WorkoutQuerySet) -> WorkoutQuerySet:
    prescribed = WorkoutExercise.objects.filter(workout=OuterRef("pk")).order_by("position")
    told = JSONObject(
        uid="exercise__uid", name="exercise__name", summary="exercise__summary",
        sets="sets", reps="reps", seconds="seconds", rest_seconds="rest_seconds",
    )  # fmt: skip
    videos = WorkoutVideo.objects.filter(workout=OuterRef("pk")).order_by().values("workout")
    counted = videos.annotate(videos=Count("pk")).values("videos")
    return workouts.annotate(
        prescribed=ArraySubquery(prescribed.values(told=told)),
        video_count=Coalesce(Subquery(counted), 0),
    )


_IN_FULL = ("prescribed", "video_count")
_PUBLIC_IN_FULL = PreparedInstance(
    Workout,
    "category",
    lambda uid: _in_full(Workout.objects.visible_to(None).filter(uid=uid)),
    "uid",
    annotations=_IN_FULL,
)
_VISIBLE_IN_FULL = PreparedInstance(
    Workout,
    "category",
    lambda user_id, uid: _in_full(Workout.objects.visible_to(user_id).filter(uid=uid)),
    "user_id",
    "uid",
    annotations=_IN_FULL,
)
_PLACES = PreparedInstance(
    WorkoutVideo,
    "video",
    lambda workout_id: WorkoutVideo.objects.filter(workout=workout_id).order_by("position"),
    "workout_id",
)
_WATCHED = Prepared(
    lambda user_id, workout_id: WorkoutProgress.objects.filter(
        user=user_id, workout=workout_id
    ).values_list("video", "percent", "position_seconds"),
    "user_id",
    "workout_id",
)


class NoSuchWorkoutError(MissingError):
    code = "no_such_workout"


class NoSuchVideoError(MissingError):
    code = "no_such_video"


def workouts_for(user_id: int | None, **filters: Any) -> PreparedRows[ListedWorkout]:
    """The library and the member's own workouts: one query.

    Filters: ``category``, ``difficulty``, ``equipment``, ``muscle``, ``access``, ``trainer``,
    ``source``, ``is_featured``, ``min_duration_s``, ``max_duration_s``, ``updated_since``; all
    hold at once.
    """
    source = filters.pop("source", None)
    if source == "own":
        return PreparedRows(ListedWorkout, _own, user_id=user_id or NOBODY, **filters)
    if source == "library" or user_id is None:
        return PreparedRows(ListedWorkout, _library, **filters)
    return PreparedRows(ListedWorkout, _library, _own, user_id=user_id, **filters)


def workouts_named(uids: Collection[uuid.UUID]) -> dict[uuid.UUID, ListedWorkout]:
    """Those of the workouts that stand in the library; one query, none for no names."""
    if not uids:
        return {}
    rows = _listed(Workout.objects.published().filter(uid__in=uids), {})
    found = [ListedWorkout(*row) for row in rows]
    return {workout.uid: workout for workout in found}


def _own(*, user_id: Any, **filters: Any) -> QuerySet[Workout, Any]:
    return _listed(Workout.objects.filter(owner=user_id), filters)


def _library(*, user_id: Any = None, **filters: Any) -> QuerySet[Workout, Any]:
    """Read apart from ``_own``: only without the choice is there an index in order."""
    return _listed(Workout.objects.published(), filters)


def _listed(workouts: WorkoutQuerySet, filters: dict[str, Any]) -> QuerySet[Workout, Any]:
    for name, value in filters.items():
        lookup = _LOOKUPS[name]
        among = lookup.endswith("__contains")
        workouts = workouts.filter(**{lookup: [value] if among else value})
    return workouts.values_list(*_IN_A_LIST)


def workout_for(user_id: int | None, uid: uuid.UUID) -> Workout:
    """One workout that the member may see. Raises ``NoSuchWorkoutError``; one query."""
    workout = _VISIBLE.first(user_id=user_id, uid=uid) if user_id else _PUBLIC.first(uid=uid)
    if workout is None:
        raise NoSuchWorkoutError("There is no such workout.")
    return workout


def workout_in_full(user_id: int | None, uid: uuid.UUID) -> FullWorkout:
    """The same with what is done in it: one query, too."""
    ways = {"user_id": user_id} if user_id else {}
    found: Any = (_VISIBLE_IN_FULL if user_id else _PUBLIC_IN_FULL).first(**ways, uid=uid)
    if found is None:
        raise NoSuchWorkoutError("There is no such workout.")
    exercises = [
        Prescription(**{**told, "uid": uuid.UUID(told["uid"])}) for told in found.prescribed
    ]
    return FullWorkout(found, exercises, found.video_count)


def places_of(workout: Workout) -> list[WorkoutVideo]:
    """The workout's videos in order; one query."""
    return _PLACES.all(workout_id=workout.pk)


def places_showing(user_id: int | None, video_uid: uuid.UUID) -> QuerySet[WorkoutVideo]:
    """A video's places in all the workouts that the member may see, with both."""
    return (
        WorkoutVideo.objects.select_related("workout", "video")
        .defer("workout__gated_body")
        .filter(workout__in=Workout.objects.visible_to(user_id), video__uid=video_uid)
    )


def place_of(user_id: int | None, workout_uid: uuid.UUID, video_uid: uuid.UUID) -> WorkoutVideo:
    """A video's place in a workout that the member may see, with both.

    Raises ``NoSuchVideoError``; one query.
    """
    place = places_showing(user_id, video_uid).filter(workout__uid=workout_uid).first()
    if place is None:
        raise NoSuchVideoError("There is no such video in a workout of this name.")
    return place


def progress_in(workout: Workout, *, user_id: int | None) -> dict[int, Watched]:
    """How far the member is in each video of the workout, by the video's key; one query."""
    if user_id is None:
        return {}
    rows = _WATCHED.rows(user_id=user_id, workout_id=workout.pk)
    return {video_id: Watched(*watched) for video_id, *watched in rows}


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
