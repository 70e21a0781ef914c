"""What can be found follows what is live, whatever the editor does, and never holds more."""

from typing import Any

import pytest

from cms.search.models import Document, Kind, Word
from cms.search.tasks import tidy_search
from cms.workouts.models import WorkoutIndexPage
from tests import factories
from tests.cms import factories as pages
from tests.queue import drain

pytestmark = pytest.mark.django_db


def of(page: Any) -> Document:
    return Document.objects.get(page=page.pk)


def is_found(page: Any) -> bool:
    return Document.objects.filter(page=page.pk).exists()


def everything() -> str:
    """All that search knows, as one text."""
    rows = Document.objects.values_list(
        "title", "introduction", "teaser", "text", "title_words", "summary_words", "fact_words",
        "text_words", "vector",
    )  # fmt: skip
    return repr(list(rows)) + repr(list(Word.objects.values_list("text", flat=True)))


def test_a_published_workout_is_found_with_what_its_card_shows() -> None:
    coach = pages.trainer_page(title="Ana Köhler")
    page = pages.workout_page(
        title="Full body", slug="full", access="premium", videos=2, trainer=coach,
        cover_image=pages.image(),
    )  # fmt: skip

    document = of(page)

    assert (document.kind, document.uid, document.path) == (
        Kind.WORKOUT,
        page.translation_key,
        "/workouts/full/",
    )
    assert (document.duration_seconds, document.muscles, document.access) == (
        1200,
        ["core"],
        "premium",
    )
    assert len(document.cover["sizes"]) == 3
    assert document.trainer == coach.translation_key
    assert "kohler" in document.fact_words


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (pages.article_page, Kind.ARTICLE),
        (pages.tutorial_page, Kind.TUTORIAL),
        (pages.programme_page, Kind.PROGRAMME),
        (pages.trainer_page, Kind.TRAINER),
    ],
)
def test_pages_of_every_kind_are_found(make: Any, kind: str) -> None:
    page = make(title="Breathe")

    assert (of(page).kind, of(page).title_words) == (kind, "breathe")


def test_an_exercise_is_found_from_when_it_is_saved_until_it_is_deleted() -> None:
    exercise = factories.exercise(name="Turkish get-up", summary="From the floor to your feet.")

    assert Document.objects.get(exercise=exercise).title_words == "turkish get up getup"

    exercise.delete()
    assert not Document.objects.exists()


@pytest.mark.parametrize("access", ["member", "premium", "purchase"])
@pytest.mark.parametrize(
    "make", [pages.workout_page, pages.article_page, pages.tutorial_page, pages.programme_page]
)
def test_no_word_of_a_locked_body_reaches_search(make: Any, access: str) -> None:
    make(access=access, body=pages.story("Xylophonic secrets"))

    assert "xylophonic" not in everything().casefold()


def test_the_story_of_what_is_free_is_found() -> None:
    page = pages.article_page(access="free", body=pages.story("Xylophonic advice"))

    assert "xylophonic" in of(page).text_words
    assert Word.objects.filter(text="xylophonic").exists()


def test_a_page_that_becomes_premium_takes_its_story_out_of_search() -> None:
    page = pages.article_page(access="free", body=pages.story("Xylophonic advice"))
    page.access = "premium"

    pages.publish(page)
    tidy_search.func()

    assert "xylophonic" not in everything().casefold()


def test_a_draft_is_not_found_and_a_draft_of_a_live_page_changes_nothing() -> None:
    draft = pages.draft_workout(title="Not yet")
    live = pages.article_page(title="As it was")
    live.title = "As it will be"

    live.save_revision()

    assert not is_found(draft)
    assert of(live).title == "As it was"


@pytest.mark.parametrize("make", [pages.workout_page, pages.article_page])
def test_a_page_that_hides_from_search_engines_hides_from_ours(make: Any) -> None:
    page = make()
    page.noindex = True

    pages.publish(page)

    assert not is_found(page)


@pytest.mark.parametrize("make", [pages.workout_page, pages.article_page, pages.trainer_page])
def test_unpublishing_takes_a_page_out_and_publishing_brings_it_back(make: Any) -> None:
    page = make()

    page.unpublish()
    assert not is_found(page)

    pages.publish(page)
    assert is_found(page)


@pytest.mark.parametrize("make", [pages.workout_page, pages.article_page])
def test_a_deleted_page_is_gone(make: Any) -> None:
    page = make()

    page.delete()

    assert not Document.objects.exclude(page=None).exists()


@pytest.mark.parametrize("make", [pages.workout_page, pages.article_page])
def test_a_live_page_that_search_missed_can_be_deleted(make: Any) -> None:
    page = make()
    Document.objects.all().delete()

    page.delete()

    assert not Document.objects.exclude(page=None).exists()


def test_renaming_is_followed() -> None:
    page = pages.article_page(title="Sleep")
    page.title = "Rest"

    pages.publish(page)

    assert of(page).title_words == "rest"


def test_a_new_slug_above_moves_all_addresses(django_capture_on_commit_callbacks: Any) -> None:
    workout, article = pages.workout_page(slug="one"), pages.article_page(slug="two")
    for index, slug in (
        (WorkoutIndexPage.objects.get(), "training"),
        (article.get_parent().specific, "reading"),
    ):
        index.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            pages.publish(index)

    assert of(workout).path == "/training/one/"
    assert of(article).path == "/reading/two/"


def test_a_moved_page_is_found_where_it_is() -> None:
    article = pages.article_page(slug="moved")
    other = pages.home().add_child(
        instance=type(article.get_parent().specific)(title="Other", slug="other")
    )

    article.move(other, pos="last-child")

    assert of(article).path == "/other/moved/"


def test_an_alias_is_found_as_the_page_it_follows() -> None:
    page = pages.article_page()

    page.create_alias(update_slug="twin")

    assert Document.objects.count() == 1


def test_a_coach_with_another_name_is_followed_by_their_workouts(
    django_capture_on_commit_callbacks: Any,
) -> None:
    coach = pages.trainer_page(title="Ana Lind")
    page = pages.workout_page(trainer=coach)
    coach.title = "Ana Berg"

    with django_capture_on_commit_callbacks(execute=True):
        pages.publish(coach)
    assert "berg" in of(page).fact_words

    with django_capture_on_commit_callbacks(execute=True):
        coach.unpublish()
    assert "berg" not in of(page).fact_words
    assert of(page).trainer is None


def test_a_category_with_another_name_is_followed_by_its_shelf() -> None:
    category = factories.category(name="Yoga")
    page = pages.workout_page(category=category)
    category.name = "Pilates"

    category.save()
    drain()

    assert "pilates" in of(page).fact_words


def test_a_longer_video_makes_the_workout_longer_in_search(
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = pages.workout_page(videos=1)
    video = page.videos.get().video
    video.duration_seconds = 60

    with django_capture_on_commit_callbacks(execute=True):
        video.save()

    assert of(page).duration_seconds == 60
