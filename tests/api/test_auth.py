"""The doors: joining, signing in and out, staying signed in, and who is turned away."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from fitness.accounts.models import Profile, User
from tests import factories
from tests.api.client import ApiClient
from tests.api.hashers import CountedHasher
from tests.queue import drain

pytestmark = pytest.mark.django_db
NEW = {"email": "New@Example.com", "password": "a long enough sentence", "time_zone": "Asia/Tokyo"}


def sign_in(phone: ApiClient, email: str, password: str = factories.PASSWORD) -> Any:
    return phone.post_json("/api/auth/login", {"email": email, "password": password})


def with_token(token: str) -> ApiClient:
    phone = ApiClient()
    phone.carry(token)
    return phone


@pytest.mark.parametrize("path", ["/api/auth/register", "/api/auth/signup"])
def test_who_joins_can_sign_in_and_train(visitor: ApiClient, path: str) -> None:
    assert visitor.post_json(path, NEW).status_code == 201

    tokens = sign_in(visitor, "new@example.COM", NEW["password"]).json()

    assert with_token(tokens["access"]).get("/api/streak").json()["current"] == 0
    assert Profile.objects.get().time_zone == "Asia/Tokyo"
    drain()
    (verification,) = mail.outbox
    assert verification.to == ["new@example.com"]
    assert "/verify-email/" in str(verification.body)


def test_nobody_learns_from_us_whether_an_address_is_known(visitor: ApiClient) -> None:
    first = visitor.post_json("/api/auth/register", NEW)
    second = visitor.post_json("/api/auth/register", NEW | {"password": "another sentence here"})

    assert (second.status_code, second.json()) == (first.status_code, first.json())
    assert User.objects.count() == 1
    assert User.objects.get().check_password(NEW["password"])
    drain()
    assert len(mail.outbox) == 2  # the owner is told


@pytest.mark.parametrize(
    "other",
    ["NEW@EX\u00c4MPLE.com", " new@ex\u00e4mple.com ", "new@xn--exmple-cua.com",
     "new@exa\u0308mple.com"],
)  # fmt: skip
def test_an_address_has_one_spelling(visitor: ApiClient, other: str) -> None:
    visitor.post_json("/api/auth/register", NEW | {"email": "new@ex\u00e4mple.com"})

    again = visitor.post_json("/api/auth/register", NEW | {"email": other})

    assert again.status_code == 201
    assert User.objects.get().email == EmailAddress.objects.get().email == "new@xn--exmple-cua.com"
    assert sign_in(visitor, other, NEW["password"]).status_code == 200


def test_a_known_address_costs_as_many_hashes_as_a_new_one(
    visitor: ApiClient, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = ["tests.api.hashers.CountedHasher"]

    hashed = []
    for _ in range(2):
        CountedHasher.count = 0
        visitor.post_json("/api/auth/register", NEW)
        hashed.append(CountedHasher.count)

    assert hashed == [1, 1]


def test_wrong_unknown_and_closed_cost_as_many_hashes_each(member: User, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["tests.api.hashers.CountedHasher"]
    closed = factories.member()
    for user in (member, closed):
        user.set_password(factories.PASSWORD)
        user.is_active = user is member
        user.save()

    hashed = []
    for email in (member.email, "nobody@example.com", closed.email):
        CountedHasher.count = 0
        sign_in(ApiClient(), email, "not the password")
        hashed.append(CountedHasher.count)

    assert len(set(hashed)) == 1


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"email": "nobody"}, "/email"),
        ({"email": "a\u0000@example.com"}, "/email"),
        ({"email": None}, "/email"),
        ({"email": ["x"]}, "/email"),
        ({"password": "short"}, "/password"),
        ({"password": "password123"}, "/password"),
        ({"password": "x" * 129}, "/password"),
        ({"password": "new@example.com"}, "/password"),
        ({"time_zone": "Mars/Base"}, "/time_zone"),
        ({"time_zone": "../../etc/passwd"}, "/time_zone"),
    ],
)
def test_what_is_wrong_with_a_registration_is_said(
    visitor: ApiClient, fields: dict[str, Any], pointer: str
) -> None:
    answer = visitor.post_json("/api/auth/register", NEW | fields)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert not User.objects.exists()


def test_a_wrong_password_and_an_unknown_address_look_alike(
    visitor: ApiClient, member: User
) -> None:
    wrong = sign_in(visitor, member.email, "not the password")
    unknown = sign_in(visitor, "nobody@example.com")

    assert wrong.status_code == 400
    assert wrong.json() == unknown.json()


def test_a_closed_account_cannot_sign_in_and_its_tokens_are_worth_nothing(member: User) -> None:
    phone = ApiClient(user=member)
    member.is_active = False
    member.save()

    assert sign_in(ApiClient(), member.email).status_code == 400
    assert phone.get("/api/streak").status_code == 401


def test_an_account_made_in_the_admin_gets_its_profile_on_first_use() -> None:
    user = User.objects.create_user("made@example.com", factories.PASSWORD)

    assert ApiClient(user=user).get("/api/users/profile").json()["time_zone"] == "UTC"


@pytest.mark.parametrize(
    "door",
    ["register", "signup", "login", "refresh-token", "verify-email", "verify-email/resend",
     "password-reset", "password-reset/confirm", "social/google", "social/apple"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[" * 100_000, 400),
        (b'{"email":' * 50_000, 400),
        (b'{"email": "' + b"x" * 10_000_000 + b'"}', 413),
        (b"\x00", 400),
        (b'{"email": "\xff"}', 400),
        (b"[]", 400),
        (b"7", 400),
    ],
)  # fmt: skip
def test_no_door_breaks_under_a_monstrous_body(
    visitor: ApiClient, door: str, body: bytes, status: int
) -> None:
    answer = visitor.generic("POST", f"/api/auth/{door}", body, "application/json")

    assert answer.status_code == status
    assert not User.objects.exists()
