"""The doors: joining, signing in and out, staying signed in, and who is turned away."""

import datetime as dt
from typing import Any

import jwt
import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from fitness.accounts.models import Profile, User
from tests import factories
from tests.api.client import ApiClient

pytestmark = pytest.mark.django_db
NEW = {"email": "New@Example.com", "password": "a long enough sentence", "time_zone": "Asia/Tokyo"}


def sign_in(phone: ApiClient, email: str, password: str = factories.PASSWORD) -> Any:
    return phone.post_json("/api/auth/login", {"email": email, "password": password})


def with_token(token: object) -> ApiClient:
    phone = ApiClient()
    phone.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    return phone


@pytest.mark.parametrize("path", ["/api/auth/register", "/api/auth/signup"])
def test_who_joins_can_sign_in_and_train(visitor: ApiClient, path: str) -> None:
    assert visitor.post_json(path, NEW).status_code == 201

    tokens = sign_in(visitor, "new@example.COM", NEW["password"]).json()

    assert with_token(tokens["access"]).get("/api/streak").json()["current"] == 0
    assert Profile.objects.get().time_zone == "Asia/Tokyo"
    (verification,) = mail.outbox
    assert verification.to == ["new@example.com"]
    assert "/verify-email/" in str(verification.body)


def test_nobody_learns_from_us_whether_an_address_is_known(visitor: ApiClient) -> None:
    first = visitor.post_json("/api/auth/register", NEW)
    second = visitor.post_json("/api/auth/register", NEW | {"password": "another sentence here"})

    assert (second.status_code, second.json()) == (first.status_code, first.json())
    assert User.objects.count() == 1
    assert User.objects.get().check_password(NEW["password"])
    assert len(mail.outbox) == 2  # the owner is told


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


def test_a_refresh_token_is_traded_once(visitor: ApiClient, member: User) -> None:
    old = sign_in(visitor, member.email).json()["refresh"]

    new = visitor.post_json("/api/auth/refresh-token", {"refresh": old}).json()

    assert with_token(new["access"]).get("/api/streak").status_code == 200
    assert visitor.post_json("/api/auth/refresh-token", {"refresh": old}).status_code == 401
    assert (
        visitor.post_json("/api/auth/refresh-token", {"refresh": new["refresh"]}).status_code == 200
    )


def test_who_signed_out_cannot_refresh(visitor: ApiClient, member: User) -> None:
    tokens = sign_in(visitor, member.email).json()
    phone = with_token(tokens["access"])

    assert phone.post_json("/api/auth/logout", {"refresh": tokens["refresh"]}).status_code == 204
    answer = visitor.post_json("/api/auth/refresh-token", {"refresh": tokens["refresh"]})
    assert answer.status_code == 401


@pytest.mark.parametrize("refresh", ["", "nonsense", None, ["x"], 7, "a.b.c"])
def test_a_bad_refresh_token_is_refused(api: ApiClient, refresh: Any) -> None:
    for path in ("/api/auth/refresh-token", "/api/auth/logout"):
        assert api.post_json(path, {"refresh": refresh}).status_code in {400, 401}


def forged(member: User, **claims: Any) -> str:
    good = AccessToken.for_user(member).payload
    return jwt.encode(good | claims, settings.SECRET_KEY, algorithm="HS256")


def forgeries(member: User) -> dict[str, str]:
    payload = AccessToken.for_user(member).payload
    header, body, signature = str(AccessToken.for_user(member)).split(".")
    soon = int(timezone.now().timestamp()) + 3600
    return {
        "other key": jwt.encode(payload, "another key " * 4, algorithm="HS256"),
        "no algorithm": jwt.encode(payload, None, algorithm="none"),
        "other algorithm": jwt.encode(payload, settings.SECRET_KEY, algorithm="HS512"),
        "key named by the token": jwt.encode(
            payload, "x" * 32, algorithm="HS256", headers={"kid": "/dev/null"}
        ),
        "no signature": f"{header}.{body}.",
        "changed body": f"{header}.{body[:-2]}AA.{signature}",
        "expired": forged(member, exp=1),
        "not yet valid": forged(member, nbf=soon),
        "other audience": forged(member, aud="somebody-else"),
        "other issuer": forged(member, iss="somebody-else"),
        "refresh token": str(RefreshToken.for_user(member)),
        "nobody": forged(member, user_id="0"),
        "no number": forged(member, user_id="x' OR 1=1"),
        "too large a number": forged(member, user_id=str(10**30)),
        "nonsense": "nonsense",
    }


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize("path", ["/api/streak", "/api/workouts"])
def test_forged_and_expired_tokens_are_refused_on_public_reads_too(member: User, path: str) -> None:
    for name, token in forgeries(member).items():
        answer = with_token(token).get(path)
        assert (name, answer.status_code) == (name, 401)
        assert answer["Content-Type"] == "application/problem+json"


def test_an_access_token_ends_after_ten_minutes(member: User) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        phone = ApiClient(user=member)
        assert phone.get("/api/streak").status_code == 200
    with time_machine.travel(now + dt.timedelta(minutes=10, seconds=1), tick=False):
        assert phone.get("/api/streak").status_code == 401


def test_checking_a_token_is_one_read(
    api: ApiClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        api.get("/api/users/profile")


def test_an_account_made_in_the_admin_gets_its_profile_on_first_use() -> None:
    user = User.objects.create_user("made@example.com", factories.PASSWORD)

    assert ApiClient(user=user).get("/api/users/profile").json()["time_zone"] == "UTC"
