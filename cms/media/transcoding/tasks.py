"""The queued work: look at the file, take frames of it, make the streams, put them in place."""

import hashlib
import shutil
import time
from pathlib import Path

from django.conf import settings
from django.core.files.storage import storages
from django.tasks import task
from django.utils import timezone

from cms.media import posters
from cms.media.files import streams_folder
from cms.media.forgetting import forget_film
from cms.media.models import Transcode, TranscodeState
from cms.media.probe import NotAVideoError, VideoFacts, probe
from cms.media.transcoding import ffmpeg, ladder, services
from cms.media.transcoding.keeping import keep_streams
from cms.media.transcoding.turns import turn
from fitness.training.models import Video

_HASH_LENGTH = 32
_CHUNK = 1024 * 1024
_SECONDS_BETWEEN_NOTES = 1.0


@task(queue_name="films")
def transcode(video_id: int) -> None:
    """Queued. Safe to run again: it starts anew from the file, and a finished one is left alone."""
    with turn(video_id) as is_ours:
        if not is_ours:
            return  # whoever works on it looks again when done
        kept = Transcode.objects.select_related("video").filter(pk=video_id).first()
        if kept is None or kept.state in {TranscodeState.READY, TranscodeState.REFUSED}:
            return
        _work_on(kept)
    if Transcode.objects.filter(pk=video_id, state=TranscodeState.WAITING).exists():
        transcode.enqueue(video_id)


def _work_on(kept: Transcode) -> None:
    try:
        services.begin(kept=kept, now=timezone.now())
        _convert(kept)
    except (services.SupersededError, Video.DoesNotExist):
        if not Video.objects.filter(pk=kept.pk).exists():
            forget_film(kept.video.uid)  # what was made after the deletion took the rest
    except NotAVideoError as error:
        services.refuse(kept=kept, reason=str(error), now=timezone.now())
    except ffmpeg.FFmpegError as error:
        services.fail(kept=kept, reason=str(error), now=timezone.now())
    except Exception:
        reason = "Something went wrong on the server. It is tried again in a while."
        services.fail(kept=kept, reason=reason, now=timezone.now())
        raise


def _convert(kept: Transcode) -> None:
    folder = _empty_folder(kept.video)
    try:
        source = _on_disk(kept.source, folder)
        with source.open("rb") as file:
            facts = probe(file)
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            services.accept(kept=kept, facts=facts, now=timezone.now())
            if kept.source_hash != digest:
                posters.take_frames(video_id=kept.pk, file=file, facts=facts, source_hash=digest)
        target = f"{streams_folder(kept.video.uid)}/{digest[:_HASH_LENGTH]}"
        master = f"{target}/{ladder.MASTER}"
        if not storages["private"].exists(master):
            made = folder / "streams"
            _make_streams(kept, source=source, facts=facts, into=made)
            keep_streams(made, target=target)
        services.publish_streams(kept=kept, master=master, now=timezone.now())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _empty_folder(video: Video) -> Path:
    """The same for every attempt: what a killed one left behind goes first."""
    folder: Path = settings.TRANSCODE_ROOT / str(video.uid)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _on_disk(name: str, folder: Path) -> Path:
    """The file where ffmpeg can read it: in its place, or copied from the bucket."""
    storage = storages["private"]
    try:
        return Path(storage.path(name))
    except NotImplementedError:
        copy = folder / "source"
    with storage.open(name) as kept, copy.open("wb") as file:
        shutil.copyfileobj(kept, file, _CHUNK)
    return copy


def _make_streams(kept: Transcode, *, source: Path, facts: VideoFacts, into: Path) -> None:
    rungs = ladder.rungs_for(width=facts.width, height=facts.height)
    asked = ladder.arguments(source=source, facts=facts, rungs=rungs, into=into)
    noted_at = time.monotonic()
    for seconds in ffmpeg.run(asked, limit_seconds=settings.TRANSCODE_SECONDS):
        if time.monotonic() - noted_at >= _SECONDS_BETWEEN_NOTES:
            percent = min(int(100 * seconds / facts.duration_seconds), 99)
            services.note_progress(kept=kept, percent=percent, now=timezone.now())
            noted_at = time.monotonic()
    if not (into / ladder.MASTER).exists():
        raise ffmpeg.FFmpegError("The video could not be converted: it has no pictures to show.")
