"""Private videos: an address is signed, ends, and plays from anywhere in the film."""

import datetime as dt
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone
from storages.backends.s3 import S3Storage

from cms.media.playback import playback_url
from cms.media.probe import NotAVideoError, poster, probe
from fitness.training.models import Video
from tests import factories
from tests.cms import factories as films

CONTENT = bytes(range(256)) * 4


@pytest.fixture
def video(db: None) -> Video:
    return factories.video(content=CONTENT)


def body_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_signed_address_gives_the_whole_file(client: Client, video: Video) -> None:
    answer = client.get(video.file.url)

    assert (answer.status_code, body_of(answer)) == (200, CONTENT)
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Content-Length"] == "1024"
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("asked", "span"),
    [
        ("bytes=0-", (0, 1024)),
        ("bytes=0-0", (0, 1)),
        ("bytes=100-199", (100, 200)),
        ("bytes=1000-5000", (1000, 1024)),
        ("bytes=-24", (1000, 1024)),
        ("bytes=-9999", (0, 1024)),
    ],
)
def test_a_player_seeks_by_asking_for_a_part(
    client: Client, video: Video, asked: str, span: tuple[int, int]
) -> None:
    answer = client.get(video.file.url, headers={"Range": asked})

    start, end = span
    assert (answer.status_code, body_of(answer)) == (206, CONTENT[start:end])
    assert answer["Content-Range"] == f"bytes {start}-{end - 1}/1024"
    assert answer["Content-Length"] == str(end - start)


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=9999-10000", "bytes=-0", "bytes=5-4"])
def test_a_part_that_is_not_there_is_refused(client: Client, video: Video, asked: str) -> None:
    answer = client.get(video.file.url, headers={"Range": asked})

    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */1024")


@pytest.mark.parametrize("asked", ["bytes=", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6"])
def test_a_range_that_says_nothing_usable_gives_the_whole_file(
    client: Client, video: Video, asked: str
) -> None:
    answer = client.get(video.file.url, headers={"Range": asked})

    assert body_of(answer) == CONTENT


def test_head_tells_the_size_and_sends_nothing(client: Client, video: Video) -> None:
    answer = client.head(video.file.url)

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["Content-Length"] == "1024"


def test_an_address_ends(client: Client, video: Video) -> None:
    now = timezone.now()
    address, expires_at = playback_url(video, now=now)

    with time_machine.travel(expires_at - dt.timedelta(seconds=10)):
        in_time = client.get(address).status_code
    with time_machine.travel(expires_at + dt.timedelta(seconds=10)):
        late = client.get(address).status_code

    assert (in_time, late) == (200, 403)


def test_an_address_in_a_bucket_is_signed_and_ends_as_well(video: Video) -> None:
    video.file.storage = S3Storage(
        bucket_name="private",
        access_key="key",
        secret_key="secret",
        querystring_auth=True,
        querystring_expire=300,
        signature_version="s3v4",
        region_name="eu-central-1",
    )

    address, expires_at = playback_url(video, now=factories.JOINED)

    asked = parse_qs(urlsplit(address).query)
    assert asked["X-Amz-Expires"] == ["300"]
    assert asked["X-Amz-Signature"]
    assert expires_at == factories.JOINED + dt.timedelta(minutes=5)


def test_a_changed_address_is_refused(client: Client, video: Video) -> None:
    other = factories.video()
    address = video.file.url
    token = address.removesuffix(f"/{video.file.name}").rsplit("/", 1)[1]

    assert client.get(address.replace(token, token[:-1] + "x")).status_code == 403
    assert (
        client.get(address.replace(str(video.file.name), str(other.file.name))).status_code == 403
    )
    assert client.get(address.replace(token, "x")).status_code == 403


@pytest.mark.parametrize("name", ["../media/secret.txt", "/etc/passwd", "videos/../../secret.txt"])
def test_no_address_leads_out_of_the_private_folder(client: Client, db: None, name: str) -> None:
    address = storages["private"].url(name)

    assert client.get(address).status_code in {403, 404}


def test_a_file_that_is_gone_is_not_found(client: Client, video: Video) -> None:
    address = video.file.url
    video.file.storage.delete(str(video.file.name))

    assert client.get(address).status_code == 404


def test_private_files_lie_outside_the_public_folder(client: Client, video: Video) -> None:
    assert client.get(f"/media/{video.file.name}").status_code == 404


def test_a_video_tells_its_length_and_size(tmp_path: Path) -> None:
    path = films.clip(tmp_path / "film.mp4", seconds=3)

    with path.open("rb") as file:
        facts = probe(file)
        picture = poster(file)

    assert (facts.duration_seconds, facts.width, facts.height) == (3, 320, 180)
    assert picture.startswith(b"\xff\xd8")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"just words, no pictures", "not a video"),
        (b"#EXTM3U\nhttp://127.0.0.1/secret.ts", "not a video"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "not a video"),
        (b"\0\0\0\x18ftypmp42" + b"\0" * 64, "damaged"),
        (b"\x1aE\xdf\xa3" + b"\0" * 64, "damaged"),
    ],
)
def test_what_is_no_video_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(NotAVideoError, match=reason):
        probe(ContentFile(content))


def test_a_recording_without_pictures_is_no_video(tmp_path: Path) -> None:
    path = films.sound(tmp_path / "sound.mp4")

    with path.open("rb") as file, pytest.raises(NotAVideoError, match="no pictures"):
        probe(file)


def test_a_film_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    path = films.clip(tmp_path / "film.mp4")
    path.write_bytes(path.read_bytes()[:2000])

    with path.open("rb") as file, pytest.raises(NotAVideoError, match="damaged"):
        probe(file)
