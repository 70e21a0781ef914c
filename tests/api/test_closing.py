"""Leaving, and coming back in time."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone

from fitness.accounts.models import SignIn, User
from fitness.privacy.models import Closure
from fitness.privacy.selectors import undo_token
from fitness.privacy.services import closing
from tests import factories
from tests.api.client import ApiClient
from tests.queue import drain

pytestmark = pytest.mark.django_db
ME = "/api/users/me"


def close(api: ApiClient, password: str = factories.PASSWORD) -> Any:
    return api.send("DELETE", ME, {"password": password})


def test_closing_ends_all_access_at_once_and_mails_the_way_back(
    api: ApiClient, member: User
) -> None:
    browser = Client()
    browser.force_login(member)
    other = ApiClient(user=member)

    answer = close(api)
    drain()

    assert answer.status_code == 202
    assert other.get("/api/users/profile").status_code == 401
    refreshed = ApiClient().post_json("/api/auth/refresh-token", {"refresh": other.tokens.refresh})
    assert refreshed.status_code == 401
    assert browser.get("/today").status_code == 302
    assert not Session.objects.exists()
    assert f"/account/undo/{undo_token(Closure.objects.get())}" in mail.outbox[0].body


def test_an_account_is_closed_only_with_its_password(api: ApiClient, member: User) -> None:
    answers = [close(api, "wrong"), api.send("DELETE", ME, {}), api.send("DELETE", ME, [1])]

    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert not Closure.objects.exists()


def test_who_has_no_password_signs_in_again_first(member: User) -> None:
    member.set_unusable_password()
    member.save()
    api = ApiClient(user=member)
    SignIn.objects.update(started_at=timezone.now() - dt.timedelta(minutes=11))

    late = api.send("DELETE", ME, {})
    fresh = ApiClient(user=member).send("DELETE", ME, {})

    assert (late.status_code, fresh.status_code) == (403, 202)
    assert late.json()["type"] == "urn:fitcore:problem:sign-in-again"


def test_a_closed_account_is_off_the_boards_and_comes_back_as_it_was(member: User) -> None:
    member.profile.is_on_boards = True
    member.profile.save()
    closure = closing.close_account(user_id=member.pk, now=timezone.now())
    member.profile.refresh_from_db()
    hidden = (member.profile.is_on_boards, member.profile.alias)

    closing.undo_closure(token=undo_token(closure), now=timezone.now())

    member.refresh_from_db()
    member.profile.refresh_from_db()
    assert hidden == (False, "")
    assert (member.profile.is_on_boards, member.profile.alias) == (True, closure.hidden["alias"])
    assert member.is_active


def test_an_undo_link_works_once_and_not_for_ever(member: User) -> None:
    closure = closing.close_account(user_id=member.pk, now=timezone.now())
    token = undo_token(closure)

    closing.undo_closure(token=token, now=timezone.now())
    with pytest.raises(closing.TooLateError):
        closing.undo_closure(token=token, now=timezone.now())
    again = closing.close_account(user_id=member.pk, now=timezone.now())
    with pytest.raises(closing.TooLateError):
        closing.undo_closure(token=token, now=timezone.now())
    with pytest.raises(closing.TooLateError):
        closing.undo_closure(token=undo_token(again), now=again.due_at)
