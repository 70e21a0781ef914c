"""Films on their way to streams, and what became of them."""

from pathlib import Path

import av
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from cms.media.models import Transcode
from cms.media.transcoding.services import (
    ask_for_transcode,
)
from fitness.training.models import Video
from tests import factories
from tests.queue import drain

# Said to a browser before a page: it plays no HLS then, as most do.
NO_STREAMS_OF_ITS_OWN = """
const asked = HTMLMediaElement.prototype.canPlayType;
HTMLMediaElement.prototype.canPlayType = function (type) {
  return type.includes("mpegurl") ? "" : asked.call(this, type);
};
"""


def uploaded(path: Path) -> Video:
    """A video whose file was just uploaded; the queue knows."""
    video = factories.video(content=path.read_bytes(), width=0, height=0, duration_seconds=0)
    ask_for_transcode(video=video, now=timezone.now())
    return video


def replace(video: Video, content: bytes) -> str:
    """Give the video another file, as the form does; the name of the one before."""
    before = str(video.file.name)
    video.file.save("next.mp4", ContentFile(content))
    ask_for_transcode(video=video, now=timezone.now(), replaced=before)
    return before


def transcoded(path: Path) -> Video:
    video = uploaded(path)
    drain()
    video.refresh_from_db()
    return video


def state_of(video: Video) -> Transcode:
    return Transcode.objects.get(video=video)


def text_of(name: str) -> str:
    with storages["private"].open(name) as file:
        content: bytes = file.read()
    return content.decode()


def rungs_of(video: Video) -> list[str]:
    """The addresses in the master playlist, relative to it."""
    return [line for line in text_of(video.hls).splitlines() if line and line[0] != "#"]


def pictures_of(video: Video, rung: str) -> tuple[int, int, int]:
    """Width, height and number of sound tracks of a rung, read by another program's library."""
    folder = video.hls.rpartition("/")[0]
    with av.open(storages["private"].path(f"{folder}/{rung}")) as container:
        stream = container.streams.video[0]
        return stream.width, stream.height, len(container.streams.audio)


def tone_of(video: Video, rung: str) -> tuple[int, int]:
    """How bright the first picture of a rung is, and the number of what that means (1: BT.709)."""
    folder = video.hls.rpartition("/")[0]
    with av.open(storages["private"].path(f"{folder}/{rung}")) as container:
        frame = next(container.decode(video=0))
        return bytes(frame.planes[0])[0], int(frame.color_trc)
