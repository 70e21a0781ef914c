"""Every way in is found by walking the URL map, and none lets anyone guess for long."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from fitness.accounts.models import User
from tests import factories
from tests.config.doors import (
    DOORS,
    LETTERS,
    NO_DOORS,
    Door,
    Secret,
    api_login,
    api_reset,
    example,
    routes,
    sign_in,
)
from tests.queue import drain

pytestmark = pytest.mark.django_db
SIGN_IN_PAGES = ("/sign-in", "/cms/login/", "/django-admin/login/")


def spoofed(*, proxies: int) -> Iterator[dict[str, str]]:
    """Headers that claim another sender each time; our proxies add the true one."""
    for number in itertools.count(1):
        claimed = f"203.0.113.{number}, 198.51.100.{number}"
        added = ["192.0.2.1"] + ["10.0.0.1"] * (proxies - 1) if proxies else []
        yield {"X-Forwarded-For": ", ".join([claimed, *added]), "X-Real-IP": claimed[:11]}


def may_send_off(route: str) -> bool:
    """Whether who is not signed in gets an answer other than being sent to sign in."""
    answer = Client(raise_request_exception=False).post(example(route))
    is_sent_away = answer.status_code == 302 and answer.url.startswith(SIGN_IN_PAGES)
    return not (is_sent_away or answer.status_code in {401, 403, 405})


def test_every_address_that_takes_something_from_strangers_is_known() -> None:
    open_ones = {route for route in routes() if may_send_off(route)}

    assert open_ones <= DOORS.keys() | LETTERS.keys() | NO_DOORS.keys()


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_the_right_secret_opens(door: Door, editor: User) -> None:
    answer = door(Client(), editor, Secret.RIGHT)

    assert answer.status_code == (200 if answer.wsgi_request.path.startswith("/api/") else 302)


@pytest.mark.parametrize("proxies", [0, 1, 2])
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_fifteen_wrong_guesses_close_a_door(
    door: Door, proxies: int, editor: User, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = proxies
    client, headers = Client(), spoofed(proxies=proxies)
    for _ in range(15):
        client.defaults.update(_environ(next(headers)))
        door(client, editor, Secret.WRONG)

    client.defaults.update(_environ(next(headers)))
    answer = door(client, editor, Secret.RIGHT)

    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    is_api = answer.wsgi_request.path.startswith("/api/")
    assert answer["Content-Type"].startswith("application/problem+json" if is_api else "text/html")


@pytest.mark.parametrize("first", [door for door in DOORS.values() if "login" in door.__name__])
def test_guesses_at_one_door_count_at_the_others(first: Door, member: User) -> None:
    for _ in range(5):
        first(Client(), member, Secret.WRONG)

    assert sign_in(Client(), member, Secret.RIGHT).status_code == 429
    assert api_login(Client(), member, Secret.RIGHT).status_code == 429


def test_an_unknown_account_is_refused_like_a_known_one(member: User) -> None:
    nobody = User(email="nobody@example.com")
    for _ in range(5):
        api_login(Client(), member, Secret.WRONG)
        api_login(Client(), nobody, Secret.WRONG)

    known, unknown = (api_login(Client(), user, Secret.WRONG) for user in (member, nobody))

    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)


def test_somebody_elsewhere_is_not_kept_out(member: User) -> None:
    for _ in range(15):
        api_login(Client(), member, Secret.WRONG)

    assert api_login(Client(REMOTE_ADDR="192.0.2.77"), member, Secret.RIGHT).status_code == 200


def test_strangers_do_not_lock_out_a_member_at_home(member: User) -> None:
    home = Client(REMOTE_ADDR="2001:db8:1:2::3")
    assert api_login(home, member, Secret.RIGHT).status_code == 200
    for number in range(100):
        api_login(Client(REMOTE_ADDR=f"198.51.100.{number}"), member, Secret.WRONG)

    assert api_login(Client(REMOTE_ADDR="192.0.2.77"), member, Secret.RIGHT).status_code == 429
    assert (
        api_login(Client(REMOTE_ADDR="2001:db8:1:2::ff"), member, Secret.RIGHT).status_code == 200
    )


def test_a_new_password_can_be_used_at_once(member: User) -> None:
    for _ in range(5):
        api_login(Client(), member, Secret.WRONG)
    assert api_reset(Client(), member, Secret.RIGHT).status_code == 200

    body = {"email": member.email, "password": "an entirely new sentence"}
    answer = Client().post("/api/auth/login", body, content_type="application/json")

    assert answer.status_code == 200


def test_a_sign_in_costs_one_statement_before_and_one_after(
    member: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6) as captured:
        api_login(Client(), member, Secret.RIGHT)

    about_limits = [query["sql"] for query in captured if "cache_entry" in query["sql"]]
    assert len(about_limits) == 2


def test_requests_that_do_not_sign_in_never_ask_the_limits(
    member: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        Client().get("/api/users/profile")


@pytest.mark.parametrize("path", LETTERS)
@pytest.mark.parametrize("is_known", [True, False])
def test_nobodys_inbox_is_flooded(
    path: str,
    is_known: bool,  # noqa: FBT001
    member: User,
    settings: Settings,
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # a known address joins like a new one
    email = member.email if is_known else "nobody@example.com"
    answers = [_ask_for_letter(path, email, f"198.51.100.{number}") for number in range(6)]

    assert all(answer.status_code < 400 for answer in answers[:5])
    assert answers[5].status_code == 429
    assert int(answers[5]["Retry-After"]) > 3000
    drain()
    assert len([letter for letter in mail.outbox if letter.to == [email]]) <= 5


@pytest.mark.parametrize("path", LETTERS)
def test_no_address_floods_many_inboxes(path: str) -> None:
    answers = [_ask_for_letter(path, f"somebody{number}@example.com") for number in range(21)]

    assert [answer.status_code for answer in answers].count(429) == 1
    assert answers[20].status_code == 429


def test_a_form_that_is_shown_again_has_sent_nothing() -> None:
    for _ in range(9):
        answer = Client().post("/sign-up", {"email": "new@example.com", "password1": "short"})
        assert answer.status_code == 200

    assert _ask_for_letter("/sign-up", "new@example.com").status_code == 302


def _ask_for_letter(path: str, email: str, address: str = "127.0.0.1") -> Any:
    body = {"email": email, "password": factories.PASSWORD, "password1": factories.PASSWORD}
    client = Client(REMOTE_ADDR=address)
    if path.startswith("/api/"):
        return client.post(path, body, content_type="application/json")
    return client.post(path, body)


def _environ(headers: dict[str, str]) -> dict[str, str]:
    return {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
