"""Which passwords are accepted, by whichever door they are chosen."""

import io
import time
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from config.devservices.breached import BreachedStandIn
from fitness.accounts.models import User
from tests import factories
from tests.config.doors import Secret, api_login, reset_link

pytestmark = pytest.mark.django_db
BREACHED = "xkcd horse battery"
GOOD = "an entirely new sentence"

# Chooses a password by one of the doors, and tells whether it was accepted.
type Chosen = Callable[[User, str], bool]


@pytest.fixture
def service(settings: Settings) -> Iterator[BreachedStandIn]:
    stand_in = BreachedStandIn([BREACHED, "mot de passe secrét"])
    settings.BREACHED_PASSWORDS_URL = stand_in.start()
    yield stand_in
    stand_in.stop()


def _json(client: Client, path: str, body: dict[str, str]) -> int:
    answer: Any = client.post(path, body, content_type="application/json")
    assert answer.status_code < 500
    status: int = answer.status_code
    return status


def joining_in_the_app(member: User, password: str) -> bool:
    body = {"email": "new@example.com", "password": password}
    return _json(Client(), "/api/auth/register", body) == 201


def joining_on_the_site(member: User, password: str) -> bool:
    Client().post("/sign-up", {"email": "new@example.com", "password1": password})
    return User.objects.filter(email="new@example.com").exists()


def resetting_on_the_site(member: User, password: str) -> bool:
    browser = Client()
    page = reset_link(browser, member, Secret.RIGHT).url
    browser.post(page, {"password1": password, "password2": password})
    member.refresh_from_db()
    return member.check_password(password)


def changing_in_the_app(member: User, password: str) -> bool:
    access = api_login(Client(), member, Secret.RIGHT).json()["access"]
    phone = Client(headers={"Authorization": f"Bearer {access}"})
    body = {"old_password": factories.PASSWORD, "new_password": password}
    return _json(phone, "/api/auth/password-change", body) == 200


def making_an_admin(member: User, password: str) -> bool:
    answers = iter([password, password, "n"])

    class Typing(io.StringIO):
        def isatty(self) -> bool:
            return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("getpass.getpass", lambda *_: next(answers))
        patch.setattr("builtins.input", lambda *_: next(answers))
        try:
            call_command("createsuperuser", email="root@example.com", stdin=Typing(), verbosity=0)
        except (StopIteration, CommandError, SystemExit):
            return False
    return True


DOORS: list[Chosen] = [
    joining_in_the_app,
    joining_on_the_site,
    resetting_on_the_site,
    changing_in_the_app,
    making_an_admin,
]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("password", [BREACHED, "password123", "short", "x y" * 43])
def test_a_bad_password_is_refused_at_every_door(
    door: Chosen, password: str, member: User, service: BreachedStandIn
) -> None:
    assert not door(member, password)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("password", [GOOD, "eightchr", "žluťoučký kůň 🐴", "x y" * 42 + "zz"])
def test_a_good_one_is_accepted_whatever_it_is_made_of(
    door: Chosen, password: str, member: User, service: BreachedStandIn
) -> None:
    assert door(member, password)


def test_the_service_learns_five_digits_and_nothing_else(
    member: User, service: BreachedStandIn
) -> None:
    joining_in_the_app(member, GOOD)

    (path,) = service.asked
    assert path.startswith("/range/")
    assert len(path) == len("/range/") + 5


@pytest.mark.parametrize("status", [500, 429, 404])
def test_an_outage_keeps_nobody_from_joining(
    status: int, member: User, service: BreachedStandIn
) -> None:
    service.outage = status

    assert not joining_in_the_app(member, "password123")
    assert joining_in_the_app(member, BREACHED)


def test_a_service_that_sleeps_is_not_waited_for(member: User, service: BreachedStandIn) -> None:
    service.delay_seconds = 5
    begun = time.monotonic()

    assert joining_in_the_app(member, GOOD)
    assert time.monotonic() - begun < 3


def test_nothing_listens_there(member: User, settings: Settings) -> None:
    settings.BREACHED_PASSWORDS_URL = "http://127.0.0.1:9"

    assert joining_in_the_app(member, GOOD)


@pytest.mark.parametrize(
    "password",
    ["with a \x00 in it", "\ud800 is half a letter", ["a list of words"], {"a": 1}, None],
)
def test_what_is_no_text_is_refused_clearly(password: Any, member: User) -> None:
    body = {"email": "new@example.com", "password": password}

    assert _json(Client(), "/api/auth/register", body) == 400
    assert _json(Client(), "/api/auth/login", body | {"email": member.email}) == 400


def test_a_nul_in_a_form_is_refused_clearly(member: User) -> None:
    for path, name in (("/sign-in", "login"), ("/_util/login/", "username")):
        answer = Client().post(path, {name: member.email, "password": "with a \x00 in it"})

        assert answer.status_code == 200


def test_a_password_is_kept_by_argon2_in_its_one_spelling(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["config.passwords.Hasher"]
    typed = unicodedata.normalize("NFD", "caffè crème ﬁn")

    kept = make_password(typed)

    assert kept.startswith("argon2$argon2id$")
    assert identify_hasher(kept).__class__.__name__ == "Hasher"
    assert check_password("caffè crème fin", kept)
    assert check_password(typed, kept)
    assert not check_password("caffe creme fin", kept)
