"""What changes the catalogue, and what members leave behind in it."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from fitness.training.models import (
    Category,
    Exercise,
    Video,
    Workout,
    WorkoutExercise,
    WorkoutProgress,
    WorkoutVideo,
)

_COMPLETE_PERCENT = 95


@dataclass(frozen=True, slots=True)
class PlacedVideo:
    """A video of a workout, in the order given; a free one is a sample for everyone."""

    video_id: int
    is_free: bool


@dataclass(frozen=True, slots=True)
class PlacedExercise:
    """An exercise of a workout, asked for in ``reps`` or ``seconds`` a set."""

    exercise_id: int
    sets: int
    reps: int | None
    seconds: int | None
    rest_seconds: int


@dataclass(frozen=True, slots=True)
class NamedTrainer:
    """Who made a workout, as the apps name them."""

    uid: uuid.UUID
    name: str
    role: str


@transaction.atomic
def publish_workout(
    *,
    uid: uuid.UUID,
    title: str,
    slug: str,
    path: str,
    introduction: str,
    teaser: str,
    gated_body: list[dict[str, Any]],
    category_id: int | None,
    difficulty: str,
    equipment: Sequence[str],
    access: str,
    cover: Mapping[str, Any],
    cover_alt: str,
    is_featured: bool,
    published_at: dt.datetime,
    videos: Sequence[PlacedVideo],
    exercises: Sequence[PlacedExercise],
    trainer: NamedTrainer | None = None,
) -> Workout:
    """Write an editorial workout into the catalogue; publishing it again changes it in place.

    Members' progress and logs stay, because the row and its ``uid`` stay.
    """
    was_in = Workout.objects.filter(uid=uid).values_list("category_id", flat=True).first()
    workout, _ = Workout.objects.update_or_create(
        uid=uid,
        defaults={
            "title": title,
            "slug": slug,
            "path": path,
            "introduction": introduction,
            "teaser": teaser,
            "gated_body": gated_body,
            "category_id": category_id,
            "difficulty": difficulty,
            "equipment": list(equipment),
            "muscles": _muscles_of(exercises),
            "access": access,
            "duration_seconds": _seconds_of(videos),
            "cover": dict(cover),
            "cover_alt": cover_alt,
            "trainer_uid": trainer.uid if trainer else None,
            "trainer_name": trainer.name if trainer else "",
            "trainer_role": trainer.role if trainer else "",
            "is_featured": is_featured,
            "is_published": True,
            "published_at": published_at,
        },
    )
    _place_videos(workout, videos)
    _place_exercises(workout, exercises)
    _recount({was_in, category_id})
    return workout


@transaction.atomic
def withdraw_workout(*, uid: uuid.UUID) -> None:
    """Take an editorial workout out of the library; what members did with it stays theirs."""
    workout = Workout.objects.filter(uid=uid, owner=None).first()
    if workout is None:
        return
    workout.is_published = False
    workout.save(update_fields=["is_published", "updated_at"])
    _recount({workout.category_id})


@transaction.atomic
def save_progress(
    *,
    user_id: int,
    workout: Workout,
    video: Video,
    percent: int,
    position_seconds: int,
    watched_at: dt.datetime,
    now: dt.datetime,
) -> WorkoutProgress:
    """Keep how far a member came; sent twice, late or out of order it ends in the same place.

    The percentage never falls, a completion stays, and the position is that of the newest
    ``watched_at``, which may not lie ahead of ``now``.
    """
    watched_at = min(watched_at, now)
    key = {"user_id": user_id, "workout": workout, "video": video}
    progress = _held_progress(key)
    if progress is None:
        WorkoutProgress.objects.get_or_create(**key, defaults={"watched_at": watched_at})
        progress = _held_progress(key)
    assert progress is not None  # noqa: S101  (made above, and only erasure removes it)
    if watched_at >= progress.watched_at:
        progress.watched_at = watched_at
        progress.position_seconds = position_seconds
    if percent >= _COMPLETE_PERCENT:
        progress.completed_at = min(progress.completed_at or watched_at, watched_at)
    progress.percent = max(progress.percent, percent)
    progress.save()
    progress.workout, progress.video = workout, video
    return progress


def _held_progress(key: dict[str, Any]) -> WorkoutProgress | None:
    """Held until the transaction ends, so that two devices of one member take turns."""
    return WorkoutProgress.objects.select_for_update().filter(**key).first()


def _place_videos(workout: Workout, videos: Sequence[PlacedVideo]) -> None:
    WorkoutVideo.objects.filter(workout=workout).delete()
    WorkoutVideo.objects.bulk_create(
        WorkoutVideo(
            workout=workout, video_id=place.video_id, is_free=place.is_free, position=position
        )
        for position, place in enumerate(videos, start=1)
    )


def _place_exercises(workout: Workout, exercises: Sequence[PlacedExercise]) -> None:
    WorkoutExercise.objects.filter(workout=workout).delete()
    WorkoutExercise.objects.bulk_create(
        WorkoutExercise(
            workout=workout,
            exercise_id=place.exercise_id,
            position=position,
            sets=place.sets,
            reps=place.reps,
            seconds=place.seconds,
            rest_seconds=place.rest_seconds,
        )
        for position, place in enumerate(exercises, start=1)
    )


def _muscles_of(exercises: Iterable[PlacedExercise]) -> list[str]:
    ids = [place.exercise_id for place in exercises]
    trained = Exercise.objects.filter(pk__in=ids).values_list("muscles", flat=True)
    return sorted({muscle for muscles in trained for muscle in muscles})


def _seconds_of(videos: Iterable[PlacedVideo]) -> int:
    ids = [place.video_id for place in videos]
    return sum(Video.objects.filter(pk__in=ids).values_list("duration_seconds", flat=True))


def _recount(category_ids: set[int | None]) -> None:
    """Keep each shelf's count by counting it, so that no interrupted change can bend it."""
    shelves = [pk for pk in category_ids if pk is not None]
    for category in Category.objects.select_for_update().filter(pk__in=shelves).order_by("pk"):
        category.workout_count = Workout.objects.published().filter(category=category).count()
        category.save(update_fields=["workout_count"])
