"""A second factor that was set up on the site is asked for by the apps too."""

import time
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from fitness.accounts.models import SignIn, User
from tests import factories
from tests.api.client import ApiClient

pytestmark = pytest.mark.django_db
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def now_code() -> str:
    return str(format_hotp_value(hotp_value(SEED, int(time.time()) // 30)))


def sign_in(member: User, **more: str) -> Any:
    said = {"email": member.email, "password": factories.PASSWORD, **more}
    return ApiClient().post_json("/api/auth/login", said)


@pytest.fixture(autouse=True)
def _app(member: User) -> None:
    TOTP.activate(member, SEED)


def test_the_password_alone_does_not_open(member: User) -> None:
    answer = sign_in(member)

    assert answer.status_code == 401
    assert answer.json()["type"] == "urn:fitcore:problem:second-factor-required"
    assert not SignIn.objects.exists()


def test_the_code_of_the_app_opens_once(member: User) -> None:
    code = now_code()

    assert sign_in(member, code=code).status_code == 200
    assert sign_in(member, code=code).status_code == 400


def test_a_recovery_code_opens_once(member: User) -> None:
    code = RecoveryCodes.activate(member).get_unused_codes()[0]

    assert sign_in(member, code=code).status_code == 200
    assert sign_in(member, code=code).status_code == 400


def test_a_wrong_code_is_named_and_guessing_ends(member: User) -> None:
    wrong = f"{(int(now_code()) + 1) % 10**6:06}"

    answers = [sign_in(member, code=wrong) for _ in range(6)]

    assert answers[0].json()["errors"][0]["pointer"] == "/code"
    assert [answer.status_code for answer in answers] == [400] * 5 + [429]
    assert sign_in(member, code=now_code()).status_code == 429


def test_without_the_password_nobody_learns_of_the_second_factor(member: User) -> None:
    said = {"email": member.email, "password": "not the password"}

    answer = ApiClient().post_json("/api/auth/login", said)

    assert answer.status_code == 400
    assert "code" not in answer.content.decode().replace('"code":', "")
