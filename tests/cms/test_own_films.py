"""Trainers look after the films that they uploaded, and after no others."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cms.media.models import Transcode, TranscodeState, Transcript
from fitness.accounts.models import User
from fitness.training.models import Video
from tests import factories
from tests.access.routes import routes
from tests.api.client import ApiClient
from tests.cms import factories as pages
from tests.cms.video_form import captions, english, save
from tests.queue import drain

pytestmark = pytest.mark.django_db

LIST = "/cms/snippets/training/video/"
API = "/api/admin/videos"
SECRET = "The film of another"


@pytest.fixture
def trainer() -> User:
    return factories.trainer()


@pytest.fixture
def browser(client: Client, trainer: User) -> Client:
    client.force_login(trainer)
    return client


@pytest.fixture
def others() -> Video:
    """A film of another trainer, which is being worked on."""
    video = factories.video(title=SECRET, uploader=factories.trainer())
    Transcode.objects.create(video=video, state=TranscodeState.FAILED, moved_at=timezone.now())
    return video


def addresses_of(video: Video) -> list[str]:
    """Every address of the admin that names a film."""
    of_films = ("cms/snippets/training/video/", "cms/media/videos/")
    return [
        route.address(pk=video.pk)
        for route in routes()
        if route.path.startswith(of_films) and "pk>" in route.path
    ]


@pytest.mark.parametrize("owner", ["another trainer", "nobody"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_of_anothers_film_opens(
    browser: Client, others: Video, method: str, owner: str
) -> None:
    if owner == "nobody":
        Video.objects.update(uploader=None)
    before = Video.objects.values().get()
    walked = addresses_of(others)

    for url in walked:
        answer = getattr(browser, method)(url, {"title": "Mine", "chapters": "0:00 Mine"})
        assert answer.status_code in {403, 405} or answer.get("Location") == "/cms/", (
            f"{url}: {answer.status_code}"
        )
        assert SECRET not in answer.content.decode(), url

    assert len(walked) >= 7
    assert Video.objects.values().get() == before
    assert Transcode.objects.get().state == TranscodeState.FAILED


def test_every_address_of_their_own_film_opens_but_deleting(browser: Client, trainer: User) -> None:
    video = factories.video(uploader=trainer)
    Transcode.objects.create(video=video, state=TranscodeState.FAILED, moved_at=timezone.now())

    answers = {url: browser.get(url).status_code for url in addresses_of(video)}

    closed = {url for url, status in answers.items() if status not in {200, 405}}
    assert closed == {f"{LIST}delete/{video.pk}/"}


def test_an_upload_is_its_trainers_to_caption_and_to_change(
    browser: Client, trainer: User, tmp_path: Path
) -> None:
    content = pages.clip(tmp_path / "film.mp4", seconds=2).read_bytes()
    file = SimpleUploadedFile("film.mp4", content, content_type="video/mp4")
    browser.post(f"{LIST}add/", {"title": "Squats", "file": file, "description": ""})
    drain()
    video = Video.objects.get()
    frame = video.frames.latest("at_seconds")
    said = {"chapters": "0:00 Warm-up", "transcript": "Low.", "frame": frame.pk}

    answer = save(browser, video, title="Deep squats", **said, **captions(english()))

    video.refresh_from_db()
    assert (answer.status_code, video.uploader, video.title) == (302, trainer, "Deep squats")
    assert (video.captions.get().language, video.chapters.get().title) == ("en", "Warm-up")
    assert Transcript.objects.get(video=video).text == "Low."
    assert video.poster.read() == frame.picture.read()


def test_an_editor_who_changes_a_film_does_not_take_it_over(admin: Client, trainer: User) -> None:
    video = factories.video(uploader=trainer)

    save(admin, video, description="Better")

    video.refresh_from_db()
    assert (video.description, video.uploader) == ("Better", trainer)


def test_the_list_leads_a_trainer_into_their_own_films_alone(
    browser: Client, trainer: User, others: Video
) -> None:
    own = factories.video(title="My own film", uploader=trainer)
    Transcode.objects.update(state=TranscodeState.WORKING)

    everything = browser.get(LIST).content.decode()
    mine = browser.get(f"{LIST}?is_mine=true").content.decode()

    assert f"{LIST}edit/{own.pk}/" in everything
    assert f"{LIST}usage/{own.pk}/" in everything
    assert SECRET in everything
    assert not any(f"{LIST}{way}/{others.pk}/" in everything for way in ("edit", "usage"))
    assert "data-transcode-live" not in everything
    assert ("My own film" in mine, SECRET in mine) == (True, False)


def test_the_first_page_tells_a_trainer_of_their_own_films(
    browser: Client, trainer: User, others: Video
) -> None:
    own = factories.video(title="My own film", uploader=trainer)
    Transcode.objects.create(video=own, state=TranscodeState.FAILED, moved_at=timezone.now())

    html = browser.get("/cms/").content.decode()

    assert "My own film" in html
    assert SECRET not in html


def test_many_at_once_deletes_nobodys_film(browser: Client, others: Video) -> None:
    url = "/cms/bulk/training/video/delete/"

    shown = browser.get(f"{url}?id={others.pk}&next=/cms/")
    browser.post(f"{url}?id={others.pk}&next=/cms/")

    assert Video.objects.filter(pk=others.pk).exists()
    assert "Yes, delete" not in shown.content.decode()


def test_a_trainer_with_an_admin_client_changes_their_own_films_alone(
    trainer: User, others: Video, tmp_path: Path
) -> None:
    phone = ApiClient(user=trainer)
    film = pages.clip(tmp_path / "film.mp4", seconds=1).read_bytes()
    file = SimpleUploadedFile("film.mp4", film, "video/mp4")
    said: dict[str, Any] = {"title": "Squats", "chapters": "0:00 Warm-up", "captions": [english()]}

    made = phone.post(API, {"title": "Squats", "file": file}).json()["id"]
    own = phone.put_json(f"{API}/{made}", said)
    foreign = phone.put_json(f"{API}/{others.uid}", said)
    deleted = [phone.delete(f"{API}/{uid}") for uid in (made, others.uid)]

    assert (own.status_code, own.json()["captions"][0]["language"]) == (200, "en")
    assert [answer.status_code for answer in (foreign, *deleted)] == [403] * 3
    assert Video.objects.get(uid=made).uploader == trainer
    assert Video.objects.get(pk=others.pk).title == SECRET
    assert not others.captions.exists()


def test_whoever_is_a_trainer_no_more_changes_nothing(browser: Client, trainer: User) -> None:
    video = factories.video(uploader=trainer)
    trainer.groups.clear()

    answer = browser.get(f"{LIST}edit/{video.pk}/")

    assert answer.status_code != HTTPStatus.OK
