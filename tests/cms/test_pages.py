"""Each type of page as visitors and members get it, and what it costs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cms.core.listing import PAGE_SIZE
from cms.home.models import HomePage
from cms.trainers.models import TrainerPage
from fitness.accounts.models import User
from tests import factories
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12


def html_of(client: Client, page: Any) -> str:
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


def cost_of(client: Client, address: str, most: Any) -> int:
    """How many queries an address takes once its pictures have been cut."""
    client.get(address)
    with most(MOST_QUERIES) as asked:
        client.get(address)
    return len(asked)


def test_a_trainers_page_lists_their_workouts_and_nobody_elses(client: Client) -> None:
    trainer = pages.trainer_page(title="Ines Okafor", role="Strength coach")
    pages.workout_page(title="Heavy things", trainer=trainer)
    pages.workout_page(title="Somebody else's", trainer=pages.trainer_page())
    pages.draft_workout(title="Not yet", trainer=trainer)

    html = html_of(client, trainer)

    assert "Strength coach" in html
    assert "Heavy things" in html
    assert "Somebody else" not in html
    assert "Not yet" not in html


def test_a_workout_names_its_trainer_while_their_page_is_there(client: Client) -> None:
    trainer = pages.trainer_page(title="Ines Okafor")
    page = pages.workout_page(trainer=trainer)
    named = html_of(client, page)

    TrainerPage.objects.get(pk=trainer.pk).unpublish()

    assert "Ines Okafor" in named
    assert "Ines Okafor" not in html_of(client, page)


def test_a_trainer_who_leaves_leaves_their_workouts(client: Client) -> None:
    trainer = pages.trainer_page()
    page = pages.workout_page(trainer=trainer)

    trainer.delete()

    page.refresh_from_db()
    assert page.trainer is None
    assert page.get_latest_revision_as_object().trainer is None
    html_of(client, page)


def test_a_programme_shows_its_weeks_in_order(client: Client) -> None:
    later, first = pages.workout_page(title="Later"), pages.workout_page(title="First")
    page = pages.programme_page(workouts=[first, later], a_week=1, access="premium")

    html = html_of(client, page)

    assert html.index("Week 1") < html.index("First") < html.index("Week 2") < html.index("Later")


def test_a_programme_passes_over_what_is_no_longer_published(client: Client) -> None:
    there, gone = pages.workout_page(title="There"), pages.workout_page(title="Gone")
    page = pages.programme_page(workouts=[there, gone], access="free")

    gone.unpublish()

    html = html_of(client, page)
    assert "There" in html
    assert "Gone" not in html


def test_an_alias_in_a_programme_is_the_workout_it_follows(client: Client) -> None:
    source = pages.workout_page(title="Source")
    alias = source.create_alias(update_slug="elsewhere")

    html = html_of(client, pages.programme_page(workouts=[alias], access="free"))

    assert source.url in html


def test_a_session_stands_in_one_of_the_weeks() -> None:
    page = pages.programme_page(workouts=[pages.workout_page() for _ in range(2)], a_week=1)
    page.weeks = 1

    with pytest.raises(Exception, match="week 2 of 1"):
        page.check_ready()


def test_a_category_has_its_own_shelf(client: Client) -> None:
    shelf = factories.category()
    pages.workout_page(title="On it", category=shelf)
    pages.workout_page(title="Elsewhere")
    page = pages.category_page(title="Strength", category=shelf)

    html = html_of(client, page)

    assert "On it" in html
    assert "Elsewhere" not in html
    assert f'href="{page.url}"' in client.get("/").content.decode()


def test_a_landing_page_tells_its_story(client: Client) -> None:
    assert "What it is for." in html_of(client, pages.landing_page())


@pytest.mark.parametrize(
    ("make", "address"),
    [
        (pages.article_page, "/articles/"),
        (pages.programme_page, "/programmes/"),
        (pages.tutorial_page, "/tutorials/"),
        (pages.trainer_page, "/trainers/"),
    ],
)
def test_a_list_is_read_on_to_its_end(
    client: Client, make: Callable[..., Any], address: str, django_assert_max_num_queries: Any
) -> None:
    made = [make(cover_image=pages.image()) for _ in range(2)]
    few = cost_of(client, address, django_assert_max_num_queries)
    made += [make(cover_image=pages.image()) for _ in range(PAGE_SIZE)]

    top = client.get(address)
    rest = client.get(top.context["next_url"])

    many = cost_of(client, address, django_assert_max_num_queries)
    assert many <= few
    shown = [card.title for card in [*top.context["cards"], *rest.context["cards"]]]
    assert sorted(shown) == sorted(page.title for page in made)
    assert rest.context["next_url"] == ""
    assert client.get(f"{address}?after=nothing").context["cards"] == top.context["cards"]


def test_a_shelf_is_read_on_to_its_end(client: Client) -> None:
    shelf = factories.category()
    page = pages.category_page(category=shelf)
    for _ in range(PAGE_SIZE + 1):
        pages.workout_page(category=shelf)

    top = client.get(page.url)
    rest = client.get(top.context["next_url"])

    assert (len(top.context["cards"]), len(rest.context["cards"])) == (PAGE_SIZE, 1)


@pytest.mark.parametrize("who", ["visitor", "free", "premium"])
def test_pages_cost_as_many_queries_with_many_rows_as_with_few(
    client: Client, member: User, who: str, django_assert_max_num_queries: Any
) -> None:
    if who != "visitor":
        client.force_login(member)
    if who == "premium":
        pages.give(member, "premium")
    shelf = factories.category()

    def one_of_each(count: int) -> list[Any]:
        trainer = pages.trainer_page(cover_image=pages.image())
        workouts = [
            pages.workout_page(category=shelf, trainer=trainer, cover_image=pages.image())
            for _ in range(count)
        ]
        shared: dict[str, Any] = {
            "category": shelf,
            "access": "premium",
            "cover_image": pages.image(),
        }
        return [
            trainer,
            pages.programme_page(workouts=workouts, **shared),
            pages.tutorial_page(video=factories.video(), **shared),
            pages.landing_page(cover_image=pages.image()),
            pages.category_page(category=shelf),
            pages.workout_page(trainer=trainer, videos=count, **shared),
            pages.article_page(**shared),
        ]

    few = one_of_each(1)
    costs = [cost_of(client, page.url, django_assert_max_num_queries) for page in few]
    many = one_of_each(5)

    for page, cost in zip(many, costs, strict=True):
        # What stands below a page may be nothing while there is one: one query more is a shelf.
        assert cost_of(client, page.url, django_assert_max_num_queries) <= cost, page


def test_the_home_page_shows_programmes(client: Client, site: HomePage) -> None:
    pages.programme_page(title="Four weeks")

    assert "Four weeks" in client.get("/").content.decode()


@pytest.mark.parametrize(
    "make", [pages.programme_page, pages.tutorial_page, pages.trainer_page, pages.landing_page]
)
def test_copies_aliases_schedules_and_drafts_behave_as_for_articles(
    client: Client, make: Callable[..., Any]
) -> None:
    page = make(title="Once")

    copy = page.copy(update_attrs={"slug": "copy", "title": "Twice"}, keep_live=True)
    alias = page.create_alias(update_slug="alias")
    draft = page.get_latest_revision_as_object()
    draft.title = "Never shown"
    draft.save_revision()

    assert "Twice" in html_of(client, copy)
    assert "Once" in html_of(client, alias)
    assert "Never shown" not in html_of(client, page)
