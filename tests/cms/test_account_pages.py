"""The pages of an account: ours, all of them, and none tells who has an account here."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.cache import cache
from django.template.loader import get_template
from django.test import Client
from django.urls import NoReverseMatch, reverse
from pytest_django import Settings

from fitness.accounts.models import User
from tests import factories
from tests.addresses import ways
from tests.api.hashers import CountedHasher
from tests.queue import drain

pytestmark = pytest.mark.django_db

PASSKEY = {"name": "Phone", "credential": {"clientExtensionResults": {"credProps": {"rk": True}}}}
ALLAUTH = ("account_", "mfa_", "usersessions_", "socialaccount_")


@pytest.fixture(autouse=True)
def _fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def at_home(client: Client, member: User) -> Client:
    """A browser in which ``member`` has just signed in and said so once more."""
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    client.post("/sign-in", {"login": member.email, "password": factories.PASSWORD})
    client.post("/sign-in/again", {"password": factories.PASSWORD})
    return client


def routed() -> set[str]:
    """The names of allauth's views that an address leads to."""
    names = {str(way[-1].name or "") for way in ways() if "admin" not in str(way[0].pattern)}
    return {name for name in names if name.startswith(ALLAUTH)}


def address_of(name: str, **arguments: Any) -> str:
    for kwargs in ({}, {"key": "x"}, {"uidb36": "1", "key": "x"}, arguments):
        try:
            return reverse(name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    raise AssertionError(f"No way to {name}")


def test_every_page_of_allauth_that_has_an_address_is_ours(at_home: Client, member: User) -> None:
    seen = {name for name in routed() if is_ours(at_home, name)}
    TOTP.activate(member, generate_totp_secret())
    RecoveryCodes.activate(member)
    seen |= {name for name in routed() if is_ours(Client(), name) or is_ours(at_home, name)}
    key = Authenticator.objects.create(user=member, type="webauthn", data=PASSKEY)
    of_one_key = {"mfa_edit_webauthn", "mfa_remove_webauthn"}
    seen |= {name for name in of_one_key if is_ours(at_home, name, pk=key.pk)}

    # Steps of a sign-in that is under way or has failed, a page for those without a password, a
    # file.
    unseen = {
        "socialaccount_login_error",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "mfa_reauthenticate_webauthn",
    }
    unseen |= {"account_set_password", "mfa_download_recovery_codes"}
    assert routed() - seen == unseen


def is_ours(browser: Client, name: str, pk: int = 1) -> bool:
    """Whether it shows a page at all; a page that is not ours fails."""
    answer = browser.get(address_of(name, pk=pk), headers={"Accept": "text/html"})
    is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    if is_page:
        html = answer.content.decode()
        assert 'class="site-head"' in html, name
        assert "css/account.css" in html, name
    return is_page


def test_no_template_of_allauth_shows_through() -> None:
    import allauth

    theirs = Path(allauth.__file__).parent / "templates"
    ours = Path(__file__).parents[2] / "templates"
    apps = ("account", "mfa", "usersessions", "socialaccount")
    pages = [
        str(path.relative_to(theirs))
        for app in apps
        for path in (theirs / app).rglob("*")
        if path.is_file() and "{% extends" in path.read_text()[:200]
    ]
    # Codes by mail or phone, changing to one address, trusted browsers and joining by passkey
    # are off; bases are of pages that we replace.
    off = re.compile(r"code|phone|email_change|base|trust|passkey|signup_form")

    for name in pages:
        if not off.search(Path(name).name):
            assert str(get_template(name).origin).startswith(str(ours)), name


def join(browser: Client, email: str) -> Any:
    return browser.post("/sign-up", {"email": email, "password1": factories.PASSWORD})


def test_joining_answers_a_known_address_as_it_does_a_new_one(member: User) -> None:
    new, known = Client(), Client()

    answers = [join(new, "new@example.com"), join(known, member.email.upper())]
    pages = [browser.get("/verify-email").content.decode() for browser in (new, known)]
    drain()

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/verify-email")}
    blanked = [
        re.sub(r'value="\w{64}"', "", page).replace(email, "")
        for page, email in zip(pages, ("new@example.com", member.email), strict=True)
    ]
    assert blanked[0] == blanked[1]
    assert [message.to for message in mail.outbox] == [["new@example.com"], [member.email]]
    assert "a member already" in mail.outbox[1].body
    assert "_auth_user_id" not in new.session


def test_another_mail_is_promised_to_both_alike(member: User) -> None:
    new, known = Client(), Client()
    join(new, "new@example.com")
    join(known, member.email)

    again = [
        browser.post("/verify-email", follow=True).content.decode() for browser in (new, known)
    ]

    assert all("We have sent you a link." in page for page in again)


def test_following_the_link_signs_in_the_browser_that_joined(client: Client) -> None:
    client.post(
        "/sign-up",
        {"email": "new@example.com", "password1": factories.PASSWORD, "next": "/plans"},
    )
    drain()
    [link] = re.findall(r"/verify-email/\S+", str(mail.outbox[0].body))

    shown = client.get(link)
    confirmed = client.post(link)

    assert "Is this you?" in shown.content.decode()
    assert confirmed.url == "/plans"
    user = User.objects.get(email="new@example.com")
    assert user.verified_at is not None
    assert client.session["_auth_user_id"] == str(user.pk)


def test_following_the_link_elsewhere_signs_nobody_in(client: Client) -> None:
    join(Client(), "new@example.com")
    address = EmailAddress.objects.get(email="new@example.com")

    client.post(f"/verify-email/{EmailConfirmationHMAC.create(address).key}")

    address.refresh_from_db()
    assert address.verified
    assert "_auth_user_id" not in client.session


def test_members_who_have_not_confirmed_may_sign_in_and_are_reminded(client: Client) -> None:
    join(Client(), "new@example.com")

    client.post("/sign-in", {"login": "new@example.com", "password": factories.PASSWORD})
    page = client.get("/today").content.decode()
    cache.clear()
    asked = client.post("/verify-email", {"next": "/today"})
    drain()

    assert "Confirm your address to buy" in page
    assert asked.url == "/today"
    assert [message.to for message in mail.outbox] == [["new@example.com"]] * 2


def test_the_banner_leads_nowhere_else(client: Client, member: User) -> None:
    client.force_login(member)

    for away in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert client.post("/verify-email", {"next": away}).url == "/verify-email"


def test_members_who_have_confirmed_are_not_reminded(at_home: Client) -> None:
    assert "Confirm your address" not in at_home.get("/today").content.decode()


def test_a_wrong_password_and_an_unknown_address_are_told_alike(member: User) -> None:
    pages = [
        Client().post("/sign-in", {"login": email, "password": "wrong"}).context["form"].errors
        for email in (member.email, "nobody@example.com")
    ]

    assert pages[0] == pages[1]


def test_a_reset_answers_a_known_address_as_it_does_an_unknown_one(member: User) -> None:
    answers = [
        Client().post("/password-reset", {"email": email})
        for email in (member.email, "nobody@example.com")
    ]
    drain()

    assert {(answer.status_code, answer.url) for answer in answers} == {
        (302, "/password-reset/sent")
    }
    assert [message.to for message in mail.outbox] == [[member.email], ["nobody@example.com"]]


def test_adding_the_address_of_another_member_is_not_told(at_home: Client) -> None:
    other = factories.member()

    answer = at_home.post("/settings/email", {"action_add": "", "email": other.email})

    assert (answer.status_code, answer.url) == (302, "/settings/email")


def test_another_browser_is_ended_and_only_ones_own(at_home: Client, member: User) -> None:
    elsewhere, strange = Client(headers={"User-Agent": "Firefox/140 (Windows)"}), Client()
    elsewhere.post("/sign-in", {"login": member.email, "password": factories.PASSWORD})
    other = factories.member()
    strange.post("/sign-in", {"login": other.email, "password": factories.PASSWORD})
    page = at_home.get("/settings/sessions").content.decode()
    theirs = UserSession.objects.get(user=other)
    mine = UserSession.objects.get(session_key=elsewhere.session.session_key)

    refused = at_home.post(f"/settings/sessions/{theirs.pk}/end")
    ended = at_home.post(f"/settings/sessions/{mine.pk}/end")

    assert "Firefox on Windows" in page
    assert (refused.status_code, ended.url) == (404, "/settings/sessions")
    assert elsewhere.get("/settings").url.startswith("/sign-in")
    assert strange.get("/settings").status_code == 200
    assert at_home.get("/settings").status_code == 200


def test_a_changed_password_ends_other_browsers_and_is_mailed(
    at_home: Client, member: User
) -> None:
    elsewhere = Client()
    elsewhere.post("/sign-in", {"login": member.email, "password": factories.PASSWORD})
    new = "an even longer sentence"

    answer = at_home.post(
        "/settings/password",
        {
            "oldpassword": factories.PASSWORD, "password1": new, "password2": new,
            "next": "/settings",
        },
    )  # fmt: skip
    drain()

    assert answer.url == "/settings"
    assert at_home.get("/settings").status_code == 200
    assert elsewhere.get("/settings").url.startswith("/sign-in")
    assert mail.outbox[-1].subject == "Your FitCore password was changed"


def test_settings_take_as_many_queries_whatever_the_account_has(
    at_home: Client, member: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        EmailAddress.objects.create(user=member, email=f"m{number}@example.com")
        Authenticator.objects.create(user=member, type="webauthn", data=PASSKEY)

    with django_assert_max_num_queries(4):
        assert at_home.get("/settings").status_code == 200


def test_known_and_unknown_addresses_cost_as_many_password_hashes(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["tests.api.hashers.CountedHasher"]
    known = factories.member().email
    ways: list[Callable[[str], object]] = [
        lambda email: join(Client(), email),
        lambda email: Client().post("/sign-in", {"login": email, "password": "not mine"}),
    ]

    for way in ways:
        hashed = []
        for email in (known, "nobody@example.com"):
            CountedHasher.count = 0
            way(email)
            hashed.append(CountedHasher.count)
        assert hashed[0] == hashed[1] > 0
        User.objects.filter(email="nobody@example.com").delete()
