"""From an uploaded film to streams, with real films and the real ffmpeg."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from pytest_django import Settings

from cms.media.models import PosterFrame, Transcode, TranscodeState
from cms.media.transcoding.services import (
    SupersededError,
    ask_for_transcode,
    may_try_again,
    publish_streams,
)
from config.devservices.s3 import S3StandIn
from tests.buckets import running_s3, s3
from tests.cms.films import film
from tests.cms.streams import (
    pictures_of,
    replace,
    rungs_of,
    state_of,
    text_of,
    transcoded,
    uploaded,
)
from tests.queue import drain

__all__ = ["running_s3", "s3"]

pytestmark = pytest.mark.django_db


def test_a_film_becomes_a_ladder_of_streams(tmp_path: Path) -> None:
    video = transcoded(film(tmp_path / "film.mp4", seconds=6, size="1280x720", sound=True))

    state = state_of(video)
    assert (state.state, state.percent, state.attempts) == (TranscodeState.READY, 100, 1)
    assert re.fullmatch(rf"hls/{video.uid}/[0-9a-f]{{32}}/master\.m3u8", video.hls)
    assert rungs_of(video) == ["360p/index.m3u8", "720p/index.m3u8"]
    assert [pictures_of(video, rung) for rung in rungs_of(video)] == [(640, 360, 1), (1280, 720, 1)]
    assert (video.duration_seconds, video.width, video.height) == (6, 1280, 720)


def test_a_playlist_names_what_lies_beside_it_and_nothing_else(tmp_path: Path) -> None:
    video = transcoded(film(tmp_path / "film.mp4", seconds=6))

    folder = video.hls.replace("master.m3u8", "360p")
    named = [line for line in text_of(f"{folder}/index.m3u8").splitlines() if line[0] != "#"]
    _, kept = storages["private"].listdir(folder)

    assert sorted([*named, "index.m3u8"]) == sorted(kept)
    assert len(named) == 2


def test_an_unchanged_film_is_not_made_into_streams_twice(
    tmp_path: Path, settings: Settings
) -> None:
    path = film(tmp_path / "film.mp4")
    video = transcoded(path)
    settings.FFMPEG = "/no/such/ffmpeg"  # it could not be done again

    replace(video, path.read_bytes())
    drain()

    state, before = state_of(video), video.hls
    video.refresh_from_db()
    assert (state.state, video.hls) == (TranscodeState.READY, before)


def test_a_new_film_takes_the_place_of_the_old_ones_streams(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    video = transcoded(film(tmp_path / "film.mp4"))
    old_streams = video.hls
    old_file = replace(video, film(tmp_path / "next.mp4", seconds=3).read_bytes())

    video.refresh_from_db()
    assert video.hls == old_streams  # members go on watching until the new ones are there
    with django_capture_on_commit_callbacks(execute=True):
        drain()

    video.refresh_from_db()
    assert video.hls != old_streams
    assert video.duration_seconds == 3
    kept, _ = storages["private"].listdir(f"hls/{video.uid}")
    assert kept == [video.hls.split("/")[2]]
    assert not storages["private"].exists(old_file)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"just words, named film.mp4", "The file is not a video"),
        (b"", "The file is empty"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 64, "damaged"),
    ],
)
def test_what_is_no_video_is_refused_and_the_editor_is_told_why(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)

    video = transcoded(path)

    state = state_of(video)
    assert state.state == TranscodeState.REFUSED
    assert reason in state.reason
    assert video.hls == ""


def test_an_archive_is_refused_without_being_opened(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", b"\0" * 20_000_000)

    assert "not a video" in state_of(transcoded(path)).reason


def test_a_refused_file_gives_its_place_back_to_the_film_before(
    tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    video = transcoded(film(tmp_path / "film.mp4"))
    streams = video.hls
    good = replace(video, b"just words")

    with django_capture_on_commit_callbacks(execute=True):
        drain()

    refused = str(video.file.name)
    video.refresh_from_db()
    assert (video.file.name, video.hls) == (good, streams)
    assert storages["private"].exists(good)
    assert not storages["private"].exists(refused)
    assert "has its former file again" in state_of(video).reason


def test_without_ffmpeg_the_editor_is_told_and_the_original_still_plays(
    tmp_path: Path, settings: Settings
) -> None:
    settings.FFMPEG = "/no/such/ffmpeg"
    path = film(tmp_path / "film.mp4")

    video = transcoded(path)

    state = state_of(video)
    assert state.state == TranscodeState.FAILED
    assert "ffmpeg" in state.reason
    assert may_try_again(state, now=timezone.now())
    assert (video.hls, video.file.read()) == ("", path.read_bytes())


def test_trying_again_works_once_ffmpeg_is_there(tmp_path: Path, settings: Settings) -> None:
    settings.FFMPEG = "/no/such/ffmpeg"
    video = transcoded(film(tmp_path / "film.mp4"))
    settings.FFMPEG = ""

    ask_for_transcode(video=video, now=timezone.now())
    drain()

    state = state_of(video)
    assert (state.state, state.reason, state.attempts) == (TranscodeState.READY, "", 2)


def test_a_film_that_takes_too_long_is_given_up(tmp_path: Path, settings: Settings) -> None:
    settings.TRANSCODE_SECONDS = 0.3
    video = transcoded(film(tmp_path / "film.mp4", seconds=20, size="1280x720"))

    state = state_of(video)
    assert (state.state, video.hls) == (TranscodeState.FAILED, "")
    assert "longer than" in state.reason


def test_news_of_a_film_that_was_replaced_meanwhile_changes_nothing(tmp_path: Path) -> None:
    video = uploaded(film(tmp_path / "film.mp4"))
    stale = Transcode.objects.get(video=video)
    replace(video, film(tmp_path / "next.mp4", seconds=3).read_bytes())

    with pytest.raises(SupersededError):
        publish_streams(kept=stale, master="hls/x/y/master.m3u8", now=timezone.now())
    drain()

    video.refresh_from_db()
    assert (state_of(video).state, video.duration_seconds) == (TranscodeState.READY, 3)


def test_what_a_killed_attempt_left_behind_goes_first(tmp_path: Path, settings: Settings) -> None:
    video = uploaded(film(tmp_path / "film.mp4"))
    left = Path(settings.TRANSCODE_ROOT) / str(video.uid) / "streams" / "360p" / "99999.ts"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half a segment")
    Transcode.objects.update(state=TranscodeState.WORKING, percent=40)

    drain()

    video.refresh_from_db()
    _, names = storages["private"].listdir(video.hls.replace("master.m3u8", "360p"))
    assert state_of(video).state == TranscodeState.READY
    assert "99999.ts" not in names
    assert not left.parents[2].exists()


def test_frames_are_taken_and_the_first_becomes_the_poster(tmp_path: Path) -> None:
    video = transcoded(film(tmp_path / "film.mp4", seconds=8))

    frames = PosterFrame.objects.filter(video=video).order_by("at_seconds")
    assert [frame.at_seconds for frame in frames] == [2, 4, 6]
    assert video.poster.read() == frames[0].picture.read()
    assert video.poster.storage != frames[0].picture.storage  # the others stay private


def test_a_poster_that_an_editor_uploaded_stays(tmp_path: Path) -> None:
    video = uploaded(film(tmp_path / "film.mp4"))
    video.poster.save("own.jpg", ContentFile(b"own"))

    drain()

    video.refresh_from_db()
    assert video.poster.read() == b"own"


def test_a_film_in_a_bucket_becomes_streams_in_the_bucket(tmp_path: Path, s3: S3StandIn) -> None:
    video = transcoded(film(tmp_path / "film.mp4", sound=True))

    bucket = storages["private"].bucket_name
    found = s3.client.list_objects_v2(Bucket=bucket, Prefix=f"hls/{video.uid}/")["Contents"]
    kinds = {
        Path(item["Key"]).suffix: s3.client.head_object(Bucket=bucket, Key=item["Key"])[
            "ContentType"
        ]
        for item in found
    }
    assert state_of(video).state == TranscodeState.READY
    assert kinds == {".m3u8": "application/vnd.apple.mpegurl", ".ts": "video/mp2t"}
    assert rungs_of(video) == ["360p/index.m3u8"]
