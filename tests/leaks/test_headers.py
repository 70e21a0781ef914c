"""Who may keep an answer: everybody the locked one, and nobody but its reader the open one."""

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.cms.conftest import admin
from tests.leaks.asking import browser
from tests.leaks.world import NEEDLE, World, build, entitled

pytestmark = pytest.mark.django_db

__all__ = ["admin"]
PAGES = ["workout", "article", "tutorial", "programme"]
DETAILS = {
    "workout": "/api/workouts/{}",
    "article": "/api/content/articles/{}",
    "tutorial": "/api/content/tutorials/{}",
    "programme": "/api/content/programmes/{}",
}


@pytest.fixture
def world() -> World:
    return build()


@pytest.mark.parametrize("kind", PAGES)
def test_a_page(world: World, kind: str) -> None:
    url = world.pages[kind].url

    opened, locked = browser(entitled()).get(url), browser(None).get(url)

    assert NEEDLE in opened.content.decode()
    assert (opened["Cache-Control"], opened.get("ETag")) == ("private, no-store", None)
    assert (locked["Cache-Control"], bool(locked["ETag"])) == ("public, max-age=60", True)
    assert "Cookie" in opened["Vary"]
    assert "Cookie" in locked["Vary"]


@pytest.mark.parametrize("kind", DETAILS)
def test_a_detail_of_the_api(world: World, kind: str) -> None:
    url, phone = DETAILS[kind].format(world.pages[kind].translation_key), browser(entitled())

    opened, locked = phone.get(url), browser(None).get(url)
    again = browser(None).get(url, headers={"If-None-Match": opened["ETag"]})
    known = browser(None).get(url, headers={"If-None-Match": locked["ETag"]})

    assert NEEDLE in opened.content.decode()
    assert opened["Cache-Control"] == "private, no-cache"
    assert locked["Cache-Control"] == "public, max-age=60"
    assert (opened["Vary"], locked["Vary"]) == ("Authorization", "Authorization")
    assert (again.status_code, again.content) == (200, locked.content)
    assert (known.status_code, known.content) == (304, b"")


def test_wagtails_own_privacy_is_not_offered(world: World, admin: Client) -> None:
    page = world.pages["article"]
    form = f"/cms/pages/{page.pk}/privacy/"

    editing = admin.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    admin.post(form, {"restriction_type": "login"})

    assert "set-privacy" not in editing
    assert "Everyone sees the page with its teaser" in editing
    assert not PageViewRestriction.objects.exists()


def test_wagtails_own_privacy_hides_no_teaser(world: World) -> None:
    page = world.pages["article"]
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    seen = browser(None).get(page.url)

    assert (seen.status_code, page.teaser in seen.content.decode()) == (200, True)


def test_nothing_keeps_whole_pages() -> None:
    assert not [name for name in settings.MIDDLEWARE if "cache" in name.lower()]
