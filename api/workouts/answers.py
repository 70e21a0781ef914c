"""Workouts as the apps see them."""

import datetime as dt
import uuid
from dataclasses import asdict
from typing import Any, Literal

import msgspec

from api.core.access import AccessOut
from api.core.covers import CoverOut, cover_out
from cms.media.playback import Playback
from fitness.training.models import Workout, WorkoutProgress
from fitness.training.selectors import ListedWorkout, Session


class CategoryOut(msgspec.Struct, frozen=True):
    """A shelf of the library; ``hue`` (0 to 360) is the colour of its covers."""

    slug: str
    name: str
    hue: int


class CategoryCountOut(msgspec.Struct, frozen=True):
    """A shelf and how many workouts stand on it."""

    slug: str
    name: str
    hue: int
    workouts: int


class TrainerOut(msgspec.Struct, frozen=True):
    """Who made a workout; ``id`` finds more of theirs."""

    id: uuid.UUID
    name: str
    role: str


class WorkoutOut(msgspec.Struct, frozen=True):
    """A workout in a list."""

    id: uuid.UUID
    title: str
    introduction: str
    category: CategoryOut | None
    difficulty: str
    equipment: list[str]
    muscles: list[str]
    duration_s: int
    cover: CoverOut | None
    trainer: TrainerOut | None
    is_own: bool
    access: AccessOut
    published_at: dt.datetime | None
    updated_at: dt.datetime


class PrescriptionOut(msgspec.Struct, frozen=True):
    """An exercise of a workout and what is asked of the member, in ``reps`` or ``duration_s``."""

    id: uuid.UUID
    name: str
    summary: str
    sets: int
    reps: int | None
    duration_s: int | None
    rest_s: int


class WorkoutDetailOut(WorkoutOut, frozen=True):
    """A workout in full. ``body`` is empty, and ``teaser`` speaks, while it is locked."""

    teaser: str
    body: list[Any]
    exercises: list[PrescriptionOut]
    video_count: int


class VideoOut(msgspec.Struct, frozen=True):
    """A video of a workout; ``playback`` is null while it is locked."""

    id: uuid.UUID
    position: int
    title: str
    duration_s: int
    width: int
    height: int
    poster_url: str | None
    is_sample: bool
    is_open: bool
    playback: "PlaybackOut | None"
    percent: int
    position_s: int


class CaptionsOut(msgspec.Struct, frozen=True):
    """Captions of one language as WebVTT; the address ends when the video's does."""

    url: str
    language: str
    label: str


class ChapterOut(msgspec.Struct, frozen=True):
    """A part of a video that can be jumped to."""

    start_s: int
    title: str


class PlaybackOut(msgspec.Struct, frozen=True):
    """A signed address that plays one video until ``expires_at``; ask anew to play on.

    ``hls`` is a master playlist, ``file`` one film that is asked for in ranges. A playlist offers
    its captions itself: the addresses in ``captions`` are for players of files. What is said can
    be read as plain text at ``transcript_url``, until the same moment.
    """

    url: str
    kind: Literal["hls", "file"]
    content_type: str
    expires_at: dt.datetime
    captions: list[CaptionsOut]
    chapters: list[ChapterOut]
    transcript_url: str | None


def playback_out(playback: Playback) -> PlaybackOut:
    return msgspec.convert(asdict(playback), PlaybackOut)


class VideosOut(msgspec.Struct, frozen=True):
    """The videos of a workout in order, and whether the caller may watch them all."""

    access: AccessOut
    results: list[VideoOut]


class ProgressOut(msgspec.Struct, frozen=True):
    """How far the member came in one video."""

    workout: uuid.UUID
    video: uuid.UUID
    percent: int
    position_s: int
    watched_at: dt.datetime
    completed_at: dt.datetime | None


class SetOut(msgspec.Struct, frozen=True):
    exercise: uuid.UUID
    reps: int | None
    duration_s: int | None
    weight_kg: float | None


class LogOut(msgspec.Struct, frozen=True):
    """A session that the member did. ``counts`` says whether it earned streak and points."""

    id: uuid.UUID
    client_id: uuid.UUID
    workout: uuid.UUID | None
    title: str
    occurred_at: dt.datetime
    time_zone: str
    local_day: dt.date
    duration_s: int
    effort: int | None
    note: str
    counts: bool
    sets: list[SetOut]


def listed_out(workout: ListedWorkout, *, access: AccessOut) -> WorkoutOut:
    return WorkoutOut(
        id=workout.uid,
        title=workout.title,
        introduction=workout.introduction,
        category=_shelf(workout.category_slug, workout.category_name, workout.category_hue),
        difficulty=workout.difficulty,
        equipment=workout.equipment,
        muscles=workout.muscles,
        duration_s=workout.duration_seconds,
        cover=cover_out(workout.cover, workout.cover_alt),
        trainer=_trainer(workout),
        is_own=workout.owner_id is not None,
        access=access,
        published_at=workout.published_at,
        updated_at=workout.updated_at,
    )


def detail_out(
    workout: Workout,
    *,
    access: AccessOut,
    body: list[Any],
    exercises: list[PrescriptionOut],
    video_count: int,
) -> WorkoutDetailOut:
    """A workout in full; ``category`` must be loaded, and ``body`` read by right."""
    category = workout.category
    return WorkoutDetailOut(
        id=workout.uid,
        title=workout.title,
        introduction=workout.introduction,
        category=_shelf(category.slug, category.name, category.hue) if category else None,
        difficulty=workout.difficulty,
        equipment=workout.equipment,
        muscles=workout.muscles,
        duration_s=workout.duration_seconds,
        cover=cover_out(workout.cover, workout.cover_alt),
        trainer=_trainer(workout),
        is_own=workout.owner_id is not None,
        access=access,
        published_at=workout.published_at,
        updated_at=workout.updated_at,
        teaser=workout.teaser,
        body=body,
        exercises=exercises,
        video_count=video_count,
    )


def _trainer(workout: ListedWorkout | Workout) -> TrainerOut | None:
    if workout.trainer_uid is None:
        return None
    return TrainerOut(workout.trainer_uid, workout.trainer_name, workout.trainer_role)


def _shelf(slug: str | None, name: str | None, hue: int | None) -> CategoryOut | None:
    if slug is None or name is None or hue is None:
        return None
    return CategoryOut(slug=slug, name=name, hue=hue)


def progress_out(progress: WorkoutProgress) -> ProgressOut:
    return ProgressOut(
        workout=progress.workout.uid,
        video=progress.video.uid,
        percent=progress.percent,
        position_s=progress.position_seconds,
        watched_at=progress.watched_at,
        completed_at=progress.completed_at,
    )


def log_out(session: Session) -> LogOut:
    return LogOut(
        id=session.uid,
        client_id=session.client_id,
        workout=session.workout_uid,
        title=session.title,
        occurred_at=session.occurred_at,
        time_zone=session.time_zone,
        local_day=session.local_day,
        duration_s=session.duration_seconds,
        effort=session.effort,
        note=session.note,
        counts=session.is_counted,
        sets=[
            SetOut(
                exercise=done.exercise_uid,
                reps=done.reps,
                duration_s=done.seconds,
                weight_kg=done.weight_kg,
            )
            for done in session.sets
        ],
    )
