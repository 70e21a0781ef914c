"""Captions in the playlists, for players that take nothing beside them."""

import datetime as dt
import re
import subprocess
from pathlib import Path
from urllib.parse import urljoin

import av
import pytest
import requests
import time_machine
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone
from imageio_ffmpeg import get_ffmpeg_exe
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from cms.media.models import Caption, Transcode
from cms.media.playback import playback_of
from fitness.training.models import Video
from tests import factories
from tests.buckets import running_s3, s3
from tests.cms.films import film
from tests.cms.rungs import MASTER, in_rungs
from tests.cms.streams import transcoded

__all__ = ["running_s3", "s3"]
pytestmark = pytest.mark.django_db
SAID = "WEBVTT\n\n00:03.000 --> 00:04.000\n{}\n"


def say(video: Video, text: str, *, language: str = "en", label: str = "English") -> Caption:
    said = SAID.format(text)
    caption, _ = Caption.objects.update_or_create(
        video=video, language=language, defaults={"label": label, "text": said}
    )
    return caption


def address(video: Video) -> str:
    return playback_of(video, now=timezone.now()).url


def said(client: Client, master: str, place: int = 0) -> tuple[str, str]:
    """The playlist of captions that a film's first playlist names, and the captions."""
    named = re.findall(r'TYPE=SUBTITLES.*URI="([^"]+)"', text(client, master))
    playlist = urljoin(master, named[place])
    [segment] = [line for line in text(client, playlist).splitlines() if line[0] != "#"]
    return text(client, playlist), text(client, urljoin(playlist, segment))


def text(client: Client, at: str) -> str:
    answer = client.get(at)
    assert answer.status_code == 200, at
    return b"".join(answer).decode()


@pytest.fixture(params=["disk", "bucket"])
def video(request: pytest.FixtureRequest) -> Video:
    if request.param == "bucket":
        request.getfixturevalue("s3")
    return in_rungs(factories.video(duration_seconds=8))


def test_each_language_is_offered_with_every_size(client: Client, video: Video) -> None:
    say(video, "Stand.")
    say(video, "Steh.", language="de", label='Deutsch "Sie"')

    playlist = text(client, address(video))

    assert 'NAME="English",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO' in playlist
    assert 'NAME="Deutsch \'Sie\'",LANGUAGE="de"' in playlist
    assert playlist.count('RESOLUTION=640x360,SUBTITLES="said"\n360p/index.m3u8') == 1


def test_languages_of_one_name_are_told_apart(client: Client, video: Video) -> None:
    say(video, "Colour")
    say(video, "Color", language="en-US")

    playlist = text(client, address(video))

    assert re.findall(r'NAME="([^"]+)"', playlist) == ["English (en)", "English (en-US)"]


def test_one_signature_opens_the_film_and_what_is_said_in_it(client: Client, video: Video) -> None:
    say(video, "Stand.")

    playlist, captions = said(client, address(video))

    assert "#EXT-X-TARGETDURATION:8\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:8.0," in playlist
    assert captions.startswith("WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n\n00:03.000")
    assert captions.endswith("Stand.\n")


def test_they_end_with_the_film_and_belong_to_it(client: Client, video: Video) -> None:
    caption, foreign = say(video, "Stand."), say(factories.video(), "Secret.")
    playlist = urljoin(address(video), f"said/{caption.uid}.m3u8")

    with time_machine.travel(timezone.now() + dt.timedelta(minutes=6)):
        late = client.get(playlist).status_code
    others = client.get(playlist.replace(str(caption.uid), str(foreign.uid))).status_code
    unsigned = client.get(re.sub(r"private/[^/]+/", "private/9999999999.x/", playlist)).status_code

    assert (client.get(playlist).status_code, late, others, unsigned) == (200, 403, 404, 403)


def test_a_change_is_there_at_once(client: Client, video: Video) -> None:
    say(video, "Stand.")
    before = said(client, address(video))[1]

    say(video, "Stand tall.")
    after = said(client, address(video))[1]
    Caption.objects.all().delete()
    without = text(client, address(video))

    assert ("Stand tall." in before, "Stand tall." in after) == (False, True)
    assert without == MASTER.decode()


def test_nginx_sends_the_film_and_we_what_is_said(client: Client, settings: Settings) -> None:
    settings.MEDIA_ACCEL_PREFIX = "/protected/"
    video = in_rungs(factories.video())
    say(video, "Stand.")
    master = address(video)

    answers = [client.get(at) for at in (master, urljoin(master, "360p/index.m3u8"))]

    assert ["X-Accel-Redirect" in answer for answer in answers] == [False, True]
    assert "Stand." in said(client, master)[1]


@pytest.fixture
def streamed(tmp_path: Path) -> Video:
    return transcoded(film(tmp_path / "a.mp4", seconds=5, sound=True))


def test_they_begin_when_the_film_does(client: Client, streamed: Video) -> None:
    say(streamed, "Stand.")
    first = storages["private"].path(streamed.hls.replace("master.m3u8", "360p/00000.ts"))
    with av.open(first) as segment:
        begins = min(packet.pts for packet in segment.demux() if packet.pts is not None)

    told = [said(client, address(streamed))[1] for _ in range(2)]

    assert begins > 0
    assert f"X-TIMESTAMP-MAP=MPEGTS:{begins},LOCAL:00:00:00.000" in told[0]
    assert told[0] == told[1]
    assert Transcode.objects.get(video=streamed).first_tick == begins


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_another_player_finds_them_by_the_address_alone(
    live_server: LiveServer, streamed: Video
) -> None:
    say(streamed, "Stand.")
    say(streamed, "Steh.", language="de", label="Deutsch")
    master = f"{live_server.url}{address(streamed)}"
    told = ["-loglevel", "error", "-i", master, "-map", "0:s:m:language:de", "-f", "webvtt", "-"]

    ran = subprocess.run(
        [get_ffmpeg_exe(), *told], capture_output=True, text=True, check=True, timeout=60
    )

    assert requests.get(master, timeout=5).text.count("TYPE=SUBTITLES") == 2
    assert "Steh." in ran.stdout
    assert "Stand." not in ran.stdout
