"""Files that nothing names go, however they came to be left; young ones and named ones stay."""

import datetime as dt
import io
import os
import shutil
import signal
import subprocess
import sys
import uuid
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from cms.core.models import CoverImage, CoverRendition
from cms.core.outdated import forget_outdated_sizes
from cms.media.models import PosterFrame, Transcode
from cms.media.sweeping import TooManyError, orphans, sweep, sweep_media
from config.env import env
from fitness.training.models import Video
from tests import factories
from tests.buckets import running_s3, s3
from tests.cms import factories as pages
from tests.cms.private_files import document, indexed, showing
from tests.cms.rungs import in_rungs
from tests.config.running_queue import database_url
from tests.queue import drain
from tests.threads import at_once

__all__ = ["running_s3", "s3"]
pytestmark = pytest.mark.django_db

LEFT = [
    "videos/2026/01/old.mp4", "frames/x/a.jpg", "documents/old.pdf", "original_images/old.png",
    "renditions/old.webp", "images/0a1b/old.avif", "posters/2026/01/old.jpg",
]  # fmt: skip


def in_two_days() -> dt.datetime:
    """When all that is there now is old."""
    return timezone.now() + dt.timedelta(days=2)


def leave(*names: str) -> list[str]:
    return [default_storage.save(name, ContentFile(b"left")) for name in names]


def there(names: list[str]) -> list[str]:
    return [name for name in names if default_storage.exists(name)]


def film() -> Video:
    video = in_rungs(factories.video())
    video.poster.save("poster.jpg", ContentFile(b"a picture"), save=False)
    video.save()
    frame = PosterFrame(video=video, at_seconds=1)
    frame.picture.save("frame.jpg", ContentFile(b"a picture"), save=False)
    frame.save()
    before = storages["private"].save("videos/before.mp4", ContentFile(b"the film before"))
    Transcode.objects.create(video=video, state="waiting", replaced=before)
    return video


def everything_named() -> list[str]:
    """The names of files of all kinds that rows, and what was drawn of pictures, refer to."""
    video = film()
    indexed(pages.article_page(cover_image=pages.image(), body=showing(pages.image())))
    names = [size.file.name for size in CoverRendition.objects.all()]
    names += [image.file.name for image in CoverImage.objects.all()]
    assert len(names) > 20
    folder = video.hls.rpartition("/")[0]
    streams = [video.hls, f"{folder}/360p/index.m3u8", f"{folder}/360p/0.m4s"]
    frame, before = video.frames.get().picture.name, video.transcode.replaced
    return [
        *names, *streams, frame, before, document().file.name, video.file.name, video.poster.name
    ]  # fmt: skip


@pytest.fixture(autouse=True)
def empty() -> None:
    """Nothing lies about that other tests left."""
    for folder in (settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["disk", "bucket"])
def storage(request: pytest.FixtureRequest) -> None:
    if request.param == "bucket":
        request.getfixturevalue("s3")


@pytest.mark.usefixtures("storage")
def test_what_nothing_names_goes_and_what_is_named_stays() -> None:
    named, left = everything_named(), leave(*LEFT)

    swept = sweep(now=in_two_days())

    assert {orphan.name for orphan in swept} == set(left)
    assert there(left) == []
    assert there(named) == named
    assert sweep(now=in_two_days()) == []


def test_what_was_just_written_stays() -> None:
    left = leave(*LEFT)

    assert sweep(now=timezone.now() + dt.timedelta(hours=23)) == []
    assert there(left) == left


@pytest.mark.usefixtures("storage")
def test_streams_that_no_film_plays_go() -> None:
    video = in_rungs(factories.video(), mark="new")
    video.save()
    former, gone = in_rungs(video, mark="former").hls, f"hls/{uuid.uuid4()}/x/master.m3u8"
    leave(gone)

    swept = {orphan.name for orphan in sweep(now=in_two_days()) if orphan.is_folder}

    assert there([former, gone, video.hls]) == [video.hls]
    assert {name.rpartition("/")[0] for name in (former, gone)} <= swept


@pytest.mark.django_db(transaction=True)
def test_streams_of_a_film_that_is_worked_on_stay() -> None:
    from cms.media.transcoding.turns import turn

    video = factories.video()
    leave(f"hls/{video.uid}/new/master.m3u8")
    swept: list[Any] = []

    with turn(video.pk):
        at_once(lambda _: swept.extend(sweep(now=in_two_days())), threads=1)

    assert [orphan for orphan in swept if orphan.is_folder] == []
    assert there([f"hls/{video.uid}/new/master.m3u8"])
    assert [orphan.is_folder for orphan in sweep(now=in_two_days())] == [True]


def test_a_database_that_knows_none_of_the_files_takes_none() -> None:
    left = leave(*(f"renditions/{number}.webp" for number in range(101)))

    with pytest.raises(TooManyError):
        sweep(now=in_two_days())
    with pytest.raises(CommandError, match="right database"):
        _command(in_two_days())

    assert there(left) == left
    assert "101 files" in _command(in_two_days(), even_most=True)
    assert there(left) == []


def test_a_database_that_knows_none_of_the_films_takes_no_streams() -> None:
    left = leave(*(f"hls/{uuid.uuid4()}/a/master.m3u8" for _ in range(21)))

    with pytest.raises(TooManyError):
        sweep(now=in_two_days())

    assert there(left) == left


_REPLACE = """
import os, signal, sys
from pathlib import Path
import django
from django.conf import settings
settings.PRIVATE_MEDIA_ROOT, settings.MEDIA_ROOT = map(Path, sys.argv[2:])
django.setup()
from django.core.files.base import ContentFile
from django.db import transaction
from cms.media.files import discard, discard_private
from fitness.training.models import Video
with transaction.atomic():
    video = Video.objects.get(pk=int(sys.argv[1]))
    transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
    discard_private(video.file.name)
    discard(video.poster)
    video.file.save("new.mp4", ContentFile(b"the new film"), save=False)
    video.poster.save("new.jpg", ContentFile(b"the new poster"), save=False)
    video.save()
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_between_commit_and_deletion_leaves_nothing_for_long() -> None:
    video = film()
    replaced = [str(video.file.name), str(video.poster.name)]
    folders = [str(settings.PRIVATE_MEDIA_ROOT), str(settings.MEDIA_ROOT)]

    ended = subprocess.run(
        [sys.executable, "-c", _REPLACE, str(video.pk), *folders],
        cwd=settings.ROOT,
        env={**env.ENVIRON, "DATABASE_URL": database_url()},
        check=False,
    )
    video.refresh_from_db()
    new = [str(video.file.name), str(video.poster.name)]
    left = there(replaced)
    sweep(now=in_two_days())

    assert ended.returncode == -signal.SIGKILL
    assert set(new).isdisjoint(replaced)
    assert left == replaced
    assert there(replaced) == []
    assert there(new) == new


def test_sizes_of_former_times_go_once_there_are_new_ones() -> None:
    image = pages.image(is_cover=False)
    former = image.get_rendition("width-1200|format-webp")
    early = forget_outdated_sizes()

    indexed(pages.article_page(body=showing(image)))
    swept = forget_outdated_sizes()

    assert (early, swept) == (0, 1)
    assert not CoverRendition.objects.filter(pk=former.pk).exists()
    assert CoverRendition.objects.filter(image=image).count() == 9


def test_public_sizes_go_when_a_picture_stands_in_stories_alone() -> None:
    story_only, drafted, cover = (pages.image() for _ in range(3))
    indexed(pages.article_page(cover_image=cover, body=showing(story_only)))
    draft = pages.article_page()
    draft.cover_image = drafted
    draft.save_revision()

    forget_outdated_sizes()

    public = CoverRendition.objects.filter(filter_spec__startswith="fill-")
    assert set(public.values_list("image", flat=True)) == {drafted.pk, cover.pk}
    assert CoverImage.objects.get(pk=story_only.pk).drawn == {}
    assert CoverImage.objects.get(pk=story_only.pk).is_drawn_whole


def _command(now: dt.datetime, **options: Any) -> str:
    import time_machine

    said = io.StringIO()
    with time_machine.travel(now):
        call_command("sweep_media", stdout=said, **options)
    return said.getvalue()


def test_the_command_says_what_would_go_before_it_goes() -> None:
    [left] = leave("posters/old.jpg")

    would = _command(in_two_days(), dry_run=True)
    still = there([left])
    went = _command(in_two_days())

    assert "public: posters/old.jpg\n1 files and 0 outdated sizes would go." in would
    assert still == [left]
    assert "1 files and 0 outdated sizes went." in went
    assert orphans(now=in_two_days()) == []


def test_the_clock_sweeps() -> None:
    [left] = leave("posters/old.jpg")
    at = (timezone.now() - dt.timedelta(days=2)).timestamp()
    os.utime(storages["public"].path(left), (at, at))

    sweep_media.enqueue()
    drain()

    assert there([left]) == []
