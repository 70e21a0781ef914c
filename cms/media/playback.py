"""How a member comes to the address of a video: by right, and for a few minutes."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import ClassVar

from django.conf import settings

from commerce.catalog.selectors import OfferCard, offers_opening
from commerce.entitlements.models import PREMIUM
from commerce.entitlements.selectors import Decision, may_open
from fitness.core.errors import DomainError, MissingError
from fitness.training.models import Video, Workout, WorkoutVideo
from fitness.training.selectors import place_of


class LockedError(DomainError):
    """The video needs a right that the member does not have; ``offers`` would give it."""

    status: ClassVar[int] = 403
    code = "locked"

    def __init__(self, decision: Decision, offers: list[OfferCard]) -> None:
        needs_account = decision.reason == "sign_in"
        message = (
            "Sign in to watch this." if needs_account else "This video is for premium members."
        )
        super().__init__(message)
        self.decision = decision
        self.offers = offers


@dataclass(frozen=True, slots=True)
class Playback:
    """Where a video can be played, and until when."""

    url: str
    expires_at: dt.datetime


def check_open(place: WorkoutVideo, *, user_id: int | None, now: dt.datetime) -> None:
    """Raise ``LockedError`` unless the video is a free sample or the workout is open."""
    decision = may_open(user_id=user_id, item=place.workout, now=now)
    if place.is_free or decision.granted:
        return
    key = place.workout.entitlement_key
    offers = [] if decision.reason == "sign_in" else offers_opening(keys=[PREMIUM, key])
    raise LockedError(decision, offers)


def start_playback(
    *, user_id: int | None, workout_uid: uuid.UUID, video_uid: uuid.UUID, now: dt.datetime
) -> Playback:
    """A short-lived address of a video that the member may watch."""
    place = place_of(user_id, workout_uid, video_uid)
    check_open(place, user_id=user_id, now=now)
    url, expires_at = playback_url(place.video, now=now)
    return Playback(url=url, expires_at=expires_at)


def start_playback_of(*, user_id: int | None, video_uid: uuid.UUID, now: dt.datetime) -> Playback:
    """A short-lived address of a video, wherever in the library it stands open to the member.

    Raises ``MissingError``, or ``LockedError`` when it is locked in every workout it is part of.
    """
    places = WorkoutVideo.objects.select_related("workout", "video").filter(
        workout__in=Workout.objects.visible_to(user_id), video__uid=video_uid
    )
    refusal: Exception = MissingError("There is no such video.")
    for place in places:
        try:
            check_open(place, user_id=user_id, now=now)
        except LockedError as error:
            refusal = error
            continue
        url, expires_at = playback_url(place.video, now=now)
        return Playback(url=url, expires_at=expires_at)
    raise refusal


def playback_url(video: Video, *, now: dt.datetime) -> tuple[str, dt.datetime]:
    """A signed address of the file and when it ends, from local disk or a bucket alike."""
    return video.file.url, now + dt.timedelta(minutes=settings.PLAYBACK_MINUTES)
