"""How a member comes to the address of a video: by right, and for a few minutes."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import ClassVar, Literal

from cms.media.storage import content_type_of, playback_ends_at, signed_address
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
    """Where a video can be played, and until when: a playlist of HLS, or one file."""

    url: str
    kind: Literal["hls", "file"]
    content_type: str
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
    return playback_of(place.video, now=now)


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
        return playback_of(place.video, now=now)
    raise refusal


def playback_of(video: Video, *, now: dt.datetime) -> Playback:
    """Where the video plays best; ask only after a positive decision."""
    url, expires_at = playback_url(video, now=now)
    return Playback(
        url=url,
        kind="hls" if video.hls else "file",
        content_type=content_type_of(video.hls or str(video.file.name)),
        expires_at=expires_at,
    )


def playback_url(video: Video, *, now: dt.datetime) -> tuple[str, dt.datetime]:
    """A signed address and when it ends, from local disk or a bucket alike.

    It is the master playlist once the video is there in rungs, and the file until then.
    """
    address = signed_address(video.hls, now=now) if video.hls else video.file.url
    return address, playback_ends_at(now)
