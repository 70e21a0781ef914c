"""Videos that an admin client sends, changes and deletes."""

import base64
from pathlib import Path
from typing import Any

import pytest
import requests
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings
from pytest_django.fixtures import DjangoAssertNumQueries

from cms.media.models import Transcode
from config.devservices.s3 import S3StandIn
from fitness.accounts.models import User
from fitness.training.models import Video
from tests import factories
from tests.api.client import ApiClient
from tests.buckets import running_s3, s3
from tests.cms import factories as pages

__all__ = ["running_s3", "s3"]

pytestmark = pytest.mark.django_db
PATH = "/api/admin/videos"


@pytest.fixture
def phone(editor: User) -> ApiClient:
    return ApiClient(user=editor)


@pytest.fixture
def film(tmp_path: Path) -> bytes:
    return pages.clip(tmp_path / "film.mp4", seconds=1).read_bytes()


def put_part(phone: ApiClient, url: str, content: bytes) -> Any:
    return phone.generic("PUT", url, content, "application/octet-stream")


def test_a_file_becomes_a_video_that_waits_for_its_streams(phone: ApiClient, film: bytes) -> None:
    file = SimpleUploadedFile("film.mp4", film, "video/mp4")

    answer = phone.post(PATH, {"title": "Squats", "file": file})

    video = Video.objects.get()
    assert answer.status_code == 201, answer.content
    assert (answer.json()["id"], answer.json()["state"]) == (str(video.uid), "waiting")
    assert video.duration_seconds == 1
    assert str(video.file.name) not in answer.content.decode()


def test_a_file_that_came_in_parts_becomes_a_video(phone: ApiClient, film: bytes) -> None:
    head = base64.b64encode(film[:12]).decode()
    half = len(film) // 2
    began = phone.post_json(
        "/api/admin/uploads", {"name": "film.mp4", "size": len(film), "head": head}
    ).json()

    put_part(phone, began["next"]["url"], film[:half])
    cut = phone.get(f"/api/admin/uploads/{began['token']}").json()
    put_part(phone, cut["next"]["url"], film[half:])
    finished = phone.post_json(f"/api/admin/uploads/{began['token']}/finish")
    made = phone.post_json(PATH, {"title": "Squats", "upload": began["token"]})

    assert (cut["received"], finished.json()["size"]) == (half, len(film))
    assert made.status_code == 201, made.content
    assert Transcode.objects.get(video__uid=made.json()["id"]).state == "waiting"


def test_what_is_no_film_is_refused(phone: ApiClient) -> None:
    text = SimpleUploadedFile("film.mp4", b"this is no film at all", "video/mp4")

    answers = [
        phone.post(PATH, {"title": "A", "file": text}),
        phone.post(PATH, {"title": "A", "file": SimpleUploadedFile("film.mp4", b"")}),
        phone.post_json(PATH, {"title": "A", "upload": "forged"}),
        phone.post_json(PATH, {"title": "A"}),
    ]

    assert [answer.status_code for answer in answers] == [400] * 4
    assert answers[0].json()["errors"][0]["pointer"] == "/file"
    assert answers[2].json()["errors"][0]["pointer"] == "/upload"
    assert not Video.objects.exists()


def test_an_upload_is_the_one_editors_own(phone: ApiClient, film: bytes) -> None:
    head = base64.b64encode(film[:12]).decode()
    token = phone.post_json(
        "/api/admin/uploads", {"name": "film.mp4", "size": len(film), "head": head}
    ).json()["token"]

    other = ApiClient(user=factories.editor())

    assert other.get(f"/api/admin/uploads/{token}").status_code == 410
    assert phone.delete(f"/api/admin/uploads/{token}").status_code == 204


def test_words_and_captions_are_said_anew(phone: ApiClient) -> None:
    video = factories.video()
    Video.objects.filter(pk=video.pk).update(duration_seconds=60)
    said = {
        "title": "Squats", "description": "Low.", "chapters": "0:00 Warm-up\n0:30 Squats",
        "transcript": "Down and up.",
        "captions": [{"language": "en", "label": "English",
                      "text": "WEBVTT\n\n00:00.000 --> 00:02.000\nDown.\n"}],
    }  # fmt: skip

    answer = phone.put_json(f"{PATH}/{video.uid}", said)

    told = answer.json()
    assert answer.status_code == 200, answer.content
    assert (told["title"], told["chapters"]) == ("Squats", said["chapters"])
    assert (told["transcript"], told["captions"][0]["language"]) == ("Down and up.", "en")


def test_captions_that_cannot_be_read_are_pointed_at(phone: ApiClient) -> None:
    video = factories.video()
    wrong = [{"language": "en", "label": "English", "text": "Down."}]

    answer = phone.put_json(f"{PATH}/{video.uid}", {"title": "New", "captions": wrong})

    assert answer.json()["errors"][0]["pointer"] == "/captions/0"
    assert Video.objects.get().title != "New"


def test_a_video_in_use_stays_and_its_place_is_named(phone: ApiClient) -> None:
    used, free = factories.video(), factories.video()
    pages.workout_page(title="Strong legs", chosen=[used])

    refused = phone.delete(f"{PATH}/{used.uid}")
    gone = phone.delete(f"{PATH}/{free.uid}")

    assert (refused.status_code, gone.status_code) == (409, 204)
    assert "Strong legs" in refused.json()["detail"]
    assert list(Video.objects.all()) == [used]


def test_members_stay_outside(api: ApiClient) -> None:
    video = factories.video()

    assert api.get(PATH).status_code == 403
    assert api.delete(f"{PATH}/{video.uid}").status_code == 403


def test_videos_are_shown_to_whoever_may_see_them_in_the_admin() -> None:
    video, guest = factories.video(), factories.member()
    guest.user_permissions.add(Permission.objects.get(codename="access_admin"))

    for phone, status in ((ApiClient(user=guest), 403), (ApiClient(user=factories.trainer()), 200)):
        assert phone.get(PATH).status_code == status
        assert phone.get(f"{PATH}/{video.uid}").status_code == status


def test_a_film_goes_straight_to_the_bucket_and_becomes_a_video(
    phone: ApiClient, film: bytes, s3: S3StandIn, settings: Settings
) -> None:
    settings.UPLOAD_PART_BYTES = 5 * 2**20
    content = film + bytes(6 * 2**20)
    head = base64.b64encode(content[:12]).decode()
    state = phone.post_json(
        "/api/admin/uploads", {"name": "film.mp4", "size": len(content), "head": head}
    ).json()
    refused = put_part(phone, f"/api/admin/uploads/{state['token']}/0", content)
    early = phone.post_json(f"/api/admin/uploads/{state['token']}/finish")

    while state["next"]:
        part = content[state["received"] :][: state["next"]["size"]]
        assert state["next"]["url"].startswith(s3.base)
        assert requests.put(state["next"]["url"], data=part, timeout=10).status_code == 200
        state = phone.get(f"/api/admin/uploads/{state['token']}").json()
    finished = phone.post_json(f"/api/admin/uploads/{state['token']}/finish")
    made = phone.post_json(PATH, {"title": "Squats", "upload": state["token"]})

    assert (refused.status_code, early.status_code, finished.status_code) == (410, 409, 200)
    assert made.status_code == 201, made.content
    video = Video.objects.get()
    assert requests.get(video.file.url, timeout=10).content == content


@pytest.mark.parametrize("count", [1, 20])
def test_a_list_takes_the_same_queries_whatever_its_length(
    phone: ApiClient, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        factories.video()

    phone.get(PATH)  # which gives a new editor their profile

    with django_assert_max_num_queries(6):
        assert len(phone.get(PATH).json()["results"]) == count
