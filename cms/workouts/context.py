"""What a workout's page shows to whoever asks."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse

from cms.core import access, structured
from cms.core.cards import ExerciseRow, VideoRow, WorkoutCard
from cms.core.covers import cover_from
from cms.core.formats import clock_text, whole_minutes
from cms.core.hearts import heart_of
from cms.core.seo import Seo
from cms.workouts.cards import NO_CATEGORY_HUE, newest_workouts
from commerce.entitlements.selectors import body_for
from fitness.favorites.models import Kind
from fitness.streaks.selectors import streak_of
from fitness.training.models import Equipment, Muscle, Video, WorkoutLog, WorkoutProgress

if TYPE_CHECKING:
    from cms.workouts.models import PageExercise, WorkoutPage

_RELATED = 3


def workout_context(
    page: "WorkoutPage", *, request: HttpRequest, seo: Seo, now: dt.datetime
) -> dict[str, Any]:
    """A workout for this visitor: a locked one comes without body and without playable videos."""
    decision = access.decision_for(page, request=request, now=now)
    uid = page.workout_uid
    user_id = request.user.pk
    places = list(page.videos.all().select_related("video"))
    begun = _begun(uid, user_id)
    videos = [place.video for place in places]
    card = _card(page, uid, videos, percent=_percent(videos, begun) if user_id else None)
    samples = [(place.video, place.is_free or page.access == "free") for place in places]
    return {
        "card": card,
        "about": [
            structured.workout(card, page, seo=seo, videos=samples),
            *structured.questions(body_for(page, decision)),
        ],
        "trainer": _trainer(page),
        "introduction": page.introduction,
        "teaser": page.teaser,
        "decision": decision,
        "offers": access.offers_for(page, decision),
        "videos": [
            _video_row(
                uid,
                place.video,
                is_free=place.is_free,
                is_open=decision.granted,
                can_play=not page.is_previewed,
                begun=begun.get(place.video_id),
            )
            for place in places
        ],
        "exercises": [_exercise_row(p) for p in page.exercises.all().select_related("exercise")],
        "equipment": [Equipment(value).label for value in page.equipment],
        "body": access.body_html(page, decision),
        "related": newest_workouts(
            category_id=page.category_id, limit=_RELATED, user_id=user_id, but=uid
        ),
        "heart": heart_of(user_id, kind=Kind.WORKOUT, target=uid),
        **_own(request, uid, now),
    }


def _card(
    page: "WorkoutPage", uid: uuid.UUID, videos: list[Video], *, percent: int | None
) -> WorkoutCard:
    return WorkoutCard(
        uid=uid,
        title=page.title,
        url=page.url or "",
        cover=cover_from(page.cover_image),
        category=page.category.name if page.category else "",
        hue=page.category.hue if page.category else NO_CATEGORY_HUE,
        difficulty=page.get_difficulty_display(),
        minutes=whole_minutes(sum(video.duration_seconds for video in videos)),
        access=page.access,
        tier=access.TIERS[page.access],
        percent=percent,
    )


def _trainer(page: "WorkoutPage") -> dict[str, str] | None:
    """Who made it, if their page can be seen: at most one query."""
    trainer = page.trainer
    if trainer is None or not trainer.live:
        return None
    return {"title": trainer.title, "role": trainer.role, "url": trainer.url or ""}


def _begun(uid: uuid.UUID, user_id: int | None) -> dict[int, WorkoutProgress]:
    """How far the member came in each video: one query, none for a visitor."""
    if user_id is None:
        return {}
    rows = WorkoutProgress.objects.filter(user=user_id, workout__uid=uid)
    return {row.video_id: row for row in rows}


def _percent(videos: list[Video], begun: dict[int, WorkoutProgress]) -> int:
    """How much of all the videos the member has seen."""
    seen = sum(begun[video.pk].percent for video in videos if video.pk in begun)
    return seen // len(videos) if videos else 0


def _video_row(
    uid: uuid.UUID,
    video: Video,
    *,
    is_free: bool,
    is_open: bool,
    can_play: bool,
    begun: WorkoutProgress | None,
) -> VideoRow:
    may_watch = is_free or is_open
    return VideoRow(
        uid=video.uid,
        title=video.title,
        minutes=whole_minutes(video.duration_seconds),
        duration=clock_text(video.duration_seconds),
        poster=video.poster.url if video.poster else "",
        is_free=is_free,
        is_open=may_watch,
        playback_url=reverse("playback", args=[uid, video.uid]) if may_watch and can_play else "",
        position_seconds=begun.position_seconds if begun else 0,
    )


def _exercise_row(place: "PageExercise") -> ExerciseRow:
    amount = f"{place.seconds} s" if place.reps is None else str(place.reps)
    return ExerciseRow(
        name=place.exercise.name,
        summary=place.exercise.summary,
        steps=place.exercise.steps,
        prescription=f"{place.sets} \u00d7 {amount}",
        rest_seconds=place.rest_seconds,
        muscles=[Muscle(muscle).label for muscle in place.exercise.muscles],
    )


def _own(request: HttpRequest, uid: uuid.UUID, now: dt.datetime) -> dict[str, Any]:
    """What the member did with the workout; a visitor has nothing of the kind."""
    if request.user.pk is None:  # a visitor, or whom a preview pretends
        return {"log": None, "streak": None, "client_id": ""}
    logs = WorkoutLog.objects.of(request.user.pk).filter(workout__uid=uid)
    return {
        "log": logs.order_by("-occurred_at", "-pk").first(),
        "streak": streak_of(user_id=request.user.pk, now=now),
        "client_id": uuid.uuid4(),
    }
