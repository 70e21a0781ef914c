"""The page on which members decide about their data."""

import pytest
from django.test import Client
from django.utils import timezone

from fitness.accounts.models import User
from fitness.privacy.models import Closure, Export
from fitness.privacy.selectors import may_process_health, undo_token
from fitness.privacy.services.closing import close_account
from tests import factories
from tests.queue import drain

pytestmark = pytest.mark.django_db
PAGE, CLOSE = "/settings/privacy", "/settings/privacy/close"


@pytest.fixture
def browser(member: User) -> Client:
    signed_in = Client()
    signed_in.force_login(member)
    return signed_in


def test_a_member_agrees_and_takes_it_back_without_scripts(browser: Client, member: User) -> None:
    said = {"kind": "health", "version": "2026-11"}

    given = browser.post("/settings/privacy/consent", {**said, "is_given": "on"}, follow=True)
    agreed = may_process_health(member.pk)
    browser.post("/settings/privacy/consent", {**said, "is_understood": "on"})

    assert "You agree" in given.content.decode()
    assert (agreed, may_process_health(member.pk)) == (True, False)


@pytest.mark.parametrize("said", [{}, {"kind": "soul", "version": "1"}, {"kind": "\x00"}])
def test_a_broken_answer_is_told_in_words(browser: Client, said: dict[str, str]) -> None:
    page = browser.post("/settings/privacy/consent", said, follow=True)

    assert page.status_code == 200
    assert "note error" in page.content.decode()


def test_the_copy_is_asked_for_watched_and_fetched(browser: Client) -> None:
    asked = browser.post("/settings/privacy/export", headers={"HX-Request": "true"})
    drain()
    ready = browser.get("/settings/privacy/export", headers={"HX-Request": "true"})
    file = browser.get("/settings/privacy/export/file", follow=True)

    assert 'hx-trigger="load delay:2s"' in asked.content.decode()
    assert "Download the copy" in ready.content.decode()
    assert file["Content-Type"] == "application/zip"
    assert Export.objects.count() == 1


def test_leaving_needs_the_password_and_says_what_it_means(browser: Client, member: User) -> None:
    page = browser.get(CLOSE).content.decode()
    wrong = browser.post(CLOSE, {"password": "not this one"}).content.decode()
    none = Closure.objects.count()
    left = browser.post(CLOSE, {"password": factories.PASSWORD}, follow=True)

    assert "For 14 days" in page
    assert "That is not your password" in wrong
    assert none == 0
    assert "Your account is closed." in left.content.decode()
    assert browser.get(PAGE).status_code == 302


def test_the_link_in_the_mail_opens_the_account_by_a_press_and_once(member: User) -> None:
    closure = close_account(user_id=member.pk, now=timezone.now())
    link = f"/account/undo/{undo_token(closure)}"

    looked = Client().get(link)
    still_closed = User.objects.get(pk=member.pk).is_active
    pressed = Client().post(link, follow=True)
    again = Client().get(link)

    assert "Keep your account?" in looked.content.decode()
    assert still_closed is False
    assert "Welcome back." in pressed.content.decode()
    assert User.objects.get(pk=member.pk).is_active
    assert again.status_code == 410


@pytest.mark.parametrize("token", ["x", "a:b", "ü", "0" * 4000])
def test_a_made_up_link_opens_nothing(token: str) -> None:
    assert Client().get(f"/account/undo/{token}").status_code == 410
    assert Client().post(f"/account/undo/{token}").status_code == 410


def test_a_visitor_signs_in_first() -> None:
    assert Client().get(PAGE).status_code == 302
    assert Client().get(CLOSE).status_code == 302
