"""With the setting on nobody enters an admin with a password alone, by whatever address."""

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from config.staff.factors import trust
from fitness.accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db

STAND_INS = {"int": "1", "str": "x", "uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12}


@pytest.fixture(autouse=True)
def _required(settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = True
    cache.clear()


def sign_in(browser: Client, user: User, *, to: str = "/cms/") -> Any:
    told = {"login": user.email, "password": factories.PASSWORD, "next": to}
    return browser.post("/sign-in", told)


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def with_app(user: User) -> str:
    """Set up an authenticator app behind the proof; its secret."""
    secret = str(generate_totp_secret())
    trust({TOTP.activate(user, secret).instance.pk})
    return secret


def admin_addresses() -> Iterator[str]:
    """Every address below the two admins, with something in place of each argument."""
    for pattern in get_resolver().url_patterns:
        if str(pattern.pattern) in {"cms/", "django-admin/"}:
            yield from _addresses(pattern, "/")


def _addresses(pattern: URLPattern | URLResolver, before: str) -> Iterator[str]:
    route = str(pattern.pattern)
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        for written in (f"<{kind}:{name}>", f"<{name}>"):
            route = route.replace(written, STAND_INS.get(kind, "1"))
    if isinstance(pattern, URLResolver):
        for inner in pattern.url_patterns:
            yield from _addresses(inner, before + route)
    else:
        yield (before + route).replace("^", "").replace("$", "").replace("\\Z", "")


def test_a_password_alone_opens_no_address_of_an_admin() -> None:
    superuser = User.objects.create_superuser("root@example.com", factories.PASSWORD)
    browser = Client()
    sign_in(browser, superuser)
    addresses = sorted(set(admin_addresses()))

    answers = {
        (address, method): getattr(browser, method)(address)
        for address in addresses
        for method in ("get", "post")
    }

    assert len(addresses) > 300
    doors = ("/sign-in", "/settings/two-factor/staff", "/settings/password")
    for (address, method), answer in answers.items():
        assert answer.status_code == 302, (address, method)
        assert answer.url.startswith(doors), (address, method, answer.url)


@pytest.mark.parametrize("door", ["/cms/login/", "/django-admin/login/"])
def test_the_admins_have_no_sign_in_of_their_own(client: Client, door: str) -> None:
    editor = factories.editor()
    told = {"username": editor.email, "password": factories.PASSWORD, "next": "/cms/"}

    answer = client.post(f"{door}?next=/cms/", told)

    assert (answer.status_code, answer.url) == (302, "/sign-in?next=/cms/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("make", [factories.editor, factories.admin])
def test_staff_without_a_second_factor_are_sent_to_set_one_up(client: Client, make: Any) -> None:
    sign_in(client, make())

    answer = client.get("/cms/pages/")
    page = client.get(answer.url)

    assert answer.url == "/settings/two-factor/staff?next=%2Fcms%2Fpages%2F"
    assert "Send the link" in page.content.decode()


def test_a_code_of_the_app_opens_the_admin(client: Client) -> None:
    editor = factories.editor()
    secret = with_app(editor)

    first = sign_in(client, editor)
    before = client.get("/cms/")
    second = client.post("/sign-in/code", {"code": code_of(secret)})

    assert first.url == "/sign-in/code"
    assert before.url.startswith("/cms/login/")  # nobody is signed in after the first step
    assert second.url == "/cms/"
    assert client.get("/cms/").status_code == 200


def test_a_wrong_code_opens_nothing(client: Client) -> None:
    editor = factories.editor()
    with_app(editor)
    sign_in(client, editor)

    answer = client.post("/sign-in/code", {"code": "000000"})

    assert answer.status_code == 200
    assert "That code is not right." in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_opens_the_admin_once(client: Client) -> None:
    editor = factories.editor()
    with_app(editor)
    codes = RecoveryCodes.activate(editor)
    trust({codes.instance.pk})
    code = codes.get_unused_codes()[0]

    sign_in(client, editor)
    client.post("/sign-in/code", {"code": code})
    opened = client.get("/cms/")
    other = Client()
    sign_in(other, editor)
    again = other.post("/sign-in/code", {"code": code})

    assert opened.status_code == 200
    assert again.status_code == 200  # the form, once more
    assert "_auth_user_id" not in other.session


def test_a_session_from_before_the_factor_has_to_pass_it(client: Client) -> None:
    editor = factories.editor()
    client.force_login(editor)
    secret = with_app(editor)

    asked = client.get("/cms/")
    client.post("/sign-in/again/code", {"code": code_of(secret), "next": "/cms/"})

    assert asked.url == "/sign-in/again/code?next=%2Fcms%2F"
    assert client.get("/cms/").status_code == 200


def test_the_password_again_does_not_stand_in_for_the_factor(client: Client) -> None:
    editor = factories.editor()
    client.force_login(editor)
    with_app(editor)

    client.post("/sign-in/again", {"password": factories.PASSWORD, "next": "/cms/"})

    assert client.get("/cms/").url == "/sign-in/again/code?next=%2Fcms%2F"


def test_whoever_gives_the_factor_up_is_out(client: Client) -> None:
    editor = factories.editor()
    secret = with_app(editor)
    sign_in(client, editor)
    client.post("/sign-in/code", {"code": code_of(secret)})
    Authenticator.objects.filter(user=editor).delete()

    assert client.get("/cms/").url.startswith("/settings/two-factor/staff")


def test_a_member_needs_none_and_pays_no_query(
    client: Client, member: User, settings: Settings, django_assert_num_queries: Any
) -> None:
    client.force_login(member)
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    client.get("/today")
    with CaptureQueriesContext(connection) as without:
        client.get("/today")
    settings.STAFF_SECOND_FACTOR_REQUIRED = True

    with django_assert_num_queries(len(without)):
        assert client.get("/today").status_code == 200


def test_it_is_off_where_nobody_asks_for_it(client: Client, settings: Settings) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    sign_in(client, factories.editor())

    assert client.get("/cms/").status_code == 200


def test_a_copy_of_the_database_holds_no_secret_of_an_app() -> None:
    editor = factories.editor()
    secret = with_app(editor)
    codes = RecoveryCodes.activate(editor).generate_codes()

    kept = "".join(str(row.data) for row in Authenticator.objects.all())

    assert secret not in kept
    assert not [code for code in codes if code in kept]


def test_a_new_secret_key_still_opens_what_the_old_one_locked(settings: Settings) -> None:
    editor = factories.editor()
    secret = with_app(editor)

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-" + "y" * 50

    assert Authenticator.objects.get().wrap().validate_code(code_of(secret))
