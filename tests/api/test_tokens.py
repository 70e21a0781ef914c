"""Staying signed in: who may trade a token, once, and what ends it all."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from fitness.accounts.models import EndReason, SignIn, User
from fitness.accounts.sign_ins import GRACE
from fitness.accounts.tokens import refresh_token
from tests import factories
from tests.api.client import ApiClient
from tests.queue import drain

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def trade(token: str) -> Any:
    return ApiClient().post_json("/api/auth/refresh-token", {"refresh": token})


def opens(token: str) -> bool:
    phone = ApiClient()
    phone.carry(token)
    return bool(phone.get("/api/streak").status_code == 200)


def test_a_refresh_token_brings_the_next_pair(api: ApiClient) -> None:
    pair = trade(api.tokens.refresh).json()

    assert opens(pair["access"])
    assert pair["refresh"] != api.tokens.refresh
    assert trade(pair["refresh"]).status_code == 200


def test_a_lost_reply_is_asked_for_again_and_is_the_same(api: ApiClient) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        lost = trade(api.tokens.refresh).json()
    with time_machine.travel(now + GRACE, tick=False):
        again = trade(api.tokens.refresh)

    assert again.json() == lost
    assert trade(lost["refresh"]).status_code == 200


def test_a_spent_token_ends_the_sign_in_and_the_member_is_told(
    api: ApiClient, member: User
) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        stolen = trade(api.tokens.refresh).json()
    with time_machine.travel(now + GRACE + SECOND, tick=False):
        late = trade(api.tokens.refresh)
        after = trade(stolen["refresh"])
        access = opens(stolen["access"])

    assert late.status_code == after.status_code == 401
    assert late.json()["type"] == "urn:fitcore:problem:token-refused"
    assert not access
    assert SignIn.objects.get().end_reason == EndReason.REUSED
    drain()
    (told,) = mail.outbox
    assert told.to == [member.email]
    assert "Test phone" in str(told.body)


def test_two_generations_back_is_reuse_within_the_grace_time_too(api: ApiClient) -> None:
    second = trade(api.tokens.refresh).json()["refresh"]
    third = trade(second).json()["refresh"]

    assert trade(api.tokens.refresh).status_code == 401
    assert trade(third).status_code == 401


def test_other_phones_go_on(api: ApiClient, member: User) -> None:
    other = ApiClient(user=member)
    second = trade(api.tokens.refresh).json()["refresh"]
    trade(second)

    trade(api.tokens.refresh)

    assert other.get("/api/streak").status_code == 200
    assert trade(other.tokens.refresh).status_code == 200


def test_an_unused_sign_in_runs_out(api: ApiClient) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(days=60), tick=False):
        assert trade(api.tokens.refresh).status_code == 401


def test_a_sign_in_that_is_used_lasts_a_year_at_most(api: ApiClient) -> None:
    began, token = timezone.now(), api.tokens.refresh
    for days in range(50, 365, 50):
        with time_machine.travel(began + dt.timedelta(days=days), tick=False):
            token = trade(token).json()["refresh"]

    with time_machine.travel(began + dt.timedelta(days=366), tick=False):
        assert trade(token).status_code == 401


@pytest.mark.parametrize(
    "token", ["", "nonsense", None, ["x"], 7, "a.b.c", "fcr_", "fcr_AAAA", "fcr_" + "A" * 70,
              "\u00e4" * 70, "x" * 300],
)  # fmt: skip
def test_what_is_no_refresh_token_is_refused(api: ApiClient, token: Any) -> None:
    for path in ("/api/auth/refresh-token", "/api/auth/logout"):
        assert api.post_json(path, {"refresh": token}).status_code in {400, 401}


def test_a_forged_refresh_token_costs_no_query(
    api: ApiClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    body, last = api.tokens.refresh[:-2], api.tokens.refresh[-2]
    forged = body + ("A" if last != "A" else "B") + api.tokens.refresh[-1]

    with django_assert_num_queries(0):
        assert trade(forged).status_code == 401


def test_a_generation_that_was_never_given_is_refused(api: ApiClient) -> None:
    ahead = refresh_token(SignIn.objects.get().uid, 5)
    nobodys = refresh_token(uuid.uuid4(), 0)

    assert trade(ahead).status_code == trade(nobodys).status_code == 401


def test_former_secrets_are_believed_until_they_are_forgotten(
    api: ApiClient, settings: Any
) -> None:
    former, settings.SECRET_KEY = settings.SECRET_KEY, "another secret " * 4

    assert trade(api.tokens.refresh).status_code == 401
    settings.SECRET_KEY_FALLBACKS = [former]
    assert opens(api.tokens.access)
    assert trade(api.tokens.refresh).status_code == 200


def test_trading_takes_two_statements(
    api: ApiClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        trade(api.tokens.refresh)


def test_checking_a_token_is_one_read(
    api: ApiClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):  # the member by the token; their body
        api.get("/api/users/profile")


def test_signing_in_writes_one_row_and_asks_the_limits_twice(
    member: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    said = {"email": member.email, "password": factories.PASSWORD}

    with django_assert_max_num_queries(6):
        assert ApiClient().post_json("/api/auth/login", said).status_code == 200


def _signed_out(phone: ApiClient, _member: User) -> None:
    phone.post_json("/api/auth/logout", {"refresh": phone.tokens.refresh})


def _password_changed_anywhere(_phone: ApiClient, member: User) -> None:
    member.set_password("quite another sentence")
    member.save()


def _account_closed(_phone: ApiClient, member: User) -> None:
    member.is_active = False
    member.save()


def _account_erased(_phone: ApiClient, member: User) -> None:
    member.delete()


def _ended_elsewhere(phone: ApiClient, member: User) -> None:
    (here,) = phone.get("/api/auth/sessions").json()["results"]
    ApiClient(user=member).delete(f"/api/auth/sessions/{here['id']}")


@pytest.mark.parametrize(
    "end",
    [_signed_out, _password_changed_anywhere, _account_closed, _account_erased, _ended_elsewhere],
)
def test_the_end_is_at_once_for_access_tokens_too(
    api: ApiClient, member: User, end: Callable[[ApiClient, User], None]
) -> None:
    assert opens(api.tokens.access)

    end(api, member)

    assert not opens(api.tokens.access)
    assert trade(api.tokens.refresh).status_code == 401


def test_the_member_sees_the_phones_and_ends_one(
    api: ApiClient, member: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    other = ApiClient(user=member)
    ApiClient(user=factories.member())

    with django_assert_num_queries(3):  # the member, the phones, the browsers
        listed = api.get("/api/auth/sessions").json()["results"]
    assert [(row["device"], row["is_current"]) for row in listed] == [
        ("Test phone", False), ("Test phone", True),
    ]  # fmt: skip

    assert api.delete(f"/api/auth/sessions/{listed[0]['id']}").status_code == 204

    assert other.get("/api/streak").status_code == 401
    assert api.get("/api/streak").status_code == 200
    assert api.delete(f"/api/auth/sessions/{listed[0]['id']}").status_code == 404


def test_nobody_ends_a_strangers_session(api: ApiClient) -> None:
    stranger = ApiClient(user=factories.member())
    theirs = stranger.get("/api/auth/sessions").json()["results"][0]["id"]

    assert api.delete(f"/api/auth/sessions/{theirs}").status_code == 404
    assert (
        api.post_json("/api/auth/logout", {"refresh": stranger.tokens.refresh}).status_code == 204
    )
    assert stranger.get("/api/streak").status_code == 200


def test_an_access_token_ends_after_ten_minutes(member: User) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        phone = ApiClient(user=member)
        assert phone.get("/api/streak").status_code == 200
    with time_machine.travel(now + dt.timedelta(minutes=10, seconds=1), tick=False):
        assert phone.get("/api/streak").status_code == 401
