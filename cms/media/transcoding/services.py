"""The way of a video from upload to streams, as far as the database knows it.

Every note is about one file (``Transcode.source``): what is still said about a file that was
replaced meanwhile changes nothing.
"""

import datetime as dt

from django.core.files.storage import storages
from django.db import transaction

from cms.media.files import delete_folder, discard_private, streams_folder
from cms.media.models import Transcode, TranscodeState
from cms.media.probe import VideoFacts
from fitness.training.models import Video

_REASON_LENGTH = 300
# Longer than any step goes without a sign of life: whoever worked on it was killed.
_GIVEN_UP = dt.timedelta(minutes=10)


class SupersededError(Exception):
    """The video has another file by now; what was made of this one is of no use."""


@transaction.atomic
def ask_for_transcode(*, video: Video, now: dt.datetime, replaced: str = "") -> Transcode:
    """Have a video's file looked at and made into streams, once this transaction is certain.

    ``replaced`` names the file it took the place of: that one is kept until the new one has
    proved to be a video, and comes back if it has not.
    """
    from cms.media.transcoding.tasks import transcode

    kept = Transcode.objects.select_for_update().filter(video=video).first() or Transcode(
        video=video
    )
    if replaced and kept.replaced:
        discard_private(replaced)  # it was never accepted itself
    elif replaced:
        kept.replaced = replaced
    if kept.source != video.file.name:
        kept.source, kept.attempts = str(video.file.name), 0
    kept.state, kept.percent, kept.reason = TranscodeState.WAITING, 0, ""
    kept.moved_at, kept.started_at, kept.finished_at = now, None, None
    kept.save()
    transcode.enqueue(video.pk)
    return kept


def may_try_again(kept: Transcode, *, now: dt.datetime) -> bool:
    """Whether trying again makes sense: it failed, or nobody has worked on it for long."""
    if kept.state in {TranscodeState.FAILED, TranscodeState.REFUSED}:
        return True
    is_quiet = kept.moved_at is None or now - kept.moved_at > _GIVEN_UP
    return kept.is_in_work and is_quiet


def begin(*, kept: Transcode, now: dt.datetime) -> None:
    """Note that somebody works on it, and how often that was begun."""
    attempts = kept.attempts + 1
    _move(kept, now, state=TranscodeState.WORKING, percent=0, attempts=attempts, started_at=now)


def note_progress(*, kept: Transcode, percent: int, now: dt.datetime) -> None:
    _move(kept, now, percent=percent)


@transaction.atomic
def accept(*, kept: Transcode, facts: VideoFacts, now: dt.datetime) -> None:
    """The file is a video: keep its facts, and let go of the one it took the place of."""
    _move(kept, now, replaced="", has_sound=facts.has_sound)
    Video.objects.filter(pk=kept.video_id).update(
        duration_seconds=facts.duration_seconds,
        width=facts.width,
        height=facts.height,
        size_bytes=storages["private"].size(kept.source),
        updated_at=now,
    )
    discard_private(kept.replaced)
    kept.replaced = ""


@transaction.atomic
def refuse(*, kept: Transcode, reason: str, now: dt.datetime) -> None:
    """The file is no video: say why, and give the video the file back that it had before."""
    before = kept.replaced
    if before:
        reason = f"{reason} The video has its former file again."
    _end(
        kept, TranscodeState.REFUSED, now, reason=reason, source=before or kept.source, replaced=""
    )
    if before:
        Video.objects.filter(pk=kept.video_id).update(file=before, updated_at=now)
        discard_private(kept.source)


def fail(*, kept: Transcode, reason: str, now: dt.datetime) -> None:
    """It did not work, though it may another time: say why."""
    _end(kept, TranscodeState.FAILED, now, reason=reason)


@transaction.atomic
def publish_streams(*, kept: Transcode, master: str, now: dt.datetime) -> None:
    """From now on the video is streamed; what was streamed before is deleted."""
    _end(kept, TranscodeState.READY, now, reason="", percent=100)
    video = Video.objects.only("uid").get(pk=kept.video_id)
    Video.objects.filter(pk=video.pk).update(hls=master, updated_at=now)
    folder, version = streams_folder(video.uid), master.split("/")[-2]
    transaction.on_commit(lambda: delete_folder(storages["private"], folder, keep=version))


def _end(kept: Transcode, state: TranscodeState, now: dt.datetime, **values: object) -> None:
    reason = str(values.pop("reason"))[:_REASON_LENGTH]
    _move(kept, now, state=state, reason=reason, finished_at=now, **values)


def _move(kept: Transcode, now: dt.datetime, **values: object) -> None:
    mine = Transcode.objects.filter(pk=kept.pk, source=kept.source)
    if not mine.update(moved_at=now, **values):
        raise SupersededError
