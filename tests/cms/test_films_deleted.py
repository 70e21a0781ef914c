"""A film that is deleted takes everything with it, on whichever way and from whichever storage."""

from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ

from cms.media.models import Caption, Chapter, PosterFrame, Transcode, Transcript
from fitness.training.models import Video
from tests import factories
from tests.api.client import ApiClient
from tests.buckets import running_s3, s3
from tests.cms import factories as pages
from tests.cms.rungs import in_rungs
from tests.queue import drain

__all__ = ["running_s3", "s3"]

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["disk", "bucket"], autouse=True)
def storage(request: pytest.FixtureRequest) -> None:
    """Once on this machine and once in a bucket."""
    if request.param == "bucket":
        request.getfixturevalue("s3")


def film() -> Video:
    """A video with all that can be made of it and said about it."""
    video = in_rungs(factories.video())
    video.poster.save("poster.jpg", ContentFile(b"a picture"), save=False)
    video.save()
    for at in (1, 2):
        frame = PosterFrame(video=video, at_seconds=at)
        frame.picture.save("frame.jpg", ContentFile(b"a picture"), save=False)
        frame.save()
    before = storages["private"].save("videos/before.mp4", ContentFile(b"the film before"))
    Transcode.objects.create(video=video, state="ready", replaced=before)
    Caption.objects.create(video=video, language="en", label="English", text="WEBVTT")
    Chapter.objects.create(video=video, start_seconds=0, title="Warm-up")
    Transcript.objects.create(video=video, text="Down and up.")
    return video


def files_of(video: Video) -> list[str]:
    frames = [str(frame.picture.name) for frame in video.frames.all()]
    folder = video.hls.rpartition("/")[0]
    streams = [video.hls, *(f"{folder}/360p/{name}" for name in ("index.m3u8", "0.m4s", "1.m4s"))]
    return [str(video.file.name), video.transcode.replaced, *frames, *streams]


def are_there(names: list[str]) -> set[bool]:
    return {storages["private"].exists(name) for name in names}


def by_itself(videos: list[Video]) -> None:
    for video in videos:
        video.delete()


def in_the_admin(videos: list[Video]) -> None:
    browser = signed_in()
    for video in videos:
        url = reverse(Video.snippet_viewset.get_url_name("delete"), args=[video.pk])
        assert browser.post(url).status_code == 302


def in_bulk(videos: list[Video]) -> None:
    signed_in().post(bulk_address(videos))


def by_the_api(videos: list[Video]) -> None:
    phone = ApiClient(user=factories.editor())
    for video in videos:
        assert phone.delete(f"/api/admin/videos/{video.uid}").status_code == 204


def signed_in() -> Client:
    browser = Client()
    browser.force_login(factories.editor())
    return browser


def bulk_address(videos: list[Video]) -> str:
    chosen = "&".join(f"id={video.pk}" for video in videos)
    return f"{reverse('wagtail_bulk_action', args=['training', 'video', 'delete'])}?{chosen}"


@pytest.mark.parametrize("delete", [by_itself, in_the_admin, in_bulk, by_the_api])
def test_a_film_takes_everything_with_it(delete: Callable[[list[Video]], None]) -> None:
    gone, kept = [film(), film()], film()
    names = [name for video in gone for name in files_of(video)]
    posters = [str(video.poster.name) for video in gone]
    assert are_there(names) == {True}

    delete(gone)
    drain()

    assert are_there(names) == {False}
    assert not any(default_storage.exists(name) for name in posters)
    assert are_there(files_of(kept)) == {True}
    for kind in (Caption, Chapter, Transcript, Transcode, PosterFrame):
        assert set(kind.objects.values_list("video", flat=True)) == {kept.pk}


def test_a_film_in_use_is_not_deleted_in_bulk() -> None:
    used, free = film(), film()
    pages.workout_page(chosen=[used])

    in_bulk([used, free])
    drain()

    assert Video.objects.filter(pk=used.pk).exists()
    assert are_there(files_of(used)) == {True}


def test_a_deletion_that_is_undone_leaves_the_files() -> None:
    video = film()
    names = files_of(video)

    with transaction.atomic():
        video.delete()
        transaction.set_rollback(True)
    drain()

    assert are_there(names) == {True}


def test_files_that_a_crash_left_go_when_the_task_runs_again() -> None:
    video = film()
    names = files_of(video)
    video.delete()
    storages["private"].delete(names[0])  # as far as it came
    storages["private"].delete(names[-1])

    waiting = list(OrmQ.objects.all())
    drain()
    for row in waiting:
        row.save(force_insert=True)
    drain()

    assert waiting
    assert are_there(names) == {False}
