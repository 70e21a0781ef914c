"""Every address of the API, asked as everybody, with somebody else's real ids."""

from typing import Any

import pytest
from django.apps import apps

from commerce.entitlements.models import Entitlement
from fitness.accounts.models import User
from tests import factories
from tests.access.matrix import MATRIX, PUBLIC_READS, Who
from tests.access.routes import METHODS, Route, routes
from tests.access.victim import Victim, rows_of, victim
from tests.api.client import ApiClient

pytestmark = pytest.mark.django_db
API = {route.path: route for route in routes() if route.path.startswith("api/")}
READS = {"GET"}
STORE_IS_DOWN = 503


@pytest.fixture
def somebody() -> Victim:
    return victim()


def other_member() -> User:
    return factories.member()


def admin() -> User:
    user = factories.member()
    User.objects.filter(pk=user.pk).update(is_staff=True, is_superuser=True)
    return User.objects.get(pk=user.pk)


def ask(phone: ApiClient, method: str, path: str, ids: dict[str, object]) -> Any:
    return phone.send(method, API[path].address(**ids), MATRIX[path].bodies.get(method))


def test_every_address_is_in_the_matrix() -> None:
    assert set(API) == set(MATRIX)


def test_a_visitor_meets_a_door_where_there_is_one(somebody: Victim) -> None:
    before = rows_of(somebody.user)

    for path, method in every_way():
        answer = ask(ApiClient(), method, path, somebody.ids_at(path))
        is_open = MATRIX[path].who is Who.ANYBODY or (method in READS and path in PUBLIC_READS)
        is_refused = answer.status_code == 401 and "refresh" not in path
        assert is_refused is not is_open, (method, path, answer.status_code)
        assert answer.status_code < 500

    assert rows_of(somebody.user) == before


@pytest.mark.parametrize("make", [other_member, factories.editor, admin])
def test_nobody_reaches_what_is_somebody_elses(somebody: Victim, make: Any) -> None:
    before, phone = rows_of(somebody.user), ApiClient(user=make())

    for path, method in every_way():
        answer = ask(phone, method, path, somebody.ids_at(path))
        if MATRIX[path].who is Who.OWNER:
            assert answer.status_code == 404, (method, path, answer.content)
        if MATRIX[path].who is Who.STAFF and make is other_member:
            assert answer.status_code == 403, (method, path, answer.content)
        assert answer.status_code < 500, (method, path, answer.content)
        assert somebody.user.email not in answer.content.decode(), (method, path)

    assert rows_of(somebody.user) == before


def test_methods_that_are_not_there_are_refused() -> None:
    phone = ApiClient(user=factories.editor())

    for path, route in API.items():
        for method in set(METHODS) - set(route.methods):
            answer = phone.send(method, route.address(), {})
            assert answer.status_code == 405, (method, path)


def every_way() -> list[tuple[str, str]]:
    return [(path, method) for path, route in sorted(API.items()) for method in route.methods]


def hostile(somebody: User) -> dict[str, Any]:
    """Every field of every model, as somebody would set it who wants more than theirs."""
    fields = {field.name for model in apps.get_models() for field in model._meta.concrete_fields}
    attnames = {f.attname for model in apps.get_models() for f in model._meta.concrete_fields}
    wanted: dict[str, Any] = dict.fromkeys(fields | attnames, 999)
    yes = ("is_staff", "is_superuser", "is_active", "is_published", "is_counted", "is_listed")
    theirs = ("user", "user_id", "owner", "owner_id", "id", "pk")
    return (
        wanted
        | dict.fromkeys(yes, True)
        | dict.fromkeys(theirs, somebody.pk)
        | {"uid": str(somebody.uid), "verified_at": "2020-01-01T00:00:00Z"}
    )


WRITES = [(path, method) for path, access in sorted(MATRIX.items()) for method in access.bodies]


@pytest.mark.parametrize(("path", "method"), WRITES)
def test_no_field_gives_more_than_was_asked_for(somebody: Victim, path: str, method: str) -> None:
    caller = victim()
    own, ids = caller.user, caller.ids_at(path)
    User.objects.filter(pk=own.pk).update(verified_at=None)
    phone, before = ApiClient(user=own), rows_of(somebody.user)
    rights = list(Entitlement.objects.filter(user=own).values())
    said = hostile(somebody.user) | MATRIX[path].bodies[method]

    answer = phone.send(method, API[path].address(**ids), said)

    assert answer.status_code < 500 or answer.status_code == STORE_IS_DOWN
    assert rows_of(somebody.user) == before
    now = User.objects.get(pk=own.pk)
    assert (now.is_staff, now.is_superuser, now.verified_at) == (False, False, None)
    assert (now.uid, now.email, now.groups.count()) == (own.uid, own.email, 0)
    assert list(Entitlement.objects.filter(user=own).values()) == rights


@pytest.mark.parametrize("path", ["api/users/profile", "api/users/settings"])
def test_what_the_matrix_sends_is_taken(path: str) -> None:
    answer = ApiClient(user=other_member()).put_json(f"/{path}", MATRIX[path].bodies["PUT"])

    assert answer.status_code == 200, answer.content


def test_the_walk_finds_the_addresses_it_should() -> None:
    assert Route("api/a/<uuid:uid>", None).address(uid=7) == "/api/a/7"
    assert len(API) > 35
