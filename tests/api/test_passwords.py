"""Verifying addresses, forgotten passwords, changed ones."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from fitness.accounts.models import User
from tests import factories
from tests.api.client import ApiClient
from tests.queue import drain

pytestmark = pytest.mark.django_db
NEW = "an entirely new sentence"


def newest_key(path: str) -> str:
    """The key at the end of the link in the newest mail."""
    drain()
    found = re.search(rf"/{path}/([^\s/]+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[1]


def joined(visitor: ApiClient) -> User:
    visitor.post_json("/api/auth/register", {"email": "new@example.com", "password": NEW})
    return User.objects.get(email="new@example.com")


def sign_in(email: str, password: str) -> Any:
    return ApiClient().post_json("/api/auth/login", {"email": email, "password": password})


def test_the_link_in_the_mail_confirms_the_address_once(visitor: ApiClient) -> None:
    user = joined(visitor)
    key = newest_key("verify-email")

    first = visitor.post_json("/api/auth/verify-email", {"key": key})
    second = visitor.post_json("/api/auth/verify-email", {"key": key})

    assert (first.status_code, second.status_code) == (200, 422)
    assert second.json()["type"] == "urn:fitcore:problem:key-refused"
    user.refresh_from_db()
    assert user.verified_at is not None
    assert sign_in(user.email, NEW).json()["user"]["is_verified"] is True


@pytest.mark.parametrize("key", ["", "nonsense", "a:b:c", "x" * 300, None, 7])
def test_a_key_that_is_none_is_refused(visitor: ApiClient, key: Any) -> None:
    said = {"key": key, "password": NEW}
    for path in ("verify-email", "password-reset/confirm"):
        assert visitor.post_json(f"/api/auth/{path}", said).status_code in {400, 422}


def test_a_mail_can_be_asked_for_again_and_nobody_learns_who_is_known(visitor: ApiClient) -> None:
    user = joined(visitor)
    drain()
    mail.outbox.clear()

    known = visitor.post_json("/api/auth/verify-email/resend", {"email": "NEW@example.com"})
    unknown = visitor.post_json("/api/auth/verify-email/resend", {"email": "no@example.com"})

    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
    drain()
    assert [sent.to for sent in mail.outbox] == [[user.email]]


def test_who_is_not_verified_may_look_and_train_but_not_buy_or_be_ranked(
    visitor: ApiClient,
) -> None:
    user = joined(visitor)
    phone = ApiClient(user=user)
    phone.patch_json("/api/users/settings", {"is_on_boards": True, "alias": "Newcomer"})
    done = {
        "client_id": "8e7d6f8a-0f0e-4d7f-9b43-1c9d3a1f0001", "duration_s": 1200,
        "occurred_at": timezone.now(),
    }  # fmt: skip
    phone.post_json(f"/api/workouts/{factories.workout().uid}/log", done)
    key = newest_key("verify-email")

    assert phone.get("/api/leaderboard/weekly").json()["top"] == []
    visitor.post_json("/api/auth/verify-email", {"key": key})
    (first,) = phone.get("/api/leaderboard/weekly").json()["top"]
    assert first["name"] == "Newcomer"


def test_a_forgotten_password_is_set_anew_once_and_ends_all_sessions(member: User) -> None:
    phone, visitor = ApiClient(user=member), ApiClient()
    visitor.post_json("/api/auth/password-reset", {"email": member.email.upper()})
    said = {"key": newest_key("password-reset"), "password": NEW}

    first = visitor.post_json("/api/auth/password-reset/confirm", said)
    second = visitor.post_json("/api/auth/password-reset/confirm", said | {"password": NEW * 2})

    assert (first.status_code, second.status_code) == (200, 422)
    assert phone.get("/api/streak").status_code == 401
    assert sign_in(member.email, NEW).status_code == 200
    assert sign_in(member.email, factories.PASSWORD).status_code == 400


def test_a_reset_link_runs_out(member: User) -> None:
    ApiClient().post_json("/api/auth/password-reset", {"email": member.email})
    said = {"key": newest_key("password-reset"), "password": NEW}

    with time_machine.travel(timezone.now() + dt.timedelta(hours=1, minutes=1)):
        answer = ApiClient().post_json("/api/auth/password-reset/confirm", said)

    assert answer.status_code == 422


def test_asking_for_a_reset_tells_nothing(visitor: ApiClient, member: User) -> None:
    known = visitor.post_json("/api/auth/password-reset", {"email": member.email})
    unknown = visitor.post_json("/api/auth/password-reset", {"email": "no@example.com"})

    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())


def test_a_bad_new_password_leaves_the_link_good(member: User) -> None:
    ApiClient().post_json("/api/auth/password-reset", {"email": member.email})
    key = newest_key("password-reset")
    path = "/api/auth/password-reset/confirm"

    bad = ApiClient().post_json(path, {"key": key, "password": "password"})
    good = ApiClient().post_json(path, {"key": key, "password": NEW})

    assert bad.json()["errors"][0]["pointer"] == "/password"
    assert (bad.status_code, good.status_code) == (400, 200)


def test_changing_the_password_ends_the_other_phones_and_keeps_this_one(
    api: ApiClient, member: User
) -> None:
    other = ApiClient(user=member)
    said = {"old_password": factories.PASSWORD, "new_password": NEW}

    answer = api.post_json("/api/auth/password-change", said)

    assert answer.status_code == 200
    assert other.get("/api/streak").status_code == 401
    assert api.get("/api/streak").status_code == 401  # the old pair is void here too
    api.carry(answer.json()["access"])
    assert api.get("/api/streak").status_code == 200
    (left,) = api.get("/api/auth/sessions").json()["results"]
    assert left["is_current"]
    renewed = {"refresh": answer.json()["refresh"]}
    assert ApiClient().post_json("/api/auth/refresh-token", renewed).status_code == 200


@pytest.mark.parametrize(
    ("said", "pointer"),
    [
        ({"old_password": "not the password"}, "/old_password"),
        ({"new_password": "short"}, "/new_password"),
        ({"new_password": "password"}, "/new_password"),
        ({"new_password": None}, "/new_password"),
    ],
)
def test_a_password_is_changed_by_who_knows_it_to_a_good_one(
    api: ApiClient, member: User, said: dict[str, Any], pointer: str
) -> None:
    whole = {"old_password": factories.PASSWORD, "new_password": NEW} | said

    answer = api.post_json("/api/auth/password-change", whole)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == pointer
    member.refresh_from_db()
    assert member.check_password(factories.PASSWORD)
