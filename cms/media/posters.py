"""Stills of a video: some to choose from, one of them its poster."""

import contextlib
import tempfile
from pathlib import Path
from typing import IO

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from cms.media.files import discard
from cms.media.models import PosterFrame, Transcode
from cms.media.probe import NotAVideoError, VideoFacts, as_jpeg, moments, poster
from cms.media.transcoding import ffmpeg, ladder
from fitness.training.models import Video

_STILL_SECONDS = 120


def take_frames(*, video_id: int, file: IO[bytes], facts: VideoFacts, source_hash: str) -> None:
    """Take frames to choose a poster from; the first becomes it unless an editor chose another.

    The file lies on this disk. Doing it again replaces the frames by those that it has now.
    """
    taken: dict[int, bytes] = {}
    for at in moments(facts.duration_seconds):
        with contextlib.suppress(NotAVideoError):  # a moment that is damaged; another will do
            taken[at] = _toned(file, facts, at) if facts.transfer else poster(file, at=at)
    with transaction.atomic():
        video = Video.objects.select_for_update().get(pk=video_id)
        PosterFrame.objects.filter(video=video).delete()
        Transcode.objects.filter(video=video).update(source_hash=source_hash)
        frames = [_kept_frame(video, at, picture) for at, picture in taken.items()]
        if frames and (not video.poster or video.poster.name == _own_poster(video)):
            make_poster(video=video, frame=frames[0])
            Video.objects.filter(pk=video.pk).update(poster=video.poster.name)


def _toned(file: IO[bytes], facts: VideoFacts, at: int) -> bytes:
    """A moment of an HDR film, which has to be brought to what screens show."""
    with tempfile.TemporaryDirectory() as folder:
        still = Path(folder, "still.png")
        asked = ladder.still_arguments(source=Path(file.name), facts=facts, at=at, into=still)
        for _ in ffmpeg.run(asked, limit_seconds=_STILL_SECONDS):
            pass
        if not still.exists():
            raise NotAVideoError("There is no picture at this moment.")
        with Image.open(still) as picture:
            return as_jpeg(picture)


def make_poster(*, video: Video, frame: PosterFrame) -> None:
    """Show a frame as the poster: a public copy of it. The caller saves the video."""
    discard(video.poster)
    with frame.picture.open("rb") as picture:
        # Named by the uid: a poster is public, the name of the video's file is not.
        video.poster.save(f"{video.uid}.jpg", ContentFile(picture.read()), save=False)
    Transcode.objects.filter(video=video).update(own_poster=video.poster.name)


def _own_poster(video: Video) -> str:
    return Transcode.objects.values_list("own_poster", flat=True).get(video=video)


def _kept_frame(video: Video, at: int, picture: bytes) -> PosterFrame:
    frame = PosterFrame(video=video, at_seconds=at)
    frame.picture.save("frame.jpg", ContentFile(picture), save=False)
    frame.save()
    return frame
