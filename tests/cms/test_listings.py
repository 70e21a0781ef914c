"""The lists of pages in the editors' admin: what they show, find and sort, and what they cost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cms.home.models import HomePage
from cms.media.models import Caption
from cms.workouts.models import WorkoutPage
from fitness.training.models import Video
from tests import factories
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db

LISTS = ["workout_list", "programme_list", "tutorial_list", "article_list"]


def titles(client: Client, name: str = "workout_list", **asked: Any) -> list[str]:
    """The titles in the list, in its order."""
    answer = client.get(reverse(f"{name}:index"), asked)
    assert answer.status_code == 200
    return [page.title for page in answer.context["object_list"]]


def captioned(video: Video) -> Video:
    Caption.objects.create(video=video, language="en", label="English", text="WEBVTT")
    return video


def make_one_of_each() -> None:
    pages.workout_page(title="A workout", cover_image=pages.image(), samples=1)
    pages.programme_page(title="A programme")
    pages.tutorial_page(title="A tutorial")
    pages.article_page(title="An article")


@pytest.mark.parametrize("name", LISTS)
def test_each_kind_has_a_list_in_the_menu(admin: Client, site: HomePage, name: str) -> None:
    make_one_of_each()
    url = reverse(f"{name}:index")

    assert len(titles(admin, name)) == 1
    assert admin.get(reverse(f"{name}:index_results")).status_code == 200
    assert url in admin.get("/cms/").content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"access": ["premium"]}, ["Premium"]),
        ({"access": ["premium", "free"]}, ["Free", "Premium"]),
        ({"state": "draft"}, ["Draft"]),
        ({"q": "prem"}, ["Premium"]),
        ({"missing": ["cover"]}, ["Draft", "Premium"]),
        ({"missing": ["teaser"]}, ["Draft"]),
        ({"missing": ["alt", "teaser"]}, ["Draft"]),
    ],
)
def test_a_list_is_narrowed_down(
    admin: Client, site: HomePage, asked: dict[str, Any], found: list[str]
) -> None:
    pages.workout_page(title="Free", cover_image=pages.image())
    pages.workout_page(title="Premium", access="premium")
    pages.draft_workout(title="Draft", access="member", teaser=" ")

    assert sorted(titles(admin, **asked)) == found


def test_a_list_is_narrowed_down_by_category_trainer_and_length(
    admin: Client, site: HomePage
) -> None:
    yoga, mira = factories.category(), pages.trainer_page(title="Mira")
    short, long = factories.video(duration_seconds=600), factories.video(duration_seconds=2400)
    pages.workout_page(title="Short", category=yoga, chosen=[short])
    pages.workout_page(title="Long", trainer=mira, chosen=[short, long])

    assert titles(admin, category=yoga.pk) == ["Short"]
    assert titles(admin, trainer=mira.pk) == ["Long"]
    assert titles(admin, length="short") == ["Short"]
    assert titles(admin, length="longest") == ["Long"]


def test_a_list_finds_films_without_captions(admin: Client, site: HomePage) -> None:
    pages.workout_page(title="Told", chosen=[captioned(factories.video())])
    pages.workout_page(title="Half told", chosen=[captioned(factories.video()), factories.video()])
    pages.tutorial_page(title="Silent", video=factories.video())
    pages.tutorial_page(title="Without a film")

    assert titles(admin, missing="captions") == ["Half told"]
    assert titles(admin, "tutorial_list", missing="captions") == ["Silent"]


def test_a_draft_is_listed_as_it_was_last_saved(admin: Client, site: HomePage) -> None:
    page = pages.draft_workout(title="Draft")
    page.access, page.teaser = "premium", ""
    page.save_revision()

    assert titles(admin, missing="teaser") == ["Draft"]
    assert titles(admin, access="premium") == ["Draft"]


def test_a_live_page_is_listed_as_visitors_meet_it(admin: Client, site: HomePage) -> None:
    page = pages.workout_page(title="Live")
    page.access = "premium"
    page.save_revision()

    assert titles(admin, access="premium") == []
    assert titles(admin, state="changed") == ["Live"]


def test_what_waits_for_a_moderator_is_found(admin: Client, site: HomePage) -> None:
    page = pages.draft_workout(title="Waiting")
    pages.draft_workout(title="Not yet")
    page.get_workflow().start(page, user=factories.writer())

    assert titles(admin, state="moderation") == ["Waiting"]


@pytest.mark.parametrize(
    "column",
    ["title", "access", "category__name", "trainer__title", "seconds",
     "latest_revision_created_at", "live"],
)  # fmt: skip
def test_a_list_is_sorted_by_every_column_both_ways(
    admin: Client, site: HomePage, column: str
) -> None:
    for title, seconds in (("Abs", 60), ("Back", 120)):
        pages.workout_page(
            title=title,
            category=factories.category(name=title),
            trainer=pages.trainer_page(title=title),
            chosen=[factories.video(duration_seconds=seconds)],
            access={"Abs": "free", "Back": "premium"}[title],
        )
    WorkoutPage.objects.filter(title="Abs").update(live=False)

    assert titles(admin, ordering=column) == ["Abs", "Back"]
    assert titles(admin, ordering=f"-{column}") == ["Back", "Abs"]
    assert titles(admin, ordering=column, q="a") == ["Abs", "Back"]


@pytest.mark.parametrize("asked", [{"ordering": "password"}, {"access": "gold"}, {"p": "99"}])
def test_nonsense_in_the_address_is_no_error(
    admin: Client, site: HomePage, asked: dict[str, str]
) -> None:
    pages.workout_page(title="A workout")

    assert len(titles(admin, **asked)) == 1


def test_trainers_find_their_own_in_the_list_and_begin_new_ones(
    client: Client, site: HomePage
) -> None:
    trainer = factories.trainer()
    own = pages.trainer_page(title="Mira", account=trainer)
    pages.draft_workout(title="Mine", trainer=own)
    pages.workout_page(title="Another's")
    client.force_login(trainer)

    begun = client.get(reverse("workout_list:choose_parent"))

    assert titles(client) == ["Mine"]
    assert "/add/workouts/workoutpage/" in begun.url
    assert client.get(begun.url).status_code == 200


@pytest.mark.parametrize("who", ["editor", "writer", "trainer"])
def test_a_list_costs_the_same_however_many_pages_there_are(
    client: Client, site: HomePage, django_assert_max_num_queries: Any, who: str
) -> None:
    user = getattr(factories, who)()
    trainer = pages.trainer_page(account=user if who == "trainer" else None)
    shared: dict[str, Any] = {
        "category": factories.category(),
        "trainer": trainer,
        "cover_image": pages.image(),
    }
    client.force_login(user)
    for _ in range(5):
        pages.draft_workout(videos=1, **shared)
    titles(client)

    with django_assert_max_num_queries(34) as few:
        titles(client)
    for _ in range(45):
        pages.draft_workout(videos=0, **shared)
    with django_assert_max_num_queries(len(few)):
        assert len(titles(client)) == 50
