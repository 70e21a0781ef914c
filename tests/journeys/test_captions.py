"""What is said in a video, in a real browser: captions, chapters by keyboard, the transcript."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cms.media.models import Caption, Chapter
from fitness.training.models import Video
from tests import factories
from tests.cms import factories as pages
from tests.cms.films import film as film_of
from tests.cms.streams import NO_STREAMS_OF_ITS_OWN, transcoded
from tests.database import add_what_migrations_add

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAID = "WEBVTT\n\n00:00.000 --> 00:09.000\n{}\n"
TRACKS = "() => [...document.querySelector('video').textTracks].map(({label}) => label)"
SHOWN = """() => [...document.querySelector('video').textTracks]
    .filter(({mode}) => mode === 'showing').map(({language}) => language)"""


@pytest.fixture
def film(tmp_path: Path, live_server: LiveServer) -> Video:
    add_what_migrations_add()
    path = pages.clip(tmp_path / "film.mp4", seconds=9, codec="h264")
    video = factories.video(content=path.read_bytes(), title="Squat, slowly", duration_seconds=9)
    for language, label, text in [("en", "English", "Stand."), ("de", "Deutsch", "Steh.")]:
        said = SAID.format(text)
        Caption.objects.create(video=video, language=language, label=label, text=said)
    for start, title in [(0, "Warm-up"), (3, "Squats"), (7, "Stretch")]:
        Chapter.objects.create(video=video, start_seconds=start, title=title)
    return video


def play(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Play").first.click()
    page.wait_for_function("() => document.querySelector('video').currentTime > 0.2")


def test_captions_are_there_and_the_chosen_language_is_remembered(
    live_server: LiveServer, page: Page, film: Video
) -> None:
    workout = pages.workout_page(access="free", chosen=[film])
    address = f"{live_server.url}{workout.url}"
    play(page, address)

    before = page.evaluate(TRACKS), page.evaluate(SHOWN)
    page.evaluate("document.querySelector('video').textTracks[0].mode = 'showing'")
    page.wait_for_function("() => localStorage.getItem('captions') === 'de'")
    play(page, address)

    assert before == (["Deutsch", "English"], [])
    assert page.evaluate(SHOWN) == ["de"]
    said = "() => document.querySelector('video').textTracks[0].activeCues?.[0]?.text === 'Steh.'"
    page.wait_for_function(said)


@pytest.mark.parametrize("script", ["", NO_STREAMS_OF_ITS_OWN], ids=["its own", "hls.js"])
def test_a_stream_has_its_captions_once(
    live_server: LiveServer, page: Page, tmp_path: Path, script: str
) -> None:
    add_what_migrations_add()
    streamed = transcoded(film_of(tmp_path / "film.mp4", seconds=6))
    for language, label, text in [("en", "English", "Stand."), ("de", "Deutsch", "Steh.")]:
        said = SAID.format(text)
        Caption.objects.create(video=streamed, language=language, label=label, text=said)
    article = pages.article_page(access="free", body=[{"type": "video", "value": streamed.pk}])
    page.add_init_script(script)
    play(page, f"{live_server.url}{article.url}")

    page.wait_for_function("() => document.querySelector('video').currentTime > 2")
    found = page.evaluate(TRACKS)
    page.evaluate("document.querySelector('video').textTracks[1].mode = 'showing'")

    assert found == ["Deutsch", "English"]
    said = "() => document.querySelector('video').textTracks[1].activeCues?.[0]?.text === 'Stand.'"
    page.wait_for_function(said)


def test_captions_that_the_browser_finds_itself_take_the_place_of_ours(
    live_server: LiveServer, page: Page, film: Video
) -> None:
    workout = pages.workout_page(access="free", chosen=[film])
    page.add_init_script("localStorage.setItem('captions', 'de')")
    play(page, f"{live_server.url}{workout.url}")

    # As Safari does with those that it finds in a playlist.
    page.evaluate("document.querySelector('video').addTextTrack('subtitles', 'Deutsch', 'de')")
    page.wait_for_function("() => !document.querySelector('video').children.length")

    assert page.evaluate(TRACKS) == ["Deutsch"]
    assert page.evaluate(SHOWN) == ["de"]
    assert page.evaluate("localStorage.getItem('captions')") == "de"


def test_chapters_are_jumped_to_by_keyboard(
    live_server: LiveServer, page: Page, film: Video
) -> None:
    article = pages.article_page(access="free", body=[{"type": "video", "value": film.pk}])
    play(page, f"{live_server.url}{article.url}")

    page.get_by_role("list", name="Chapters").get_by_role("button", name="0:07 Stretch").focus()
    page.keyboard.press("Enter")

    page.wait_for_function("() => document.querySelector('video').currentTime >= 7")
    expect(page.locator(".chapter[aria-current]")).to_have_text("0:07Stretch")
    assert page.locator(".chapter-part").count() == 3
    assert Axe().run(page).violations_count == 0


def test_a_transcript_is_there_to_read_without_a_script(
    live_server: LiveServer, page: Page, film: Video
) -> None:
    workout = pages.workout_page(access="free", chosen=[film])
    page.goto(f"{live_server.url}{workout.url}")

    page.get_by_text("Transcript").click()

    expect(page.locator(".transcript")).to_contain_text("Stand.")
    expect(page.locator(".transcript p")).to_be_visible()
