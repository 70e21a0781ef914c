"""Videos in a private bucket: over HTTP, with the real storage, against a gate that checks."""

import datetime as dt
import re
from typing import Any
from urllib.parse import urljoin

import pytest
import requests
import time_machine
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone

from cms.media.playback import playback_of
from cms.media.storage import signed_address
from config.devservices.s3 import S3StandIn
from config.settings.media import bucket, origins
from fitness.training.models import Video
from tests import factories
from tests.buckets import running_s3, s3
from tests.cms.rungs import MASTER, SEGMENT, in_rungs

__all__ = ["running_s3", "s3"]

pytestmark = pytest.mark.django_db
CONTENT = bytes(range(256)) * 4


@pytest.fixture
def video(s3: S3StandIn) -> Video:
    return in_rungs(factories.video(content=CONTENT))


def rsa_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def file_address(video: Video) -> str:
    return str(video.file.url)


def segments(client: Client, video: Video) -> list[str]:
    """What the playlist of the first rung refers to."""
    master = playback_of(video, now=timezone.now()).url
    rung = client.get(urljoin(master, "360p/index.m3u8"))
    return [line for line in rung.content.decode().splitlines() if not line.startswith("#")]


def test_a_signed_address_gives_the_file(video: Video) -> None:
    answer = requests.get(file_address(video), timeout=5)

    assert (answer.status_code, answer.content) == (200, CONTENT)


def test_a_player_seeks_in_the_bucket(video: Video) -> None:
    answer = requests.get(file_address(video), headers={"Range": "bytes=100-199"}, timeout=5)

    assert (answer.status_code, answer.content) == (206, CONTENT[100:200])
    assert answer.headers["Content-Range"] == "bytes 100-199/1024"


def test_an_address_in_the_bucket_ends(video: Video, s3: S3StandIn) -> None:
    with time_machine.travel(timezone.now() - dt.timedelta(minutes=5, seconds=5)):
        address = file_address(video)

    assert requests.get(address, timeout=5).status_code == 403


@pytest.mark.parametrize("change", ["signature", "expiry", "object", "none", "key"])
def test_a_changed_address_in_the_bucket_is_refused(video: Video, change: str) -> None:
    address, other = file_address(video), factories.video()
    changed = {
        "signature": re.sub(r"Signature=.", "Signature=x", address),
        "expiry": address.replace("X-Amz-Expires=300", "X-Amz-Expires=3000"),
        "object": address.replace(str(video.file.name), str(other.file.name)),
        "none": address.partition("?")[0],
        "key": address.replace("fitcore-stand-in", "somebody-else"),
    }[change]

    assert changed != address
    assert requests.get(changed, timeout=5).status_code == 403


def test_an_address_to_read_does_not_write(video: Video) -> None:
    assert requests.put(file_address(video), data=b"mine", timeout=5).status_code == 403
    assert requests.delete(file_address(video), timeout=5).status_code == 403


def test_playlists_come_through_us_and_stay_relative(client: Client, video: Video) -> None:
    found = playback_of(video, now=timezone.now())

    answer = client.get(found.url)

    assert found.kind == "hls"
    assert (answer.status_code, answer.content) == (200, MASTER)
    assert answer["Content-Type"] == "application/vnd.apple.mpegurl"


def test_segments_are_signed_one_by_one_and_play(client: Client, video: Video) -> None:
    found = segments(client, video)

    answers = [requests.get(address, timeout=5) for address in found]

    assert [answer.content for answer in answers] == [SEGMENT, SEGMENT]
    assert [requests.get(at.partition("?")[0], timeout=5).status_code for at in found] == [403, 403]


def test_the_first_bytes_that_a_playlist_names_are_signed_too(client: Client, video: Video) -> None:
    rung = urljoin(playback_of(video, now=timezone.now()).url, "360p/index.m3u8")

    named = re.search(r'URI="([^"]+)"', client.get(rung).content.decode())

    assert named
    assert requests.get(named[1], timeout=5).content == b"head"


def test_segments_end_when_their_playlist_does(client: Client, video: Video) -> None:
    now = timezone.now()
    rung = urljoin(playback_of(video, now=now).url, "360p/index.m3u8")

    with time_machine.travel(now + dt.timedelta(minutes=4), tick=False):
        text = client.get(rung).content.decode()
    with time_machine.travel(now + dt.timedelta(minutes=6)):
        late = client.get(rung).status_code

    assert set(re.findall(r"X-Amz-Expires=(\d+)", text)) <= {"59", "60"}
    assert late == 403


def test_only_playlists_come_through_us(client: Client, video: Video) -> None:
    segment = urljoin(playback_of(video, now=timezone.now()).url, "360p/0.m4s")

    assert client.get(segment).status_code == 404


@pytest.mark.parametrize(
    "line",
    [
        "../../../videos/secret.mp4",
        "https://elsewhere.example/0.m4s",
        "/0.m4s",
        "file:///etc/passwd",
    ],
)
def test_a_playlist_that_leads_elsewhere_is_not_served(
    client: Client, video: Video, line: str
) -> None:
    name = f"hls/{video.uid}/odd/index.m3u8"
    storages["private"].save(name, ContentFile(f"#EXTM3U\n{line}\n".encode()))

    assert client.get(signed_address(name, now=timezone.now())).status_code == 404


def test_a_playlist_that_is_gone_is_not_found(client: Client, video: Video) -> None:
    address = signed_address(f"hls/{video.uid}/gone/master.m3u8", now=timezone.now())

    assert client.get(address).status_code == 404


def test_cloudfront_signs_when_it_stands_before_the_bucket(video: Video) -> None:
    options: Any = bucket(
        name="films",
        endpoint="",
        region="eu-central-1",
        domain="cdn.example.com",
        key_id="K1",
        key=rsa_key(),
    )["OPTIONS"]
    storage = storages["private"].__class__(**options)

    address = storage.url(str(video.file.name))

    assert address.startswith(f"https://cdn.example.com/{video.file.name}?Expires=")
    assert "Key-Pair-Id=K1" in address
    assert "Signature=" in address


def test_browsers_are_told_where_the_bucket_is() -> None:
    amazon = {"name": "films", "endpoint": "", "region": "eu-central-1"}

    assert origins(**amazon) == ["https://films.s3.eu-central-1.amazonaws.com"]
    assert origins(**amazon, domain="cdn.example.com")[1:] == ["https://cdn.example.com"]
    assert origins(**amazon | {"endpoint": "http://127.0.0.1:8014"}) == ["http://127.0.0.1:8014"]
    assert origins(**amazon | {"name": ""}) == []
