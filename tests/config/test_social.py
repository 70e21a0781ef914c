"""The redirect to Google and Apple and back, with a browser that lies."""

import json
import re
import time
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from config.devservices.identity import IdentityStandIn
from config.devservices.identity.people import ADA, GINA, HANK, Person
from fitness.accounts.models import Profile, User
from tests import factories
from tests.identity import identities, running_identities
from tests.queue import drain

__all__ = ["identities", "running_identities"]
pytestmark = pytest.mark.django_db


def start(browser: Client, provider: str, query: str = "") -> str:
    """Press the button; where the browser is led to."""
    answer = browser.post(f"/sign-in/{provider}{query}", {"time_zone": "Asia/Tokyo"})
    assert answer.status_code == 302
    return str(answer["Location"])


def by_google(browser: Client, who: Person, address: str = "") -> Any:
    consented = requests.post(
        address or start(browser, "google"),
        {"person": who.email},
        allow_redirects=False,
        timeout=5,
    )
    return browser.get(without_origin(consented.headers["Location"]))


def apples_fields(address: str, who: Person) -> dict[str, str]:
    """What Apple's page posts back to ours."""
    html = requests.post(address, {"person": who.email}, timeout=5).text
    return {
        name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', html)
    }


def by_apple(browser: Client, fields: dict[str, str]) -> Any:
    posted = browser.post("/sign-in/apple/done", fields)
    assert posted.status_code == 302
    return browser.get(without_origin(posted["Location"]))


def without_origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def is_signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_apple_by_its_form_brings_a_member_and_a_token_to_give_back(
    client: Client, identities: IdentityStandIn
) -> None:
    answer = by_apple(client, apples_fields(start(client, "apple"), ADA))

    assert answer["Location"] == "/today"
    assert is_signed_in(client)
    assert (Profile.objects.get().name, Profile.objects.get().time_zone) == (
        "Ada Apple",
        "Asia/Tokyo",
    )
    assert SocialToken.objects.get().token_secret


def test_a_link_cannot_change_what_we_ask_a_provider_for(
    client: Client, identities: IdentityStandIn
) -> None:
    query = "?scope=https://mail.google.com/&auth_params=prompt%3Dnone%26redirect_uri%3Dhttps://x"

    asked = parse_qs(urlsplit(start(client, "google", query)).query)

    assert {*asked["scope"][0].split()} == {"openid", "profile", "email"}
    assert "prompt" not in asked
    assert asked["redirect_uri"] == ["http://testserver/sign-in/google/done"]
    assert asked["code_challenge_method"] == ["S256"]


def test_the_button_is_pressed_and_not_linked(client: Client, identities: IdentityStandIn) -> None:
    assert client.get("/sign-in/google").status_code == 200
    assert Client(enforce_csrf_checks=True).post("/sign-in/google").status_code == 403


def test_an_address_that_only_the_browser_tells_is_not_believed(
    client: Client, identities: IdentityStandIn
) -> None:
    """Some Apple accounts have no address; ``user`` is whatever the browser sends."""
    victim = factories.member()
    EmailAddress.objects.create(user=victim, email=victim.email, verified=True, primary=True)
    state = parse_qs(urlsplit(start(client, "apple")).query)
    fields = {
        "state": state["state"][0],
        "code": identities.apple.code(
            ADA,
            client_id=state["client_id"][0],
            redirect_uri=state["redirect_uri"][0],
            nonce=state["nonce"][0],
            email=None,
            email_verified=None,
        ),
        "user": json.dumps({"email": victim.email, "email_verified": True, "sub": "x"}),
    }

    by_apple(client, fields)

    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "user",
    ["", "[]", "null", "7", "{", "[" * 5000, '{"name": []}', '{"name": {"firstName": 7}}'],
)
def test_whatever_the_browser_says_of_the_person_is_no_error(
    client: Client, identities: IdentityStandIn, user: str
) -> None:
    by_apple(client, apples_fields(start(client, "apple"), ADA) | {"user": user})

    assert is_signed_in(client)
    assert Profile.objects.get().name == ""


def test_a_name_survives_a_sign_in_that_failed_for_another_reason(
    client: Client, identities: IdentityStandIn
) -> None:
    first = apples_fields(start(client, "apple"), ADA)
    with identities.failing("/apple/auth/token"):
        assert by_apple(client, first).status_code == 401

    again = apples_fields(start(client, "apple"), ADA)
    by_apple(client, again)

    assert "user" not in again
    assert Profile.objects.get().name == "Ada Apple"


@pytest.mark.parametrize("provider", ["google", "apple"])
def test_the_answer_to_another_sign_in_is_refused(
    client: Client, identities: IdentityStandIn, provider: str
) -> None:
    """Whoever slips their own code into somebody's sign-in would sign them in as themselves."""
    attacker = Client()
    theirs, mine = start(attacker, provider), start(client, provider)
    state = parse_qs(urlsplit(mine).query)["state"][0]

    if provider == "google":
        consented = requests.post(
            theirs, {"person": GINA.email}, allow_redirects=False, timeout=5
        ).headers["Location"]
        code = parse_qs(urlsplit(consented).query)["code"][0]
        answer = client.get("/sign-in/google/done", {"code": code, "state": state})
    else:
        answer = by_apple(client, apples_fields(theirs, ADA) | {"state": state})

    assert answer.status_code == 401
    assert not User.objects.exists()


@pytest.mark.parametrize("state", ["", "unknown", "x" * 5000])
def test_an_answer_that_nobody_asked_for_is_refused(
    client: Client, identities: IdentityStandIn, state: str
) -> None:
    answer = client.get("/sign-in/google/done", {"code": "x", "state": state})

    assert answer.status_code == 401


def test_answers_that_prove_nothing_are_counted(
    client: Client, identities: IdentityStandIn, settings: Settings
) -> None:
    settings.LIMITS = settings.LIMITS | {
        "identity": {"address": (2, 60)},
        "posted_answer": {"address": (2, 60)},
    }

    got = [client.get("/sign-in/google/done", {"code": "x"}).status_code for _ in range(3)]
    posted = [client.post("/sign-in/apple/done", {"state": "x"}).status_code for _ in range(3)]

    assert got == [401, 401, 429]
    assert posted == [302, 302, 429]


def test_apples_callback_keeps_little_and_only_what_is_posted(client: Client) -> None:
    huge = client.post("/sign-in/apple/done", {"user": "x" * 20_000})
    got = client.get("/sign-in/apple/done")
    small = client.post("/sign-in/apple/done", {"state": "x"})

    assert (huge.status_code, got.status_code) == (413, 405)
    assert Session.objects.count() == 1
    cookie = small.cookies["apple-login-session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/sign-in/apple/finish"


def test_a_member_connects_google_on_the_web_and_disconnects_it(
    client: Client, identities: IdentityStandIn
) -> None:
    member = factories.member()
    signed_in(client, member)

    answer = by_google(client, GINA, start(client, "google", "?process=connect"))

    assert answer["Location"] == "/settings/connections"
    connection = SocialAccount.objects.get()
    assert connection.user == member
    client.post("/settings/connections", {"account": connection.pk})
    assert not SocialAccount.objects.exists()


def test_who_has_a_second_factor_passes_it_after_google_too(
    client: Client, identities: IdentityStandIn
) -> None:
    by_google(client, GINA)
    secret = str(generate_totp_secret())
    TOTP.activate(User.objects.get(), secret)
    elsewhere = Client()

    answer = by_google(elsewhere, GINA)

    assert answer["Location"] == "/sign-in/code"
    assert not is_signed_in(elsewhere)
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    elsewhere.post("/sign-in/code", {"code": code})
    assert is_signed_in(elsewhere)


def test_who_has_not_confirmed_the_address_connects_nothing(
    client: Client, identities: IdentityStandIn
) -> None:
    member = factories.member()
    User.objects.update(verified_at=None)
    signed_in(client, member)

    by_google(client, GINA, start(client, "google", "?process=connect"))

    assert not SocialAccount.objects.exists()


def test_the_last_way_in_stays_on_the_web_too(client: Client, identities: IdentityStandIn) -> None:
    by_google(client, HANK)
    connection = SocialAccount.objects.get()

    client.post("/settings/connections", {"account": connection.pk})

    assert SocialAccount.objects.exists()


def test_apple_is_told_when_it_is_disconnected(client: Client, identities: IdentityStandIn) -> None:
    by_apple(client, apples_fields(start(client, "apple"), ADA))
    by_google(client, HANK, start(client, "google", "?process=connect"))
    apple = SocialAccount.objects.get(provider="apple")

    client.post("/settings/connections", {"account": apple.pk})

    drain()
    assert len(identities.apple.revoked) == 1
    assert SocialAccount.objects.get().provider == "google"


def signed_in(browser: Client, member: User) -> None:
    told = {"login": member.email, "password": factories.PASSWORD}
    browser.post("/sign-in", told)
    browser.post("/sign-in/again", {"password": factories.PASSWORD})
    assert is_signed_in(browser)
