"""Films as phones and studios make them: silent, turned, bright, small."""

from pathlib import Path

import pytest
from PIL import Image
from pytest_django import Settings

from cms.media.models import TranscodeState
from cms.media.transcoding.ladder import rungs_for
from tests.cms.films import film, hdr_white
from tests.cms.streams import (
    pictures_of,
    rungs_of,
    state_of,
    tone_of,
    transcoded,
)

pytestmark = pytest.mark.django_db


def test_a_film_without_sound_has_streams_without_sound(tmp_path: Path) -> None:
    video = transcoded(film(tmp_path / "film.mp4"))

    assert pictures_of(video, "360p/index.m3u8") == (640, 360, 0)


def test_a_film_that_was_held_upright_stays_upright(tmp_path: Path) -> None:
    video = transcoded(film(tmp_path / "film.mp4", turned=90))

    assert (video.width, video.height) == (360, 640)
    assert pictures_of(video, "360p/index.m3u8") == (360, 640, 0)


@pytest.mark.parametrize("turned", [-90, 180, 33])
def test_odd_turns_are_told_as_they_are_shown(tmp_path: Path, turned: int) -> None:
    video = transcoded(film(tmp_path / "film.mp4", turned=turned))

    shown = pictures_of(video, "360p/index.m3u8")[:2]
    assert state_of(video).state == TranscodeState.READY
    assert (video.width, video.height) == ((360, 640) if turned == -90 else (640, 360))
    assert shown == (video.width, video.height)


@pytest.mark.parametrize(("transfer", "white"), [("smpte2084", 573), ("arib-std-b67", 721)])
def test_an_hdr_film_is_white_where_it_was_white(tmp_path: Path, transfer: str, white: int) -> None:
    video = transcoded(hdr_white(tmp_path / "film.mp4", transfer=transfer, code=white))

    brightness, meaning = tone_of(video, "360p/index.m3u8")
    assert meaning == 1
    assert 190 < brightness <= 235


@pytest.mark.parametrize(("transfer", "white"), [("smpte2084", 573), ("arib-std-b67", 721)])
def test_stills_of_an_hdr_film_are_as_bright_as_it_is(
    tmp_path: Path, transfer: str, white: int
) -> None:
    video = transcoded(hdr_white(tmp_path / "film.mp4", transfer=transfer, code=white))

    stills = [Image.open(frame.picture) for frame in video.frames.all()]

    assert len(stills) > 0
    for still in [*stills, Image.open(video.poster)]:
        assert still.size == (640, 360)
        assert min(still.convert("RGB").tobytes()) > 200


def test_an_ffmpeg_that_cannot_convert_hdr_is_named(tmp_path: Path, settings: Settings) -> None:
    bare = tmp_path / "ffmpeg"
    bare.write_text("#!/bin/sh\necho \"No such filter: 'zscale'\" >&2\nexit 8\n")
    bare.chmod(0o755)
    settings.FFMPEG = str(bare)

    video = transcoded(hdr_white(tmp_path / "film.mp4", transfer="smpte2084", code=573))

    state = state_of(video)
    assert (state.state, "zscale" in state.reason) == (TranscodeState.FAILED, True)


def test_a_small_picture_is_not_made_larger(tmp_path: Path) -> None:
    video = transcoded(film(tmp_path / "film.mp4", size="320x180"))

    assert rungs_of(video) == ["180p/index.m3u8"]
    assert pictures_of(video, "180p/index.m3u8") == (320, 180, 0)


@pytest.mark.parametrize(
    ("size", "names"),
    [
        ((1920, 1080), ["360p", "720p", "1080p"]),
        ((3840, 2160), ["360p", "720p", "1080p"]),
        ((1080, 1920), ["360p", "720p", "1080p"]),
        ((854, 480), ["360p", "480p"]),
        ((640, 368), ["360p"]),
        ((101, 33), ["32p"]),
    ],
)
def test_a_ladder_has_at_most_three_rungs_none_above_the_film(
    size: tuple[int, int], names: list[str]
) -> None:
    rungs = rungs_for(width=size[0], height=size[1])

    assert [rung.name for rung in rungs] == names
    assert all(rung.width % 2 == rung.height % 2 == 0 for rung in rungs)
    assert all(rung.width <= size[0] and rung.height <= size[1] for rung in rungs)
