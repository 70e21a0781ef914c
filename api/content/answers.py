"""Articles, tutorials and programmes as the apps see them."""

import datetime as dt
import uuid
from typing import Any

import msgspec

from api.core.access import AccessOut
from api.core.covers import CoverOut, cover_out
from api.workouts.answers import CategoryOut, WorkoutOut
from cms.core.covers import drawn_of
from cms.core.gated import GatedPage
from fitness.training.models import Category, Video


class StoryOut(msgspec.Struct, frozen=True):
    """What everything that editors write has in a list."""

    id: uuid.UUID
    title: str
    introduction: str
    category: CategoryOut | None
    cover: CoverOut | None
    access: AccessOut
    published_at: dt.datetime | None
    updated_at: dt.datetime | None


class ArticleOut(StoryOut, frozen=True):
    """An article in a list; ``reading_minutes`` is how long it takes."""

    reading_minutes: int


class ArticleDetailOut(ArticleOut, frozen=True):
    """An article. ``body`` is empty, and ``teaser`` speaks, while it is locked."""

    teaser: str
    body: list[Any]


class TutorialOut(StoryOut, frozen=True):
    """A tutorial in a list."""

    difficulty: str


class FilmOut(msgspec.Struct, frozen=True):
    """A video that the caller may watch; ``POST /api/content/playback/{id}`` gives its address."""

    id: uuid.UUID
    title: str
    duration_s: int
    width: int
    height: int


class TutorialDetailOut(TutorialOut, frozen=True):
    """A tutorial. Its steps stand in ``body``; locked, it has neither these nor its ``video``."""

    teaser: str
    body: list[Any]
    video: FilmOut | None


class ProgrammeOut(StoryOut, frozen=True):
    """A programme in a list: workouts over so many ``weeks``."""

    difficulty: str
    weeks: int


class PlacedWorkoutOut(msgspec.Struct, frozen=True):
    """What is trained on a day (1 to 7) of a week, and how far the member came in it."""

    day: int
    percent: int | None
    workout: WorkoutOut


class PlanWeekOut(msgspec.Struct, frozen=True):
    """A week of a programme; weeks without a workout are left out."""

    number: int
    sessions: list[PlacedWorkoutOut]


class ProgrammeDetailOut(ProgrammeOut, frozen=True):
    """A programme. The ``plan`` is open, each workout in it keeps its own gate; the coach's
    guidance in ``body`` is empty, and ``teaser`` speaks, while the programme is locked."""

    teaser: str
    body: list[Any]
    plan: list[PlanWeekOut]


def story_fields(page: GatedPage, *, access: AccessOut) -> dict[str, Any]:
    """The fields that every kind has, in a list and in full."""
    image, category = page.cover_image, page.category
    return {
        "id": page.translation_key,
        "title": page.title,
        "introduction": page.introduction,
        "category": _shelf(category) if category else None,
        "cover": cover_out(drawn_of(image), image.description if image else ""),
        "access": access,
        "published_at": page.first_published_at,
        "updated_at": page.last_published_at,
    }


def film_out(video: Video) -> FilmOut:
    return FilmOut(
        id=video.uid,
        title=video.title,
        duration_s=video.duration_seconds,
        width=video.width,
        height=video.height,
    )


def _shelf(category: Category) -> CategoryOut:
    return CategoryOut(slug=category.slug, name=category.name, hue=category.hue)
