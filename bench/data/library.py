"""Workouts as publishing leaves them in the catalogue."""

import datetime as dt
import random
from collections.abc import Sequence
from itertools import batched
from typing import Any

from bench.data.chance import at, drawn_uuid
from cms.core.covers import FORMATS, WIDTHS
from fitness.training.models import (
    Access,
    Category,
    Difficulty,
    Equipment,
    Exercise,
    Muscle,
    Video,
    Workout,
    WorkoutExercise,
    WorkoutVideo,
)

CATEGORIES = ("strength", "mobility", "cardio", "core", "yoga", "recovery")
VIDEOS_A_WORKOUT = 3
_EXERCISES = 60
_EXERCISES_A_WORKOUT = 6
_VIDEO_SECONDS = 480
_TIERS = [Access.FREE] * 4 + [Access.MEMBER] * 2 + [Access.PREMIUM] * 3 + [Access.PURCHASE]
_PARAGRAPH = "Breathe out on the way up, stay tall, and leave two repetitions in reserve. " * 5
STORY: list[dict[str, Any]] = [
    {"type": "heading", "value": {"text": "How to train with it", "level": "h2"}},
    *({"type": "text", "value": f"<p>{_PARAGRAPH}</p>"} for _ in range(4)),
]


def add_workouts(*, count: int, today: dt.date, chance: random.Random) -> list[Workout]:
    """A library of ``count`` workouts in six categories, a few published each day."""
    shelves = _add_categories(count)
    exercises = _add_exercises(chance)
    videos = _add_videos(count * VIDEOS_A_WORKOUT, chance)
    workouts = Workout.objects.bulk_create(
        [_workout(number, shelves, today=today, chance=chance) for number in range(count)],
        batch_size=500,
    )
    _place(workouts, videos, exercises, chance)
    return workouts


def _add_categories(count: int) -> list[Category]:
    return Category.objects.bulk_create(
        Category(
            slug=slug,
            name=slug.capitalize(),
            hue=place * 60,
            position=place,
            workout_count=len(range(place, count, len(CATEGORIES))),
        )
        for place, slug in enumerate(CATEGORIES)
    )


def _add_exercises(chance: random.Random) -> list[Exercise]:
    return Exercise.objects.bulk_create(
        Exercise(
            uid=drawn_uuid(chance),
            slug=f"exercise-{number}",
            name=f"Exercise {number}",
            summary="A movement for the whole body that needs little room.",
            instructions="Stand tall.\nMove slowly.\nCome back the way you went.",
            equipment=[chance.choice(Equipment.values)],
            muscles=chance.sample(Muscle.values, 2),
        )
        for number in range(_EXERCISES)
    )


def _add_videos(count: int, chance: random.Random) -> list[Video]:
    return Video.objects.bulk_create(
        [
            Video(
                uid=drawn_uuid(chance),
                title=f"Part {number % VIDEOS_A_WORKOUT + 1}",
                file=f"videos/2026/01/clip-{number}.mp4",
                poster=f"posters/2026/01/clip-{number}.webp",
                duration_seconds=_VIDEO_SECONDS,
                width=1280,
                height=720,
                size_bytes=40_000_000,
            )
            for number in range(count)
        ],
        batch_size=1000,
    )


def _workout(
    number: int, shelves: Sequence[Category], *, today: dt.date, chance: random.Random
) -> Workout:
    return Workout(
        uid=drawn_uuid(chance),
        title=f"Workout {number} for every day",
        slug=f"workout-{number}",
        path=f"/workouts/workout-{number}/",
        introduction="A session that warms up, works and cools down, with a break where it helps.",
        teaser="Six movements in three rounds, and why their order matters.",
        gated_body=STORY,
        category=shelves[number % len(shelves)],
        difficulty=chance.choice(Difficulty.values),
        equipment=[chance.choice(Equipment.values)],
        muscles=sorted(chance.sample(Muscle.values, 4)),
        access=_TIERS[number % len(_TIERS)],
        duration_seconds=_VIDEO_SECONDS * VIDEOS_A_WORKOUT,
        cover=cover_drawn(number),
        cover_alt="Somebody who trains in a bright room",
        is_featured=number % 50 == 0,
        is_published=True,
        published_at=at(today, -number * 90),
    )


def cover_drawn(number: int) -> dict[str, Any]:
    sizes = [
        {
            "width": width,
            "height": width * 9 // 16,
            **{kind: f"covers/workout-{number}.{width}.{kind}" for kind in FORMATS},
        }
        for width in WIDTHS
    ]
    return {"sizes": sizes, "color": "#8a3b2f", "focal": [0.5, 0.5]}


def _place(
    workouts: Sequence[Workout],
    videos: Sequence[Video],
    exercises: Sequence[Exercise],
    chance: random.Random,
) -> None:
    parts = zip(workouts, batched(videos, VIDEOS_A_WORKOUT, strict=True), strict=True)
    WorkoutVideo.objects.bulk_create(
        [
            WorkoutVideo(workout=workout, video=video, position=place, is_free=place == 1)
            for workout, own in parts
            for place, video in enumerate(own, start=1)
        ],
        batch_size=2000,
    )
    WorkoutExercise.objects.bulk_create(
        [
            WorkoutExercise(workout=workout, exercise=exercise, position=place, sets=3, reps=12)
            for workout in workouts
            for place, exercise in enumerate(
                chance.sample(exercises, _EXERCISES_A_WORKOUT), start=1
            )
        ],
        batch_size=2000,
    )
