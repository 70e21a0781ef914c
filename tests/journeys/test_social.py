"""Signing in with Google and Apple in a real browser, across sites as in the world."""

import re

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from config.devservices.identity import IdentityStandIn
from config.devservices.identity.people import ADA, GINA
from fitness.accounts.models import Profile, User
from tests import factories
from tests.cms import factories as pages
from tests.database import add_what_migrations_add
from tests.identity import identities, running_identities

__all__ = ["identities", "running_identities"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server: LiveServer, identities: IdentityStandIn, settings: Settings) -> str:
    """The site by one name, Google and Apple by another: cookies do not travel between them."""
    add_what_migrations_add()
    pages.home()
    allowed = ["'self'", identities.base]
    settings.SECURE_CSP = settings.SECURE_CSP | {"form-action": allowed}
    return live_server.url.replace("127.0.0.1", "localhost")


def choose(page: Page, who: str) -> None:
    page.get_by_role("button", name=re.compile(who)).click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def test_a_visitor_joins_with_google_and_comes_back(site: str, page: Page) -> None:
    page.goto(f"{site}/sign-up")
    page.get_by_role("button", name="Continue with Google").click()
    choose(page, GINA.name)
    page.wait_for_url(f"{site}/today")
    profile = Profile.objects.get()
    assert (profile.name, profile.time_zone) == ("Gina Gold", "Europe/Berlin")
    sign_out(page)

    page.goto(f"{site}/sign-in?next=/plans")
    page.get_by_role("button", name="Continue with Google").click()
    choose(page, GINA.name)

    page.wait_for_url(f"{site}/plans")
    assert User.objects.count() == 1
    assert User.objects.get().verified_at is not None


def test_a_visitor_joins_with_apple_behind_a_hidden_address_and_comes_back(
    site: str, page: Page
) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_role("button", name="Continue with Apple").click()
    page.get_by_label("Hide my e-mail").check()
    choose(page, ADA.name)
    page.wait_for_url(f"{site}/today")
    assert User.objects.get().email == ADA.relay
    assert Profile.objects.get().name == "Ada Apple"
    assert SocialToken.objects.get().token_secret
    sign_out(page)

    page.goto(f"{site}/sign-in")
    page.get_by_role("button", name="Continue with Apple").click()
    page.get_by_label("Hide my e-mail").check()
    choose(page, ADA.name)

    page.wait_for_url(f"{site}/today")
    assert User.objects.count() == 1


@pytest.mark.parametrize("provider", ["Google", "Apple"])
def test_who_changes_their_mind_there_is_back_at_a_friendly_page(
    site: str, page: Page, provider: str
) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_role("button", name=f"Continue with {provider}").click()
    page.get_by_role("button", name="Cancel").click()

    page.wait_for_url(f"{site}/sign-in/cancelled")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert not User.objects.exists()


def test_an_address_in_doubt_leads_back_to_the_sign_in_page_with_the_reason(
    site: str, page: Page
) -> None:
    User.objects.create_user(GINA.email, factories.PASSWORD)

    page.goto(f"{site}/sign-in")
    page.get_by_role("button", name="Continue with Google").click()
    choose(page, GINA.name)

    page.wait_for_url(f"{site}/sign-in")
    expect(page.get_by_text("There is an account with this address")).to_be_visible()
    assert not SocialAccount.objects.exists()


def test_a_provider_that_is_away_leads_to_a_friendly_page(
    site: str, page: Page, identities: IdentityStandIn
) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_role("button", name="Continue with Google").click()
    with identities.failing("/google/token"):
        choose(page, GINA.name)
        expect(page.get_by_role("heading", level=1)).to_be_visible()

    assert not User.objects.exists()
