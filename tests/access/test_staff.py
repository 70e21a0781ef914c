"""Every address of both admins, asked by who has no business there."""

import pytest
from django.test import Client

from tests import factories
from tests.access.routes import routes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ADMINS = ("cms/", "django-admin/")
# What a browser needs before it is signed in.
DOORS = {
    "cms/login/": "the door",
    "cms/logout/": "leaving",
    "cms/jsi18n/": "words of the interface",
    "cms/sprite/": "icons",
    "django-admin/login/": "the door",
    "django-admin/logout/": "leaving",
    "django-admin/password_change/": "leads to the one page that changes passwords",
}
CLOSED = {302, 401, 403, 404, 405}


@pytest.mark.parametrize("is_member", [False, True])
def test_the_admins_are_closed_to_everybody_else(*, is_member: bool) -> None:
    browser = Client()
    if is_member:
        browser.force_login(factories.member())
    open_ones = []
    inside = [r for r in routes() if r.path.startswith(ADMINS) and r.path not in DOORS]
    assert len(inside) > 500

    for route in inside:
        for method in ("get", "post"):
            answer = getattr(browser, method)(route.address())
            is_door = "login" in answer.get("Location", "login")
            if answer.status_code not in CLOSED or not (is_door or is_member):
                open_ones.append((method, route.path, answer.status_code, answer.get("Location")))

    assert not open_ones
