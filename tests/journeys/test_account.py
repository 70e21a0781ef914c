"""Accounts in a real browser: joining, the second step, passkeys, other browsers, axe."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from config.roles import EDITOR, give_role
from fitness.accounts.models import User
from tests import factories
from tests.cms import factories as pages
from tests.database import add_what_migrations_add
from tests.journeys.test_pages import check
from tests.queue import drain

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEW_PASSWORD = "quite another sentence"


@pytest.fixture
def site(live_server: LiveServer) -> Iterator[str]:
    add_what_migrations_add()
    pages.home()
    cache.clear()
    yield live_server.url
    cache.clear()


@pytest.fixture
def maya(site: str) -> User:
    """A member whose address is confirmed."""
    user = factories.member()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def test_from_joining_to_a_new_password(site: str, page: Page) -> None:
    page.goto(f"{site}/sign-up")
    page.get_by_label("Email").fill("maya@example.com")
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Join free").click()
    expect(page.get_by_role("heading", name="Look in your inbox.")).to_be_visible()
    page.goto(link_in_mail(site, "maya@example.com"))
    page.get_by_role("button", name="Yes, confirm").click()
    expect(page.get_by_role("heading", name="Start a streak today.")).to_be_visible()
    assert User.objects.get().profile.time_zone == "Europe/Berlin"

    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site}/sign-in")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("Email").fill("maya@example.com")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Look in your inbox.")).to_be_visible()
    page.goto(link_in_mail(site, "maya@example.com"))
    page.get_by_label("New Password", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("New Password (again)").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Save it").click()
    page.get_by_role("link", name="Sign in").last.click()

    sign_in(page, site, "maya@example.com", NEW_PASSWORD)
    expect(page.get_by_role("heading", name="Start a streak today.")).to_be_visible()


def test_an_app_is_set_up_and_asked_for(
    site: str, page: Page, maya: User, settings: Settings
) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    give_role(maya, EDITOR)
    sign_in(page, site, maya.email)
    page.goto(f"{site}/cms/")
    follow_the_letter(page, site, maya)
    page.get_by_role("link", name="Use an authenticator app").click()
    confirm_it_is_me(page)
    expect(page.get_by_role("img", name="QR code for your authenticator app")).to_be_visible()
    secret = page.locator("#authenticator_secret").inner_text()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Turn it on").click()
    recovery = page.locator(".codes code").first.inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download them").click()
    assert recovery in download.value.path().read_text()

    page.context.clear_cookies()
    cache.clear()  # the code above is spent for half a minute
    sign_in(page, site, maya.email, to="/cms/")
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page).to_have_title(re.compile("FitCore"))
    assert page.url == f"{site}/cms/"


def test_a_passkey_opens_the_admin_first_with_a_password_then_alone(
    site: str, page: Page, maya: User, settings: Settings
) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    give_role(maya, EDITOR)
    with_virtual_authenticator(page)
    sign_in(page, site, maya.email)
    page.goto(f"{site}/settings/passkeys/add")
    follow_the_letter(page, site, maya)
    page.get_by_role("link", name="Use a passkey").click()
    confirm_it_is_me(page)
    page.get_by_label("Name").fill("Maya's phone")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Recovery codes.")).to_be_visible()

    page.goto(f"{site}/cms/")  # signed in, but the factor was not passed in this session
    page.get_by_role("button", name="Use the passkey").click()
    page.wait_for_url(f"{site}/cms/")

    page.context.clear_cookies()
    sign_in(page, site, maya.email, to="/cms/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{site}/cms/")

    page.context.clear_cookies()
    page.goto(f"{site}/sign-in?next=/cms/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{site}/cms/")

    page.goto(f"{site}/settings/passkeys")
    expect(page.get_by_role("link", name="Rename Maya's phone")).to_be_visible()


def test_a_passkey_that_is_not_used_is_told_in_words(site: str, page: Page) -> None:
    with_virtual_authenticator(page)
    page.goto(f"{site}/sign-in")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("The passkey was not used.")


def test_one_browser_ends_another(site: str, page: Page, browser: Browser, maya: User) -> None:
    elsewhere = browser.new_context(user_agent="Mozilla/5.0 (iPhone) Safari/605").new_page()
    sign_in(elsewhere, site, maya.email)
    sign_in(page, site, maya.email)

    page.goto(f"{site}/settings/sessions")
    page.get_by_role("button", name="Sign out Safari on iPhone").click()
    expect(page.get_by_text("That browser is signed out.")).to_be_visible()
    elsewhere.goto(f"{site}/settings")

    expect(elsewhere.get_by_role("heading", name="Welcome back.")).to_be_visible()
    elsewhere.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_account_pages_are_accessible(
    site: str, page: Page, maya: User, scheme: Any, width: int
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})

    for path in VISITORS:
        page.goto(f"{site}{path}")
        check(page, path)
    sign_in(page, site, maya.email)
    page.goto(f"{site}/settings/two-factor/app")
    confirm_it_is_me(page)
    check(page, "/settings/two-factor/app")
    page.get_by_label("Authenticator code").fill(
        code_of(page.locator("#authenticator_secret").inner_text())
    )
    page.get_by_role("button", name="Turn it on").click()
    User.objects.update(verified_at=None)  # with the banner
    for path in MEMBERS:
        page.goto(f"{site}{path}")
        check(page, path)


VISITORS = ["/verify-email", "/verify-email/x", "/password-reset/sent", "/account/closed"]
MEMBERS = [
    "/settings", "/settings/email", "/settings/password", "/settings/sessions",
    "/settings/two-factor", "/settings/two-factor/app/remove", "/settings/two-factor/codes",
    "/settings/two-factor/codes/new", "/settings/passkeys", "/settings/passkeys/add",
    "/settings/privacy", "/settings/privacy/close", "/settings/profile",
    "/settings/two-factor/staff", "/sign-in/again", "/sign-in/again/code",
]  # fmt: skip


def sign_in(
    page: Page, site: str, email: str, password: str = factories.PASSWORD, *, to: str = ""
) -> None:
    page.goto(f"{site}/sign-in" + (f"?next={to}" if to else ""))
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Welcome back.")).to_be_hidden()


def confirm_it_is_me(page: Page) -> None:
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Go on").click()


def link_in_mail(site: str, to: str) -> str:
    drain()
    newest = mail.outbox[-1]
    assert newest.to == [to]
    [link] = re.findall(rf"{site}/(?:verify-email|password-reset)/\S+", str(newest.body))
    return str(link)


def follow_the_letter(page: Page, site: str, staff: User) -> None:
    """Show by mail whose account it is."""
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_text("We have sent you a link.")).to_be_visible()
    drain()
    assert mail.outbox[-1].to == [staff.email]
    [path] = re.findall(r"/settings/two-factor/staff/\S+", str(mail.outbox[-1].body))
    page.goto(f"{site}{path}")
    page.get_by_role("button", name="Yes, go on").click()


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def with_virtual_authenticator(page: Page) -> None:
    """A phone that knows its owner's finger, as chromium plays it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
                "hasUserVerification": True, "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )  # fmt: skip
