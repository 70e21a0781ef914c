"""A worker that is killed in the middle of a film, and two that want the same one."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from django.utils import timezone

from cms.media.models import Transcode, TranscodeState
from cms.media.transcoding.services import ask_for_transcode
from cms.media.transcoding.tasks import transcode
from config.env import env
from fitness.training.models import Video
from tests import factories
from tests.cms.films import film
from tests.config.running_queue import database_url
from tests.queue import drain
from tests.threads import at_once

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

_PATIENCE_SECONDS = 60
_WORKER = """
import sys
from pathlib import Path
import django
from django.conf import settings
settings.PRIVATE_MEDIA_ROOT, settings.MEDIA_ROOT, settings.TRANSCODE_ROOT = map(Path, sys.argv[2:])
django.setup()
from cms.media.transcoding.tasks import transcode
transcode.func(int(sys.argv[1]))
"""


def worker(video: Video) -> "subprocess.Popen[bytes]":
    """The task in a process of its own, at the head of a group with its ffmpeg."""
    folders = [settings.PRIVATE_MEDIA_ROOT, settings.MEDIA_ROOT, settings.TRANSCODE_ROOT]
    return subprocess.Popen(
        [sys.executable, "-c", _WORKER, str(video.pk), *map(str, folders)],
        cwd=settings.ROOT,
        env={**env.ENVIRON, "DATABASE_URL": database_url()},
        start_new_session=True,
    )


def test_a_worker_killed_half_way_is_followed_by_one_that_starts_clean(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", seconds=40, size="1280x720")
    video = factories.video(content=path.read_bytes())
    ask_for_transcode(video=video, now=timezone.now())
    with worker(video) as process:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not Transcode.objects.filter(percent__gt=5).exists():
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)

        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    half = Transcode.objects.get(video=video)
    drain()  # the queue gives it to the next worker
    video.refresh_from_db()
    done = Transcode.objects.get(video=video)
    assert (half.state, half.attempts) == (TranscodeState.WORKING, 1)
    assert (done.state, done.percent, done.attempts) == (TranscodeState.READY, 100, 2)
    assert storages["private"].exists(video.hls)
    assert list(Path(settings.TRANSCODE_ROOT).iterdir()) == []


def test_a_film_deleted_while_it_is_converted_leaves_nothing(tmp_path: Path) -> None:
    path = film(tmp_path / "film.mp4", seconds=40, size="1280x720")
    video = factories.video(content=path.read_bytes())
    ask_for_transcode(video=video, now=timezone.now())
    private = storages["private"]
    with worker(video) as process:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not Transcode.objects.filter(percent__gt=5).exists():
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        has_frames = private.exists(f"frames/{video.uid}")

        name = str(video.file.name)
        Video.objects.filter(pk=video.pk).delete()
        drain()
        process.wait(_PATIENCE_SECONDS)

    left = [private.exists(f"{folder}/{video.uid}") for folder in ("hls", "frames")]
    assert has_frames
    assert process.returncode == 0
    assert [*left, private.exists(name)] == [False] * 3
    assert list(Path(settings.TRANSCODE_ROOT).iterdir()) == []


def test_two_workers_do_not_convert_one_film_at_once(tmp_path: Path) -> None:
    video = factories.video(content=film(tmp_path / "film.mp4", seconds=8).read_bytes())
    ask_for_transcode(video=video, now=timezone.now())

    at_once(lambda _: transcode.func(video.pk), threads=3)

    done = Transcode.objects.get(video=video)
    assert (done.state, done.attempts) == (TranscodeState.READY, 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        assert cursor.fetchone() == (0,)
