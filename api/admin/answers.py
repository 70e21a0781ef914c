"""Pages as admin clients see them: what was saved last, not what is live."""

import datetime as dt
import uuid
from typing import Any

import msgspec

from cms.workouts.drafts import draft_of
from cms.workouts.models import PageExercise, PageVideo, WorkoutPage
from cms.workouts.reviewing import NONE


class WorkoutPageOut(msgspec.Struct, frozen=True):
    """A workout page in a list. ``revision`` is what it was saved as last.

    ``review`` is ``in_progress`` or ``needs_changes`` while somebody reviews it, else ``none``.
    """

    id: uuid.UUID
    title: str
    access: str
    difficulty: str
    category: str | None
    is_live: bool
    has_unpublished_changes: bool
    is_locked: bool
    review: str
    revision: int | None
    saved_at: dt.datetime | None
    published_at: dt.datetime | None
    editor_url: str


class ReviewOut(msgspec.Struct, frozen=True):
    """The review a page is in, or was in last: its ``step``, and the reviewer's ``comment``.

    ``state`` is ``none``, ``in_progress``, ``needs_changes``, ``approved`` or ``cancelled``.
    """

    state: str
    workflow: str | None
    step: str | None
    submitted_at: dt.datetime | None
    revision: int | None
    comment: str


class PlacedVideoOut(msgspec.Struct, frozen=True):
    video: uuid.UUID
    is_free: bool


class PlacedExerciseOut(msgspec.Struct, frozen=True):
    exercise: uuid.UUID
    sets: int
    reps: int | None
    duration_s: int | None
    rest_s: int


class WorkoutDraftOut(WorkoutPageOut, frozen=True):
    """A workout page as it was saved last: what ``PUT`` takes, and where it stands."""

    slug: str
    introduction: str
    teaser: str
    equipment: list[str]
    trainer: uuid.UUID | None
    cover_image: int | None
    is_featured: bool
    seo_title: str
    search_description: str
    noindex: bool
    social_image: int | None
    canonical_url: str
    videos: list[PlacedVideoOut]
    exercises: list[PlacedExerciseOut]
    body: list[Any]


def page_fields(page: WorkoutPage, shown: WorkoutPage) -> dict[str, Any]:
    """What a list has of a page; ``shown`` is the page or its draft."""
    revision, review = page.latest_revision, page.current_workflow_state
    return {
        "id": page.translation_key,
        "title": shown.title,
        "access": shown.access,
        "difficulty": shown.difficulty,
        "category": shown.category.slug if shown.category else None,
        "is_live": page.live,
        "has_unpublished_changes": page.has_unpublished_changes,
        "is_locked": page.locked,
        "review": review.status if review else NONE,
        "revision": page.latest_revision_id,
        "saved_at": revision.created_at if revision else None,
        "published_at": page.last_published_at,
        "editor_url": f"/cms/pages/{page.pk}/edit/",
    }


def page_out(page: WorkoutPage) -> WorkoutPageOut:
    return WorkoutPageOut(**page_fields(page, page))


def draft_out(page: WorkoutPage) -> WorkoutDraftOut:
    draft = draft_of(page)
    return WorkoutDraftOut(
        **page_fields(page, draft),
        slug=draft.slug,
        introduction=draft.introduction,
        teaser=draft.teaser,
        equipment=list(draft.equipment),
        trainer=draft.trainer.translation_key if draft.trainer else None,
        cover_image=draft.cover_image_id,
        is_featured=draft.is_featured,
        seo_title=draft.seo_title,
        search_description=draft.search_description,
        noindex=draft.noindex,
        social_image=draft.social_image_id,
        canonical_url=draft.canonical_url,
        videos=[_video(place) for place in draft.videos.all()],
        exercises=[_exercise(place) for place in draft.exercises.all()],
        body=list(draft.body.get_prep_value()),
    )


def _video(place: PageVideo) -> PlacedVideoOut:
    return PlacedVideoOut(video=place.video.uid, is_free=place.is_free)


def _exercise(place: PageExercise) -> PlacedExerciseOut:
    return PlacedExerciseOut(
        exercise=place.exercise.uid,
        sets=place.sets,
        reps=place.reps,
        duration_s=place.seconds,
        rest_s=place.rest_seconds,
    )
