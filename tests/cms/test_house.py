"""Every room of the editors' house, entered by those who work in it and those who do not."""

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from cms.dashboard.reports import REPORTS
from cms.home.models import HomePage
from tests import factories
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db

LISTS = ["workout_list", "programme_list", "tutorial_list", "article_list"]
STAFF = ["writer", "moderator", "editor", "trainer", "admin"]


def rooms() -> list[str]:
    """The addresses of all that this app adds to the admin."""
    listings = [reverse(f"{name}:{part}") for name in LISTS for part in ("index", "index_results")]
    reports = [reverse(f"{name}_report{part}") for name in REPORTS for part in ("", "_results")]
    files = [f"{url}?export={kind}" for url in reports[::2] for kind in ("csv", "xlsx")]
    return ["/cms/", reverse("how_we_work"), *listings, *reports, *files]


@pytest.fixture
def furnished(site: HomePage) -> None:
    """One of everything, so that each list has a row to draw."""
    video = factories.video()
    workout = pages.workout_page(cover_image=pages.image(), access="premium", chosen=[video])
    pages.draft_workout(access="member", teaser="")
    pages.programme_page(workouts=[workout])
    pages.tutorial_page(video=video)
    pages.article_page()


@pytest.mark.parametrize("who", STAFF)
def test_every_room_opens_for_whoever_works_here(client: Client, furnished: None, who: str) -> None:
    user = getattr(factories, who)()
    pages.trainer_page(account=user if who == "trainer" else None)
    client.force_login(user)

    for url in rooms():
        assert client.get(url).status_code == HTTPStatus.OK, url


def test_no_room_opens_for_a_member(signed_in: Client, furnished: None) -> None:
    for url in rooms():
        assert signed_in.get(url, follow=True).status_code == HTTPStatus.FORBIDDEN, url


def test_no_room_opens_for_a_visitor(client: Client, furnished: None) -> None:
    for url in rooms():
        assert client.get(url).status_code == HTTPStatus.FOUND, url


def test_a_trainer_without_a_page_finds_the_guide_and_no_lists(
    client: Client, furnished: None
) -> None:
    client.force_login(factories.trainer())

    for url in rooms():
        answer = client.get(url)
        is_open = url in {"/cms/", reverse("how_we_work")}
        assert (answer.status_code == HTTPStatus.OK) is is_open, url


@pytest.mark.parametrize("who", STAFF)
def test_the_guide_leads_nowhere_that_is_closed(client: Client, furnished: None, who: str) -> None:
    user = getattr(factories, who)()
    pages.trainer_page(account=user if who == "trainer" else None)
    client.force_login(user)

    html = client.get(reverse("how_we_work")).content.decode()
    guide = html.partition('class="nice-padding guide"')[2]
    ways = {part.partition('"')[0] for part in guide.split('href="')[1:]}

    assert len(ways) >= 8
    for way in ways:
        answer = client.get(way.replace("&amp;", "&"), follow=True)
        assert answer.status_code == HTTPStatus.OK, way
        assert all(hop != "/cms/" for hop, _ in answer.redirect_chain), way


def test_the_guide_tells_each_how_their_work_ends(client: Client, site: HomePage) -> None:
    told = {}
    for who in ("writer", "moderator"):
        client.force_login(getattr(factories, who)())
        told[who] = client.get(reverse("how_we_work")).content.decode()

    assert "Submit to moderators approval" in told["writer"]
    assert "Approve and publish" in told["moderator"]


def test_the_guide_is_in_the_menu(admin: Client, site: HomePage) -> None:
    assert reverse("how_we_work") in admin.get("/cms/").content.decode()
