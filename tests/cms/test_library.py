"""The library: every state is an address, and nothing in an address breaks it."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from cms.home.models import HomePage
from cms.workouts.library import PAGE_SIZE
from fitness.accounts.models import User
from fitness.training.models import Workout, WorkoutVideo
from fitness.training.services import save_progress
from tests import factories
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db


def titles(client: Client, address: str) -> list[str]:
    return [card.title for card in client.get(address).context["cards"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("category=strength", ["Iron"]),
        ("difficulty=advanced", ["Iron"]),
        ("equipment=barbell", ["Iron"]),
        ("access=premium", ["Iron"]),
        ("access=free", ["Flow"]),
        ("minutes=10", ["Flow"]),
        ("minutes=10&category=strength", []),
        ("sort=title", ["Flow", "Iron"]),
        ("sort=longest", ["Iron", "Flow"]),
        ("sort=shortest", ["Flow", "Iron"]),
        ("", ["Iron", "Flow"]),
    ],
)
def test_filters_narrow_the_library_down(
    client: Client, site: HomePage, query: str, found: list[str]
) -> None:
    mobility = factories.category(slug="mobility")
    strength = factories.category(slug="strength")
    factories.workout(title="Flow", videos=1, category_id=mobility.pk)
    factories.workout(
        title="Iron",
        videos=2,
        category_id=strength.pk,
        difficulty="advanced",
        equipment=["barbell"],
        access="purchase",
    )

    assert titles(client, f"/workouts/?{query}") == found


@pytest.mark.parametrize(
    "query",
    [
        "category=nowhere",
        "difficulty=impossible",
        "equipment=' OR 1=1",
        "minutes=-5",
        "minutes=99999999999999999999",
        "access=everything",
        "sort=password",
        "after=not-a-uuid",
        f"after={UUID(int=1)}",
        "category=%00",
        "sort=%F0%9F%92%AA&minutes=%E2%82%AC",
    ],
)
def test_what_makes_no_sense_in_an_address_is_passed_over(
    client: Client, site: HomePage, query: str
) -> None:
    factories.workout(title="Flow")

    answer = client.get(f"/workouts/?{query}")

    assert answer.status_code == 200
    assert answer.context["active_count"] == 0
    assert [card.title for card in answer.context["cards"]] == ["Flow"]


def test_the_library_goes_on_page_by_page_and_shows_everything_once(
    client: Client, site: HomePage
) -> None:
    for _ in range(PAGE_SIZE * 2 + 1):
        factories.workout()
    seen: list[str] = []
    address = "/workouts/?sort=title"

    while address:
        answer = client.get(address)
        seen += [card.title for card in answer.context["cards"]]
        address = answer.context["next_url"]

    assert len(seen) == PAGE_SIZE * 2 + 1
    assert set(seen) == set(Workout.objects.values_list("title", flat=True))


@pytest.mark.parametrize("sort", ["newest", "shortest", "longest", "title"])
def test_workouts_that_are_alike_are_not_lost_between_pages(
    client: Client, site: HomePage, sort: str
) -> None:
    moment = timezone.now()
    for _ in range(PAGE_SIZE + 3):
        factories.workout(title="Twin", published_at=moment)

    first = client.get(f"/workouts/?sort={sort}").context
    second = client.get(first["next_url"]).context

    uids = {card.uid for card in [*first["cards"], *second["cards"]]}
    assert len(uids) == PAGE_SIZE + 3
    assert second["next_url"] == ""


def test_a_choice_is_turned_off_by_the_address_that_turned_it_on(
    client: Client, site: HomePage
) -> None:
    shelf = factories.category(slug="strength", name="Strength")
    factories.workout(category_id=shelf.pk)

    filters = client.get("/workouts/?category=strength&minutes=20").context["filters"]

    choice = filters[0].choices[0]
    assert (choice.label, choice.count, choice.is_active) == ("Strength", 1, True)
    assert choice.url == "/workouts/?minutes=20"


def test_htmx_gets_the_results_alone(client: Client, site: HomePage) -> None:
    factories.workout(title="Flow")

    whole = client.get("/workouts/")
    part = client.get("/workouts/?sort=title", headers={"HX-Request": "true"})

    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert "Flow" in part.content.decode()
    assert "HX-Request" in part["Vary"]


def test_a_member_sees_how_far_they_came(signed_in: Client, member: User, site: HomePage) -> None:
    workout = factories.workout(videos=2)
    place = WorkoutVideo.objects.get(position=1)
    now = timezone.now()
    save_progress(
        user_id=member.pk,
        workout=workout,
        video=place.video,
        percent=60,
        position_seconds=360,
        watched_at=now,
        now=now,
    )

    assert signed_in.get("/workouts/").context["cards"][0].percent == 30


@pytest.mark.parametrize("address", ["/", "/workouts/"])
def test_a_page_of_many_workouts_costs_no_more_than_one_of_one(
    signed_in: Client, site: HomePage, django_assert_max_num_queries: Any, address: str
) -> None:
    shelf = factories.category()
    factories.workout(category_id=shelf.pk, is_featured=True, videos=1)
    pages.article_page(cover_image=pages.image())
    signed_in.get(address)
    with django_assert_max_num_queries(12) as one:
        signed_in.get(address)
    for _ in range(29):
        factories.workout(category_id=shelf.pk, is_featured=True, videos=1)

    with django_assert_max_num_queries(len(one)):
        signed_in.get(address)


def test_an_empty_site_has_pages_all_the_same(client: Client, site: HomePage) -> None:
    for address in ["/", "/workouts/", "/articles/"]:
        assert client.get(address).status_code == 200
