"""Videos in rungs: one signature opens the folder that the playlists refer to, and no more."""

import datetime as dt
import posixpath
import uuid
from typing import Any
from urllib.parse import urljoin

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cms.media.playback import playback_of
from cms.media.storage import signed_address
from fitness.training.models import Video
from tests import factories
from tests.cms.rungs import MASTER, RUNG, SEGMENT, in_rungs

pytestmark = pytest.mark.django_db


@pytest.fixture
def video() -> Video:
    return in_rungs(factories.video())


def body_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_a_video_in_rungs_plays_by_its_playlist(video: Video) -> None:
    now = timezone.now()

    found = playback_of(video, now=now)

    assert (found.kind, found.content_type) == ("hls", "application/vnd.apple.mpegurl")
    assert found.url.endswith(f"/{video.hls}")
    assert found.expires_at == now + dt.timedelta(minutes=5)


def test_a_video_without_rungs_plays_as_a_file() -> None:
    found = playback_of(factories.video(), now=timezone.now())

    assert (found.kind, found.content_type) == ("file", "video/mp4")


def test_what_playlists_refer_to_is_signed_with_them(client: Client, video: Video) -> None:
    master = playback_of(video, now=timezone.now()).url
    rung = urljoin(master, "360p/index.m3u8")
    segment = urljoin(rung, "0.m4s")

    answers = [client.get(address) for address in (master, rung, segment)]

    assert [body_of(answer) for answer in answers] == [MASTER, RUNG, SEGMENT]
    assert [answer["Content-Type"] for answer in answers] == [
        "application/vnd.apple.mpegurl",
        "application/vnd.apple.mpegurl",
        "video/iso.segment",
    ]


def test_a_segment_is_asked_for_in_parts(client: Client, video: Video) -> None:
    segment = urljoin(playback_of(video, now=timezone.now()).url, "360p/0.m4s")

    answer = client.get(segment, headers={"Range": "bytes=2-4"})

    assert (answer.status_code, body_of(answer)) == (206, SEGMENT[2:5])


def test_the_whole_folder_ends_at_once(client: Client, video: Video) -> None:
    found = playback_of(video, now=timezone.now())
    segment = urljoin(found.url, "360p/0.m4s")

    with time_machine.travel(found.expires_at - dt.timedelta(seconds=10)):
        in_time = client.get(segment).status_code
    with time_machine.travel(found.expires_at + dt.timedelta(seconds=1)):
        late = client.get(segment).status_code

    assert (in_time, late) == (200, 403)


def test_a_signature_opens_no_other_folder(client: Client, video: Video) -> None:
    master = playback_of(video, now=timezone.now()).url
    other = in_rungs(factories.video())
    again = in_rungs(video, mark="changed")

    for foreign in (other.hls, again.hls, str(video.file.name)):
        address = master.replace(posixpath.dirname(video.hls), posixpath.dirname(foreign))
        assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    "climb",
    [
        "../../../secret.mp4",
        "..%2F..%2F..%2Fsecret.mp4",
        "%252e%252e/%252e%252e/secret.mp4",
        "360p/../../../../secret.mp4",
        "./master.m3u8",
        "360p//0.m4s",
        "..\\..\\secret.mp4",
        "master.m3u8%00.m4s",
    ],
)
def test_no_reference_climbs_out_of_the_folder(client: Client, video: Video, climb: str) -> None:
    storages["private"].save("secret.mp4", ContentFile(b"secret"))
    master = playback_of(video, now=timezone.now()).url

    answer = client.get(posixpath.join(posixpath.dirname(master), climb))

    assert answer.status_code == 403


@pytest.mark.parametrize("change", ["longer", "shorter", "unsigned", "words"])
def test_a_changed_end_is_refused(client: Client, video: Video, change: str) -> None:
    name = str(video.hls)
    token = signed_address(name, now=timezone.now()).removesuffix(f"/{name}").rsplit("/", 1)[1]
    ends, signature = token.split(".")
    changed = {
        "longer": f"{int(ends) + 60}.{signature}",
        "shorter": f"{int(ends) - 1}.{signature}",
        "unsigned": ends,
        "words": f"later.{signature}",
    }[change]

    assert client.get(f"/media/private/{changed}/{name}").status_code == 403


def test_nginx_sends_what_we_have_checked(client: Client, video: Video, settings: Settings) -> None:
    settings.MEDIA_ACCEL_PREFIX = "/protected/"
    master = playback_of(video, now=timezone.now()).url

    answer = client.get(master)
    refused = client.get(master.replace("master", "../../x"))

    assert answer["X-Accel-Redirect"] == f"/protected/{video.hls}"
    assert (answer.content, answer["Content-Type"]) == (b"", "application/vnd.apple.mpegurl")
    assert answer["Cache-Control"] == "private, no-store"
    assert (refused.status_code, refused.has_header("X-Accel-Redirect")) == (403, False)


def test_a_name_with_odd_letters_reaches_nginx_quoted(client: Client, settings: Settings) -> None:
    settings.MEDIA_ACCEL_PREFIX = "/protected/"
    name = f"videos/{uuid.uuid4()} ä#?.mp4"

    answer = client.get(storages["private"].url(name))

    assert answer["X-Accel-Redirect"].endswith("%20%C3%A4%23%3F.mp4")
