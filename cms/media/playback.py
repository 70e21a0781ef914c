"""How a member comes to the address of a video: by right, and for a few minutes."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from cms.media.places import open_place_of
from cms.media.selectors import ChapterMark, Words, words_of
from cms.media.storage import content_type_of, playback_ends_at, signed_address
from commerce.catalog.selectors import OfferCard, offers_opening
from commerce.entitlements.models import PREMIUM
from commerce.entitlements.selectors import Decision, Item, decide, may_open, rights_of
from fitness.core.errors import DomainError, MissingError
from fitness.training.models import Video, WorkoutVideo
from fitness.training.selectors import place_of, places_showing


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
class Track:
    """Captions of one language as WebVTT, at an address that ends with the video's."""

    url: str
    language: str
    label: str


@dataclass(frozen=True, slots=True)
class Playback:
    """Where a video can be played, and until when: a playlist of HLS, or one file.

    What is said in it can be read at ``transcript_url``, for as long.
    """

    url: str
    kind: Literal["hls", "file"]
    content_type: str
    expires_at: dt.datetime
    captions: Sequence[Track]
    chapters: Sequence[ChapterMark]
    transcript_url: str | None


def check_open(place: WorkoutVideo, *, user_id: int | None, now: dt.datetime) -> None:
    """Raise ``LockedError`` unless the video is a free sample or the workout is open."""
    decision = may_open(user_id=user_id, item=place.workout, now=now)
    if not (place.is_free or decision.granted):
        raise _locked(place.workout, decision)


def start_playback(
    *, user_id: int | None, workout_uid: uuid.UUID, video_uid: uuid.UUID, now: dt.datetime
) -> Playback:
    """The same for a video of this workout; one that is not in it is unknown."""
    place_of(user_id, workout_uid, video_uid)
    return start_playback_of(user_id=user_id, video_uid=video_uid, now=now)


def start_playback_of(*, user_id: int | None, video_uid: uuid.UUID, now: dt.datetime) -> Playback:
    """A short-lived address of a video that stands somewhere where the member may watch it.

    That is a workout, as a sample or by right, or a page with the video in its story or above
    it. Raises ``MissingError``, or ``LockedError`` when it is locked wherever it stands.
    """
    rights = rights_of(user_id=user_id, now=now)
    refusal: tuple[Item, Decision] | None = None
    for place in places_showing(user_id, video_uid):
        decision = decide(item=place.workout, rights=rights, is_member=user_id is not None)
        if place.is_free or decision.granted:
            return playback_of(place.video, now=now)
        refusal = place.workout, decision
    video = Video.objects.filter(uid=video_uid).first()
    if video is not None:
        opened, locked = open_place_of(video, user_id=user_id, now=now)
        if opened:
            return playback_of(video, now=now)
        if refusal is None and locked:
            refusal = locked.page, locked.decision
    if refusal is None:
        raise MissingError("There is no such video.")
    raise _locked(*refusal)


def playback_of(video: Video, *, now: dt.datetime, words: Words | None = None) -> Playback:
    """Where the video plays best; ask only after a positive decision.

    One query for what is said in it, unless ``words`` brings them.
    """
    said = words or words_of([video])[video.pk]
    url, expires_at = playback_url(video, now=now)
    return Playback(
        url=url,
        kind="hls" if video.hls else "file",
        content_type=content_type_of(video.hls or str(video.file.name)),
        expires_at=expires_at,
        captions=[
            Track(signed_address(caption.name, now=now), caption.language, caption.label)
            for caption in said.captions
        ],
        chapters=said.chapters,
        transcript_url=signed_address(said.transcript, now=now) if said.transcript else None,
    )


def playback_url(video: Video, *, now: dt.datetime) -> tuple[str, dt.datetime]:
    """A signed address and when it ends, from local disk or a bucket alike.

    It is the master playlist once the video is there in rungs, and the file until then.
    """
    address = signed_address(video.hls, now=now) if video.hls else video.file.url
    return address, playback_ends_at(now)


def _locked(item: Item, decision: Decision) -> LockedError:
    needs_account = decision.reason == "sign_in"
    keys = [PREMIUM, item.entitlement_key]
    return LockedError(decision, [] if needs_account else offers_opening(keys=keys))
