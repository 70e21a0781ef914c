"""The page of a video in the admin: its streams, frames, captions, chapters and transcript."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cms.media.models import Transcode, TranscodeState, Transcript
from cms.media.selectors import transcript_of
from cms.media.transcoding.services import ask_for_transcode
from fitness.accounts.models import User
from fitness.training.models import Video
from tests import factories
from tests.cms.films import film
from tests.cms.video_form import ENGLISH, captions, english, save
from tests.queue import drain

pytestmark = pytest.mark.django_db


def in_state(state: TranscodeState, **fields: Any) -> Video:
    video = factories.video()
    Transcode.objects.create(video=video, state=state, moved_at=timezone.now(), **fields)
    return video


def test_chapters_are_written_one_a_line(admin: Client) -> None:
    video = factories.video(duration_seconds=4000)

    save(admin, video, chapters="1:30 Squats\n\n0:00 - Warm-up\n1:02:03 Stretch")

    chapters = video.chapters.order_by("start_seconds").values_list("start_seconds", "title")
    assert list(chapters) == [(0, "Warm-up"), (90, "Squats"), (3723, "Stretch")]
    page = admin.get(f"/cms/snippets/training/video/edit/{video.pk}/").content.decode()
    assert "0:00 Warm-up\n1:30 Squats\n1:02:03 Stretch" in page


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("0:00 Warm-up\nSquats", "Line 2: “Squats” is no time with a title"),
        ("0:00 Warm-up\n0:00 Squats", "Line 2: another chapter starts at the same time"),
        ("10:00 Squats", "Line 1: the chapter starts after the end of the video"),
        (f"0:10 {'x' * 81}", "Line 1: the title is longer than 80 characters"),
    ],
)
def test_a_wrong_chapter_is_told_with_its_line(admin: Client, text: str, told: str) -> None:
    video = factories.video(duration_seconds=600)

    answer = save(admin, video, chapters=text)

    assert told in answer.content.decode()
    assert not video.chapters.exists()


def test_a_transcript_is_kept_and_taken_away(admin: Client) -> None:
    video = factories.video()

    save(admin, video, transcript="Stand tall.")
    kept = Transcript.objects.get(video=video).text
    save(admin, video, transcript=" ")

    assert kept == "Stand tall."
    assert not Transcript.objects.exists()


def test_without_a_transcript_the_captions_are_read(admin: Client) -> None:
    video = factories.video()
    more = "\n00:02.000 --> 00:03.000\nStand\ntall.\n\n00:04.000 --> 00:05.000\nSit.\n"
    save(admin, video, **captions(english(text=ENGLISH + more)))

    from_captions = transcript_of(video)
    save(admin, video, transcript="Stand tall, then sit.")

    assert from_captions == "Stand tall.\nSit."
    assert transcript_of(video) == "Stand tall, then sit."


def test_an_editor_picks_a_frame_as_the_poster(
    admin: Client, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    content = film(tmp_path / "film.mp4", seconds=8).read_bytes()
    video = factories.video(content=content, duration_seconds=8)
    ask_for_transcode(video=video, now=timezone.now())
    drain()
    video.refresh_from_db()
    before, last = str(video.poster.name), video.frames.latest("at_seconds")

    with django_capture_on_commit_callbacks(execute=True):
        save(admin, video, frame=last.pk)

    video.refresh_from_db()
    assert video.poster.read() == last.picture.read()
    assert not video.poster.storage.exists(before)


def test_a_frame_of_another_video_is_refused(admin: Client, tmp_path: Path) -> None:
    other = factories.video(content=film(tmp_path / "film.mp4").read_bytes())
    ask_for_transcode(video=other, now=timezone.now())
    drain()

    answer = save(admin, factories.video(), frame=other.frames.latest("pk").pk)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("state", "fields", "told"),
    [
        (TranscodeState.WAITING, {}, "Waiting for its turn"),
        (TranscodeState.WORKING, {"percent": 40}, 'value="40"'),
        (TranscodeState.FAILED, {"reason": "ffmpeg is not installed."}, "ffmpeg is not installed."),
        (TranscodeState.REFUSED, {"reason": "The file is empty."}, "The file is empty."),
        (TranscodeState.READY, {"finished_at": timezone.now()}, "Ready since"),
    ],
)
def test_the_page_and_the_list_say_how_far_it_is(
    admin: Client, state: TranscodeState, fields: dict[str, Any], told: str
) -> None:
    video = in_state(state, **fields)

    page = admin.get(f"/cms/snippets/training/video/edit/{video.pk}/").content.decode()
    asked = admin.get(f"/cms/media/videos/{video.pk}/transcode/")
    row = admin.get(f"/cms/media/videos/{video.pk}/transcode/?cell").content.decode()

    is_live = state in {TranscodeState.WAITING, TranscodeState.WORKING}
    assert told in page
    assert told in asked.content.decode()
    assert [("data-transcode-live" in html) for html in (page, asked.content.decode(), row)] == (
        [is_live] * 3
    )
    assert "no-store" in asked["Cache-Control"]


@pytest.mark.parametrize(
    ("state", "is_offered"),
    [
        (TranscodeState.FAILED, True),
        (TranscodeState.REFUSED, True),
        (TranscodeState.WORKING, False),
        (TranscodeState.READY, False),
    ],
)
def test_what_did_not_work_may_be_tried_again(
    admin: Client,
    state: TranscodeState,
    is_offered: bool,  # noqa: FBT001
) -> None:
    video = in_state(state, finished_at=timezone.now())
    again = f"/cms/media/videos/{video.pk}/transcode/again/"

    offered = again in admin.get(f"/cms/media/videos/{video.pk}/transcode/").content.decode()
    answer = admin.post(again, headers={"X-Requested-With": "fetch"})

    state_after = Transcode.objects.get(video=video).state
    assert offered is is_offered
    assert answer.status_code == 200
    assert state_after == (TranscodeState.WAITING if is_offered else state)


def test_the_button_works_without_a_script_as_well(admin: Client) -> None:
    video = in_state(TranscodeState.FAILED)

    answer = admin.post(f"/cms/media/videos/{video.pk}/transcode/again/")

    assert answer.url == f"/cms/snippets/training/video/edit/{video.pk}/"
    assert Transcode.objects.get().state == TranscodeState.WAITING


def test_only_who_may_change_videos_sees_how_far_they_are(client: Client, member: User) -> None:
    video = in_state(TranscodeState.FAILED)
    addresses = [f"/cms/media/videos/{video.pk}/transcode/{end}" for end in ("", "again/")]

    assert client.get(addresses[0]).status_code == 302
    client.force_login(member)
    assert client.get(addresses[0]).status_code == 302
    assert client.post(addresses[1]).status_code == 302
    assert Transcode.objects.get().state == TranscodeState.FAILED


def test_an_uploaded_film_is_queued_and_one_with_other_words_is_not(
    admin: Client, tmp_path: Path
) -> None:
    content = film(tmp_path / "film.mp4").read_bytes()
    file = SimpleUploadedFile("film.mp4", content)

    admin.post(
        "/cms/snippets/training/video/add/", {"title": "Squats", "file": file, "description": ""}
    )
    video = Video.objects.get()
    queued = Transcode.objects.get(video=video).state
    drain()
    save(admin, video, description="Better")

    assert queued == TranscodeState.WAITING
    assert Transcode.objects.get(video=video).state == TranscodeState.READY
    assert drain() == 0
