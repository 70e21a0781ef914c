"""What templates are given: plain values, so that no template can start a query."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Self

from cms.core.formats import clock_text, whole_minutes
from fitness.training.models import Video


@dataclass(frozen=True, slots=True)
class Source:
    """A picture in all its widths and one format."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover image: as JPEG for everyone, in ``sources`` for browsers that know better.

    The box that the browser keeps free for it has ``color`` until the picture is there.
    """

    src: str
    srcset: str
    sources: list[Source]
    alt: str
    width: int
    height: int
    color: str


@dataclass(frozen=True, slots=True)
class WorkoutCard:
    """A workout on a shelf; ``percent`` says how far the signed-in member came."""

    uid: uuid.UUID
    title: str
    url: str
    cover: Cover | None
    category: str
    hue: int
    difficulty: str
    minutes: int
    access: str
    tier: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """An article in a list; ``minutes`` is the time it takes to read."""

    title: str
    url: str
    cover: Cover | None
    introduction: str
    minutes: int
    access: str
    tier: str
    published_on: dt.date | None


@dataclass(frozen=True, slots=True)
class VideoRow:
    """A video of a workout. ``playback_url`` answers a POST with an address, or is empty.

    ``position_seconds`` is where the member stopped the last time, ``transcript`` what is said
    in a video that is open.
    """

    uid: uuid.UUID
    title: str
    minutes: int
    duration: str
    poster: str
    is_open: bool
    playback_url: str
    is_free: bool = False
    position_seconds: int = 0
    transcript: str = ""

    @classmethod
    def of(cls, video: Video, *, is_open: bool, playback_url: str, **more: Any) -> Self:
        """A video as a page shows it: no query. ``more`` are the fields that have a default."""
        return cls(
            uid=video.uid,
            title=video.title,
            minutes=whole_minutes(video.duration_seconds),
            duration=clock_text(video.duration_seconds),
            poster=video.poster.url if video.poster else "",
            is_open=is_open,
            playback_url=playback_url,
            **more,
        )


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """An exercise of a workout and what is asked of the member, such as ``3 x 12``."""

    name: str
    summary: str
    steps: list[str]
    prescription: str
    rest_seconds: int
    muscles: list[str]


@dataclass(frozen=True, slots=True)
class CategoryCard:
    """A shelf of the library, and how many workouts stand on it."""

    name: str
    slug: str
    hue: int
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to filter: following ``url`` turns it on, or off when it is active."""

    label: str
    url: str
    is_active: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A question about the library and the answers on offer."""

    name: str
    label: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class PageCard:
    """A programme, a tutorial or a trainer in a list; ``kicker`` stands above the title."""

    title: str
    url: str
    cover: Cover | None
    introduction: str
    kicker: str
    facts: str
    tier: str
