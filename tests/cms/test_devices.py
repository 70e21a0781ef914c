"""The phones on the page of sessions, and what a new main address opens."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from fitness.accounts.models import SignIn, User
from tests import factories
from tests.api.client import ApiClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_home(client: Client, member: User) -> Client:
    """A browser in which ``member`` has just signed in and said so once more."""
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    client.post("/sign-in", {"login": member.email, "password": factories.PASSWORD})
    client.post("/sign-in/again", {"password": factories.PASSWORD})
    return client


def test_phones_are_listed_beside_the_browsers_and_end_one_by_one(
    at_home: Client, member: User
) -> None:
    phone, strange = ApiClient(user=member), ApiClient(user=factories.member())
    mine, theirs = member.sign_ins.get(), SignIn.objects.exclude(user=member).get()
    page = at_home.get("/settings/sessions").content.decode()

    refused = at_home.post(f"/settings/sessions/phones/{theirs.uid}/end")
    ended = at_home.post(f"/settings/sessions/phones/{mine.uid}/end")

    assert "Test phone" in page
    assert (refused.status_code, ended.url) == (404, "/settings/sessions")
    assert phone.get("/api/streak").status_code == 401
    assert strange.get("/api/streak").status_code == 200
    assert "Test phone" not in at_home.get("/settings/sessions").content.decode()


def test_a_confirmed_address_that_becomes_the_main_one_opens_the_shop(
    at_home: Client, member: User
) -> None:
    User.objects.filter(pk=member.pk).update(verified_at=None)
    EmailAddress.objects.filter(user=member).update(verified=False)
    EmailAddress.objects.create(user=member, email="second@example.com", verified=True)

    at_home.post("/settings/email", {"action_primary": "", "email": "second@example.com"})

    member.refresh_from_db()
    assert member.email == "second@example.com"
    assert member.verified_at is not None


def test_the_app_lists_the_browsers_and_ends_one(at_home: Client, member: User) -> None:
    phone = ApiClient(user=member)
    first, *others = phone.get("/api/auth/sessions").json()["results"]
    path = f"/api/auth/sessions/{first['id']}"

    stranger = ApiClient(user=factories.member()).delete(path)
    still_there = at_home.get("/settings").status_code
    ended = phone.delete(path)

    assert (first["kind"], first["is_current"]) == ("browser", False)
    assert [other["kind"] for other in others] == ["phone"]
    assert (stranger.status_code, still_there, ended.status_code) == (404, 200, 204)
    assert at_home.get("/settings").status_code == 302
    assert phone.delete(path).status_code == 404


def test_a_browser_of_an_older_password_is_not_listed(at_home: Client, member: User) -> None:
    member.set_password("another long sentence")
    member.save()

    listed = ApiClient(user=member).get("/api/auth/sessions").json()["results"]

    assert [session["kind"] for session in listed] == ["phone"]
