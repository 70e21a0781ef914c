"""The parts of a workout: its exercises and its videos."""

import datetime as dt
from collections.abc import Mapping, Sequence

from api.core.covers import public_url
from api.workouts.answers import PlaybackOut, PrescriptionOut, VideoOut, playback_out
from cms.media.playback import playback_of
from cms.media.selectors import words_of
from fitness.training.models import WorkoutVideo
from fitness.training.selectors import Prescription, Watched


def prescription_out(asked: Prescription) -> PrescriptionOut:
    return PrescriptionOut(
        id=asked.uid,
        name=asked.name,
        summary=asked.summary,
        sets=asked.sets,
        reps=asked.reps,
        duration_s=asked.seconds,
        rest_s=asked.rest_seconds,
    )


def videos_of(
    places: Sequence[WorkoutVideo],
    *,
    is_open: bool,
    progress: Mapping[int, Watched],
    now: dt.datetime,
) -> list[VideoOut]:
    """The videos in order; only those that are open get an address, captions and chapters.

    One query if any is open, else none.
    """
    opened = [place.video for place in places if is_open or place.is_free]
    words = words_of(opened) if opened else {}
    playbacks = {
        video.pk: playback_out(playback_of(video, now=now, words=words[video.pk]))
        for video in opened
    }
    return [
        _video(place, playback=playbacks.get(place.video_id), progress=progress) for place in places
    ]


def _video(
    place: WorkoutVideo,
    *,
    playback: PlaybackOut | None,
    progress: Mapping[int, Watched],
) -> VideoOut:
    video, watched = place.video, progress.get(place.video_id, Watched())
    return VideoOut(
        id=video.uid,
        position=place.position,
        title=video.title,
        duration_s=video.duration_seconds,
        width=video.width,
        height=video.height,
        poster_url=public_url(video.poster.name) if video.poster else None,
        is_sample=place.is_free,
        is_open=playback is not None,
        playback=playback,
        percent=watched.percent,
        position_s=watched.position_seconds,
    )
