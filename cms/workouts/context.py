"""What a workout's page shows to whoever asks."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.urls import reverse

from cms.core import access, structured
from cms.core.cards import ExerciseRow, VideoRow, WorkoutCard
from cms.core.covers import cover_from
from cms.core.formats import whole_minutes
from cms.core.hearts import heart
from cms.core.seo import Seo
from cms.media.selectors import transcripts_of
from cms.workouts.cards import NO_CATEGORY_HUE, newest_workouts
from commerce.entitlements.selectors import body_for
from fitness.accounts.models import User
from fitness.accounts.services import profile_beside
from fitness.favorites.models import Kind
from fitness.favorites.selectors import is_favorite
from fitness.streaks.selectors import StreakView, streak_of
from fitness.training.models import Equipment, Muscle, Video, Workout, WorkoutLog, WorkoutProgress

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
    own = _own(user_id, uid)
    places = list(page.videos.all().select_related("video"))
    videos = [place.video for place in places]
    card = _card(page, uid, videos, percent=_percent(videos, own.begun) if user_id else None)
    said = transcripts_of(place.video for place in places if place.is_free or decision.granted)
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
                begun=own.begun.get(place.video_id),
                transcript=said.get(place.video_id, ""),
            )
            for place in places
        ],
        "exercises": [_exercise_row(p) for p in page.exercises.all().select_related("exercise")],
        "equipment": [Equipment(value).label for value in page.equipment],
        "body": access.body_html(page, decision),
        "related": newest_workouts(
            category_id=page.category_id, limit=_RELATED, user_id=user_id, but=uid
        ),
        "client_id": uuid.uuid4(),
        "heart": heart(Kind.WORKOUT, uid, is_kept=own.is_kept) if user_id else None,
        "last_day": own.last_day,
        # Told only to whoever may do the workout and has not yet.
        "streak": _streak(request.user, now) if decision.granted and not own.last_day else None,
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


@dataclass(frozen=True, slots=True)
class _Own:
    """What the member did with the workout; ``begun`` is by the id of the video."""

    is_kept: bool = False
    last_day: dt.date | None = None
    begun: Mapping[int, Mapping[str, int]] = field(default_factory=dict)


def _own(user_id: int | None, uid: uuid.UUID) -> _Own:
    """One query, none for a visitor; nothing where the workout is not in the catalogue yet."""
    if user_id is None:
        return _Own()
    logs = WorkoutLog.objects.of(user_id).filter(workout=OuterRef("pk"))
    begun = WorkoutProgress.objects.filter(user=user_id, workout=OuterRef("pk"))
    told = JSONObject(video="video_id", percent="percent", position="position_seconds")
    row = Workout.objects.filter(uid=uid).values_list(
        is_favorite(user_id, kind=Kind.WORKOUT, target=uid),
        Subquery(logs.order_by("-occurred_at", "-pk").values("local_day")[:1]),
        ArraySubquery(begun.values(told=told)),
    )
    is_kept, last_day, videos = row.first() or (False, None, [])
    return _Own(is_kept, last_day, {video["video"]: video for video in videos})


def _percent(videos: list[Video], begun: Mapping[int, Mapping[str, int]]) -> int:
    """How much of all the videos the member has seen."""
    seen = sum(begun[video.pk]["percent"] for video in videos if video.pk in begun)
    return seen // len(videos) if videos else 0


def _video_row(
    uid: uuid.UUID,
    video: Video,
    *,
    is_free: bool,
    is_open: bool,
    can_play: bool,
    begun: Mapping[str, int] | None,
    transcript: str,
) -> VideoRow:
    may_watch = is_free or is_open
    return VideoRow.of(
        video,
        is_open=may_watch,
        playback_url=reverse("playback", args=[uid, video.uid]) if may_watch and can_play else "",
        is_free=is_free,
        position_seconds=begun["position"] if begun else 0,
        transcript=transcript,
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


def _streak(user: User | AnonymousUser, now: dt.datetime) -> StreakView | None:
    """The streak that doing the workout keeps or starts; one query, none for a visitor."""
    if user.pk is None:  # a visitor, or whom a preview pretends
        return None
    return streak_of(user_id=user.pk, now=now, profile=profile_beside(user))
