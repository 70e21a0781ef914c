"""Videos in a real browser: an editor's upload through a cut line, a member's stream past 403."""

import re
import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from playwright.sync_api import Page, Route, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from config.devservices.s3 import S3StandIn
from config.devservices.s3.standin import cors_for
from fitness.training.models import Video
from tests import factories
from tests.buckets import running_s3, s3
from tests.cms import factories as pages
from tests.cms.streams import NO_STREAMS_OF_ITS_OWN
from tests.database import add_what_migrations_add

__all__ = ["running_s3", "s3"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PART = 128 * 1024
PARTS = re.compile(r"/cms/uploads/[^/]+/\d+$")
_PADDING = 10 * PART
_BUCKET_PART = 5 * 2**20
# Newer Chromium plays HLS itself; most browsers that are no Safari do not.


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return long_film(tmp_path, _PADDING)


def test_an_upload_goes_on_after_a_cut_and_a_reload(
    live_server: LiveServer, page: Page, settings: Settings, film: Path
) -> None:
    add_what_migrations_add()
    settings.UPLOAD_PART_BYTES = PART
    sign_in(page, live_server.url, factories.editor().email)
    sent: list[int] = []

    def cut_after_three(route: Route) -> None:
        if len(sent) == 3:
            route.abort("connectionreset")
            return
        sent.append(int(route.request.url.rsplit("/", 1)[1]))
        route.continue_()

    page.on("dialog", lambda dialog: dialog.accept())
    page.route(PARTS, cut_after_three)
    page.goto(f"{live_server.url}/cms/snippets/training/video/add/")
    page.locator("#id_file").set_input_files(film)
    expect(page.get_by_text("The connection was lost at 2")).to_be_visible()

    page.reload()
    page.unroute(PARTS)
    page.on(
        "request",
        lambda asked: (
            sent.append(int(asked.url.rsplit("/", 1)[1])) if asked.method == "PUT" else None
        ),
    )
    page.locator("#id_file").set_input_files(film)
    expect(page.get_by_text("squat.mp4 has been uploaded. Save to keep it.")).to_be_visible()
    page.locator("#id_title").fill("Squat, slowly")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("link", name="Squat, slowly")).to_be_visible()
    assert sent == [number * PART for number in range(len(sent))]
    assert Video.objects.get().file.read() == film.read_bytes()


def test_a_file_that_is_no_video_is_refused_at_once(
    live_server: LiveServer, page: Page, tmp_path: Path
) -> None:
    add_what_migrations_add()
    sign_in(page, live_server.url, factories.editor().email)
    words = tmp_path / "words.mp4"
    words.write_text("just words, no pictures")

    page.goto(f"{live_server.url}/cms/snippets/training/video/add/")
    page.locator("#id_file").set_input_files(words)

    expect(page.get_by_text("The file is not a video.")).to_be_visible()


def test_a_member_watches_a_stream_past_the_end_of_its_address(
    live_server: LiveServer, page: Page, tmp_path: Path
) -> None:
    add_what_migrations_add()
    video = streamed(factories.video(), tmp_path)
    workout = pages.workout_page(chosen=[video], access="member")
    sign_in(page, live_server.url, factories.member().email)
    asked: list[str] = []
    refused: list[str] = []

    def end_once(route: Route) -> None:
        if "/3.ts" in route.request.url and not refused:
            refused.append(route.request.url)
            route.fulfill(status=403, body="ended")
            return
        route.continue_()

    scripts: list[str] = []
    page.on("request", lambda made: asked.append(made.url) if "/playback/" in made.url else None)
    page.on("request", lambda made: scripts.append(made.url) if "/hls" in made.url else None)
    page.route("**/media/private/**", end_once)
    page.add_init_script(NO_STREAMS_OF_ITS_OWN)
    page.goto(f"{live_server.url}{workout.url}")
    page.get_by_role("button", name="Play").first.click()
    page.wait_for_function("() => document.querySelector('video').currentTime > 4", timeout=30_000)

    film = page.locator("video")
    assert (len(refused), len(asked)) == (1, 2)
    assert film.evaluate("video => video.videoWidth") == 320
    assert film.evaluate("video => video.error") is None
    # hls.js feeds the player from a blob; a browser's own streams would stand in ``src``.
    assert film.evaluate("video => video.currentSrc").startswith("blob:")
    assert any(address.endswith(".mjs") for address in scripts)


def test_an_upload_to_a_bucket_goes_on_after_a_cut(
    live_server: LiveServer, page: Page, settings: Settings, tmp_path: Path, bucket: S3StandIn
) -> None:
    add_what_migrations_add()
    name = storages["private"].bucket_name
    path, parts = long_film(tmp_path, 3 * _BUCKET_PART), re.compile(r"[?&]partNumber=\d")
    settings.UPLOAD_PART_BYTES = _BUCKET_PART
    sign_in(page, live_server.url, factories.editor().email)
    sent: list[str] = []

    def note(route: Route) -> None:
        number = route.request.url.partition("partNumber=")[2][0]
        if number == "2" and "2" not in sent:
            sent.append(number)
            route.abort("connectionreset")
            return
        sent.append(number)
        route.continue_()

    page.goto(f"{live_server.url}/cms/snippets/training/video/add/")
    page.locator("#id_file").set_input_files(path)
    expect(page.get_by_text("The connection was lost at 0")).to_be_visible()
    kept_out = bucket.client.list_multipart_uploads(Bucket=name)["Uploads"]
    bucket.let_in(name, cors_for(live_server.url))
    page.route(parts, note)
    expect(page.get_by_text("The connection was lost at 3")).to_be_visible()
    expect(page.get_by_text("squat.mp4 has been uploaded. Save to keep it.")).to_be_visible()
    page.locator("#id_title").fill("Squat, slowly")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("link", name="Squat, slowly")).to_be_visible()
    assert len(kept_out) == 1
    assert sent == ["1", "2", "2", "3", "4"]
    assert Video.objects.get().file.read() == path.read_bytes()


def test_a_member_watches_a_stream_from_a_bucket(
    live_server: LiveServer, page: Page, tmp_path: Path, bucket: S3StandIn
) -> None:
    add_what_migrations_add()
    bucket.let_in(storages["private"].bucket_name, cors_for(live_server.url))
    workout = pages.workout_page(chosen=[streamed(factories.video(), tmp_path)], access="member")
    sign_in(page, live_server.url, factories.member().email)
    asked: list[str] = []

    page.on("request", lambda made: asked.append(made.url) if ".ts?" in made.url else None)
    page.add_init_script(NO_STREAMS_OF_ITS_OWN)
    page.goto(f"{live_server.url}{workout.url}")
    page.get_by_role("button", name="Play").first.click()
    page.wait_for_function("() => document.querySelector('video').currentTime > 4", timeout=30_000)

    assert page.locator("video").evaluate("video => video.currentSrc").startswith("blob:")
    assert len(asked) >= 5
    assert all(address.startswith(f"{bucket.base}/") for address in asked)


@pytest.fixture
def bucket(s3: S3StandIn, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> S3StandIn:
    """A bucket that the content policies name, as they do for one that the site starts with."""
    for policy in (settings.SECURE_CSP, settings.ADMIN_CSP):
        for part in ("connect-src", "media-src"):
            monkeypatch.setitem(policy, part, [*policy[part], s3.base])
    return s3


def long_film(folder: Path, padding: int) -> Path:
    """A film with a long empty box at its end: many parts, little work."""
    path = pages.clip(folder / "squat.mp4", codec="h264")
    path.write_bytes(path.read_bytes() + (padding + 8).to_bytes(4) + b"free" + bytes(padding))
    return path


def sign_in(page: Page, site: str, email: str) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_have_count(0)


def streamed(video: Video, tmp_path: Path) -> Video:
    """The video as a stream of one rung, made by ffmpeg: six segments of a second."""
    film = pages.clip(tmp_path / "film.mp4", seconds=6)
    folder = tmp_path / "360p"
    folder.mkdir()
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", str(film), "-c:v", "libx264",
        "-g", "10", "-f", "hls", "-hls_time", "1", "-hls_playlist_type", "vod",
        "-hls_segment_filename", str(folder / "%d.ts"), str(folder / "index.m3u8"),
    ]  # fmt: skip
    subprocess.run(command, check=True)
    base = f"hls/{video.uid}/0a1b2c"
    master = b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=320x180\n360p/index.m3u8\n"
    storages["private"].save(f"{base}/master.m3u8", ContentFile(master))
    for path in folder.iterdir():
        storages["private"].save(f"{base}/360p/{path.name}", ContentFile(path.read_bytes()))
    video.hls = f"{base}/master.m3u8"
    video.save()
    return video
