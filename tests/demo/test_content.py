"""The demo's texts: what they name exists, and there is as much of it as was promised."""

from collections import Counter
from collections.abc import Iterable
from zoneinfo import available_timezones

import pytest

from config.demo.artwork.motifs import MOTIFS
from config.demo.artwork.movements import MOVEMENTS
from config.demo.content.reading import Content, read
from config.demo.content.story import blocks
from fitness.training.models import Access, Difficulty, Equipment, Measure, Muscle


@pytest.fixture(scope="module")
def content() -> Content:
    return read()


def test_there_is_as_much_as_a_product_has(content: Content) -> None:
    assert len(content.categories) == 6
    assert len(content.exercises) >= 60
    assert len(content.workouts) >= 24
    assert len(content.articles) == 8
    assert len(content.members) == 50
    assert Counter(workout.access for workout in content.workouts)[Access.FREE] >= 6
    assert {workout.access for workout in content.workouts} == set(Access.values)


def test_every_category_has_a_hue_of_its_own_and_workouts(content: Content) -> None:
    hues = [category.hue for category in content.categories]
    used = {workout.category for workout in content.workouts}

    assert len(set(hues)) == len(hues)
    assert all(0 <= hue <= 360 for hue in hues)
    assert used == {category.slug for category in content.categories}


def test_exercises_use_the_words_of_the_library(content: Content) -> None:
    shelves = {category.slug for category in content.categories}
    for exercise in content.exercises:
        assert 3 <= len(exercise.steps) <= 5, exercise.slug
        assert len(exercise.summary) <= 200
        assert exercise.slug in MOVEMENTS
        assert exercise.shelf in shelves
        assert exercise.difficulty in Difficulty.values
        assert exercise.measure in Measure.values
        assert exercise.muscles
        assert set(exercise.muscles) <= set(Muscle.values)
        assert exercise.equipment
        assert set(exercise.equipment) <= set(Equipment.values)


def test_whatever_the_other_pages_name_exists(content: Content) -> None:
    workouts = {workout.slug for workout in content.workouts}
    exercises = {exercise.slug for exercise in content.exercises}
    for programme in content.programmes:
        assert {slug for _, _, slug in programme.sessions} <= workouts, programme.slug
        assert max(week for week, _, _ in programme.sessions) == programme.weeks
    for tutorial in content.tutorials:
        assert not tutorial.video or tutorial.video in content.videos
    for text in [*content.tutorials, *content.programmes, *content.landings]:
        named = [(kind, value) for kind, value in blocks(text.body)]
        assert {value for kind, value in named if kind == "exercise"} <= exercises, text.slug
        assert {value for kind, value in named if kind == "video"} <= set(content.videos)


def test_whatever_a_workout_names_exists(content: Content) -> None:
    exercises = {exercise.slug: exercise for exercise in content.exercises}
    for workout in content.workouts:
        assert {place.slug for place in workout.videos} <= set(content.videos), workout.slug
        assert {place.slug for place in workout.exercises} <= set(exercises), workout.slug
        assert workout.cover in exercises
        assert set(workout.equipment) <= set(Equipment.values)
        assert workout.difficulty in Difficulty.values
    for video in content.videos.values():
        assert set(video.moves) <= set(exercises), video.slug


def test_every_video_is_shown_somewhere(content: Content) -> None:
    shown = {place.slug for workout in content.workouts for place in workout.videos}

    assert shown == set(content.videos)


def test_a_workout_has_two_to_four_videos_and_a_free_sample(content: Content) -> None:
    for workout in content.workouts:
        slugs = [place.slug for place in workout.videos]
        assert 2 <= len(slugs) <= 4, workout.slug
        assert len(set(slugs)) == len(slugs)
        assert workout.videos[0].is_free
        if workout.access == Access.FREE:
            assert all(place.is_free for place in workout.videos)
        else:
            assert not all(place.is_free for place in workout.videos)


def test_whoever_meets_a_gate_is_told_what_lies_behind(content: Content) -> None:
    for text in [*content.workouts, *content.articles]:
        assert 0 < len(text.introduction) <= 400
        assert bool(text.teaser) == (text.access != Access.FREE), text.slug
        assert len(text.teaser) <= 600


def test_bodies_are_made_of_blocks_that_editors_have(content: Content) -> None:
    exercises = {exercise.slug for exercise in content.exercises}
    for text in [*content.workouts, *content.articles]:
        story = blocks(text.body)
        assert {kind for kind, _ in story} <= {"heading", "text", "tip", "quote", "exercise"}
        assert {value for kind, value in story if kind == "exercise"} <= exercises
        assert all(value["heading"] and value["text"] for kind, value in story if kind == "tip")
        assert all(value["source"] for kind, value in story if kind == "quote")


def test_articles_are_worth_their_minutes(content: Content) -> None:
    for article in content.articles:
        assert 400 <= len(article.body.split()) <= 700, article.slug
        assert article.motif in MOTIFS


def test_members_are_told_apart_and_live_all_over_the_world(content: Content) -> None:
    zones = {member.time_zone for member in content.members}

    assert _unique(member.alias for member in content.members)
    assert _unique(member.email for member in content.members)
    assert zones <= available_timezones()
    assert len({zone.partition("/")[0] for zone in zones}) >= 6


def _unique(names: Iterable[str]) -> bool:
    return all(count == 1 for count in Counter(names).values())


def test_plain_text_becomes_blocks() -> None:
    story = blocks("""
## First

One *fine*
line.

- **bold** & safe
- two

! Tip: Do it.

> Words | Somebody

@ plank
""")

    assert story == [
        ("heading", {"text": "First", "level": "h2"}),
        (
            "text",
            "<p>One <i>fine</i> line.</p><ul><li><b>bold</b> &amp; safe</li><li>two</li></ul>",
        ),
        ("tip", {"heading": "Tip", "text": "<p>Do it.</p>"}),
        ("quote", {"text": "Words", "source": "Somebody"}),
        ("exercise", "plank"),
    ]
