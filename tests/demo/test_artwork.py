"""What is drawn: the same from the same seed, and believable bodies."""

import io
import math
from pathlib import Path

import pytest
from PIL import Image

from cms.media.probe import probe
from config.demo.artwork import clips, covers
from config.demo.artwork.clips import Clip, FilmError
from config.demo.artwork.colour import oklch
from config.demo.artwork.figure import FOREARM, SHIN, THIGH, UPPER_ARM, Limb, solve
from config.demo.artwork.motifs import MOTIFS
from config.demo.artwork.movements import MOVEMENTS


def test_the_same_seed_draws_the_same_cover() -> None:
    first, again, other = (
        covers.workout_cover(seed=seed, slug="one", movement="push-up", hue=25)
        for seed in (1, 1, 2)
    )

    assert first == again
    assert first != other
    assert Image.open(io.BytesIO(first)).size == (1600, 900)


@pytest.mark.parametrize("motif", MOTIFS)
def test_an_article_has_a_cover_of_the_same_size(motif: str) -> None:
    cover = covers.article_cover(seed=1, slug="one", motif=motif, hue=205)

    assert Image.open(io.BytesIO(cover)).size == (1600, 900)


@pytest.mark.parametrize("name", MOVEMENTS)
def test_bones_do_not_stretch_and_stay_above_the_ground(name: str) -> None:
    movement = MOVEMENTS[name]
    for step in range(24):
        body = solve(movement.pose_at(step / 24))
        for arm in body.arms:
            # Shorter is fine: the arm then points at us.
            assert max(_lengths(arm)) < max(UPPER_ARM, FOREARM) + 0.1
        for leg in (body.near_leg, body.far_leg):
            assert _lengths(leg) == pytest.approx((THIGH, SHIN), abs=0.1)
        assert min(body.head[1], body.hip[1], body.near_leg.end[1], body.far_leg.end[1]) > 0


def _lengths(limb: Limb) -> tuple[float, float]:
    return math.dist(limb.root, limb.joint), math.dist(limb.joint, limb.end)


@pytest.mark.parametrize("name", MOVEMENTS)
def test_a_repetition_ends_where_it_began(name: str) -> None:
    movement = MOVEMENTS[name]

    assert solve(movement.pose_at(0)) == solve(movement.pose_at(1))


def test_colours_stay_on_the_screen() -> None:
    for hue in range(0, 360, 15):
        assert all(0 <= channel <= 255 for channel in oklch(0.62, 0.4, hue))
    assert oklch(1, 0, 0) == (255, 255, 255)


@pytest.mark.slow
def test_a_clip_is_a_video_of_the_length_it_promises(tmp_path: Path) -> None:
    clip = Clip("jumping-jack", hue=55, seed=1)
    path = tmp_path / "clip.mp4"

    clips.film(clip, to=path)

    with path.open("rb") as file:
        facts = probe(file)
    assert (facts.width, facts.height) == clips.SIZE
    assert facts.duration_seconds == round(clip.seconds)


@pytest.mark.slow
def test_spliced_clips_play_one_after_the_other(tmp_path: Path) -> None:
    clip = Clip("jumping-jack", hue=55, seed=1)
    part, whole = tmp_path / "part.mp4", tmp_path / "whole.mp4"
    clips.film(clip, to=part)

    clips.splice([part] * 5, to=whole)

    with whole.open("rb") as file:
        assert probe(file).duration_seconds == round(clip.seconds * 5)


def test_what_ffmpeg_cannot_read_is_said(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_text("no film")

    with pytest.raises(FilmError, match="Invalid data"):
        clips.splice([broken], to=tmp_path / "whole.mp4")
