"""How long a film takes from upload to streams: the real queue's task, with the real ffmpeg."""

import resource
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File
from django.core.files.storage import storages
from django.utils import timezone

from bench.errors import BenchError
from cms.media.files import delete_folder, discard_private, streams_folder
from cms.media.models import Transcode, TranscodeState
from cms.media.transcoding import ffmpeg
from cms.media.transcoding.services import ask_for_transcode
from cms.media.transcoding.tasks import transcode
from fitness.training.models import Video

_SECONDS, _SIZE, _RATE = 10, "1280x720", 25
_AIM = 2 * _SECONDS


@dataclass(frozen=True)
class Film:
    """What it came to, from the file at hand to streams that can be played."""

    seconds: float
    cpu_seconds: float

    @property
    def is_in_time(self) -> bool:
        return self.seconds < _AIM

    def __str__(self) -> str:
        judged = "met" if self.is_in_time else "missed"
        return (
            f"A film of {_SECONDS} seconds ({_SIZE}, with sound) is streamed {self.seconds:.1f} s"
            f" after its upload, for {self.cpu_seconds:.1f} s of CPU. Aim: {_AIM} s, {judged}"
        )


def film_row() -> Film:
    """Take a clip through the ladder, on the database in use."""
    with tempfile.TemporaryDirectory() as folder:
        clip = Path(folder) / "clip.mp4"
        _draw(clip)
        video = Video(title="A clip of the bench")
        with clip.open("rb") as file:
            video.file.save(clip.name, File(file))
    ask_for_transcode(video=video, now=timezone.now())
    began, cpu_began = time.perf_counter(), _cpu_seconds()
    transcode.func(video.pk)
    film = Film(time.perf_counter() - began, _cpu_seconds() - cpu_began)
    kept = Transcode.objects.get(video=video)
    if kept.state != TranscodeState.READY:
        raise BenchError(f"The film was not made into streams: {kept.reason}")
    discard_private(str(video.file.name))
    delete_folder(storages["private"], streams_folder(video.uid))
    return film


def _draw(path: Path) -> None:
    """A moving test picture with a tone; noise in it, because cameras have some."""
    told = ["-f", "lavfi", "-i", f"testsrc2=s={_SIZE}:r={_RATE}:d={_SECONDS},noise=alls=8:allf=t"]
    told += ["-f", "lavfi", "-i", f"sine=d={_SECONDS}", "-c:a", "aac"]
    told += ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", str(path)]
    subprocess.run([ffmpeg.program(), "-y", "-loglevel", "error", *told], check=True)


def _cpu_seconds() -> float:
    """Of this process and of those that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)
