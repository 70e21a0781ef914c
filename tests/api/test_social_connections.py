"""Connecting and disconnecting Google and Apple, and leaving for good."""

import datetime as dt
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core import mail
from pytest_django.fixtures import DjangoAssertNumQueries

from api.auth.identity.leaving import forget_identities
from config.devservices.identity import IdentityStandIn
from config.devservices.identity.people import ADA, GINA, HANK
from config.queue.run import TaskFailedError
from fitness.accounts.models import SignIn, User
from tests.api.client import ApiClient
from tests.identity import GOOGLE, Phone, identities, phone, running_identities
from tests.queue import drain

__all__ = ["identities", "phone", "running_identities"]
pytestmark = pytest.mark.django_db
LINK = f"{GOOGLE}/link"


def google_of(at: IdentityStandIn) -> dict[str, str]:
    return {"id_token": at.google.id_token(GINA)}


def joined_with_google(phone: Phone) -> User:
    phone.carry(phone.google(GINA).json()["access"])
    return User.objects.get(email=GINA.email)


def test_a_member_connects_google_and_is_told(
    api: ApiClient, member: User, identities: IdentityStandIn, settings: Any
) -> None:
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = True

    connected = api.post_json(LINK, google_of(identities))

    assert connected.status_code == 200
    assert connected.json() | {"id": 0} == connected.json() | {
        "id": 0, "provider": "google", "email": GINA.email,
    }  # fmt: skip
    assert api.get("/api/auth/social").json()["results"] == [connected.json()]
    assert Phone(identities).google(GINA).json()["user"]["id"] == str(member.uid)
    drain()
    assert [mail.to for mail in mail.outbox] == [[member.email]]


def test_connecting_twice_is_once(
    api: ApiClient, member: User, identities: IdentityStandIn
) -> None:
    first = api.post_json(LINK, google_of(identities)).json()
    again = api.post_json(LINK, google_of(identities)).json()

    assert again["id"] == first["id"]
    assert SocialAccount.objects.count() == 1


def test_an_identity_of_another_member_stays_theirs(
    api: ApiClient, phone: Phone, identities: IdentityStandIn
) -> None:
    gina = joined_with_google(phone)

    answer = api.post_json(LINK, google_of(identities))

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:fitcore:problem:identity-linked-elsewhere"
    assert SocialAccount.objects.get().user == gina


def test_ways_in_are_changed_by_who_has_just_signed_in(
    api: ApiClient, identities: IdentityStandIn
) -> None:
    connection = api.post_json(LINK, google_of(identities)).json()["id"]
    SignIn.objects.update(started_at=SignIn.objects.get().started_at - dt.timedelta(minutes=16))

    for answer in (
        api.post_json(LINK, google_of(identities)),
        api.post_json("/api/auth/social/apple/link", {"identity_token": "x", "nonce": "y"}),
        api.delete(f"/api/auth/social/{connection}"),
    ):
        assert answer.status_code == 403
        assert answer.json()["type"] == "urn:fitcore:problem:sign-in-again"
    assert SocialAccount.objects.exists()


def test_a_member_disconnects_what_is_not_the_last_way_in(
    api: ApiClient, identities: IdentityStandIn
) -> None:
    connection = api.post_json(LINK, google_of(identities)).json()["id"]

    assert api.delete(f"/api/auth/social/{connection}").status_code == 204
    assert api.delete(f"/api/auth/social/{connection}").status_code == 404
    assert api.get("/api/auth/social").json() == {"results": []}


def test_the_last_way_in_stays(phone: Phone) -> None:
    joined_with_google(phone)
    connection = SocialAccount.objects.get()

    answer = phone.delete(f"/api/auth/social/{connection.pk}")

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:fitcore:problem:last-way-in"
    assert SocialAccount.objects.exists()


def test_one_of_two_identities_may_go(phone: Phone, identities: IdentityStandIn) -> None:
    joined_with_google(phone)
    second = phone.post_json(LINK, {"id_token": identities.google.id_token(HANK)}).json()["id"]

    assert phone.delete(f"/api/auth/social/{second}").status_code == 204


@pytest.mark.parametrize("number", ["theirs", 0, 10**12, 10**30])
def test_the_connections_of_others_do_not_exist(
    api: ApiClient, phone: Phone, number: int | str
) -> None:
    joined_with_google(phone)
    pk = SocialAccount.objects.get().pk if number == "theirs" else number

    assert api.delete(f"/api/auth/social/{pk}").status_code == 404
    assert SocialAccount.objects.exists()


def test_apple_is_told_when_a_member_leaves(phone: Phone, identities: IdentityStandIn) -> None:
    code = identities.apple.code(ADA)
    phone.apple(ADA, body={"authorization_code": code})
    kept = SocialToken.objects.get().token_secret

    forget_identities(user_id=User.objects.get().pk)

    assert not SocialAccount.objects.exists()
    assert identities.apple.revoked == []
    drain()
    assert identities.apple.revoked == [kept]


def test_apple_is_told_later_when_it_is_away(phone: Phone, identities: IdentityStandIn) -> None:
    phone.apple(ADA, body={"authorization_code": identities.apple.code(ADA)})
    forget_identities(user_id=User.objects.get().pk)

    with identities.failing("/apple/auth/revoke"), pytest.raises(TaskFailedError):
        drain()
    drain()

    assert len(identities.apple.revoked) == 1


def test_a_known_face_costs_eleven_queries_and_the_list_two(
    phone: Phone, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    joined_with_google(phone)

    with django_assert_num_queries(11):
        phone.google(GINA)
    with django_assert_num_queries(2):
        phone.get("/api/auth/social")
