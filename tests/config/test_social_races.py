"""One identity that several browsers connect to several accounts at once."""

from typing import Any

import pytest
import requests
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from config.devservices.identity import IdentityStandIn
from config.devservices.identity.people import GINA
from tests import factories
from tests.config.test_social import by_google, signed_in, start, without_origin
from tests.identity import identities, running_identities
from tests.test_races import _first_pages
from tests.threads import at_once

__all__ = ["_first_pages", "identities", "running_identities"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CONNECT = "?process=connect"


def back_from_google(browser: Client) -> str:
    """Agree at Google; the address that leads back here."""
    address = start(browser, "google", CONNECT)
    agreed = requests.post(address, {"person": GINA.email}, allow_redirects=False, timeout=5)
    return without_origin(agreed.headers["Location"])


def page_after(browser: Client) -> str:
    return browser.get("/settings/connections").content.decode()


def test_of_eight_members_who_connect_one_identity_one_does(identities: IdentityStandIn) -> None:
    browsers = [Client() for _ in range(8)]
    for browser in browsers:
        signed_in(browser, factories.member())
    ways_back = [back_from_google(browser) for browser in browsers]

    answers: list[Any] = at_once(lambda number: browsers[number].get(ways_back[number]))

    assert {answer.url for answer in answers} == {"/settings/connections"}
    winner = SocialAccount.objects.get().user_id
    for browser in browsers:
        is_told_no = 'class="note error"' in page_after(browser)
        assert is_told_no == (int(browser.session["_auth_user_id"]) != winner)


def test_who_proves_the_password_too_late_is_told_so(identities: IdentityStandIn) -> None:
    late, first = Client(), Client()
    for browser in (late, first):
        signed_in(browser, factories.member())
    session = late.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": 1.0}]
    session.save()
    asked = late.get(back_from_google(late))
    by_google(first, GINA, start(first, "google", CONNECT))

    answer = late.post("/sign-in/again", {"password": factories.PASSWORD})

    assert asked.url.startswith("/sign-in/again")
    assert answer.url == "/settings/connections"
    assert "somebody connected it at the same moment" in page_after(late)
    assert SocialAccount.objects.count() == 1
