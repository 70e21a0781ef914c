"""A stolen staff password opens nothing through the API either."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from config.staff.factors import trust
from fitness.accounts.models import User
from tests import factories
from tests.api.client import ApiClient
from tests.api.test_second_factor import SEED, now_code

pytestmark = pytest.mark.django_db
PATH = "/api/admin/workouts"


@pytest.fixture(autouse=True)
def _required(settings: Any) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = True


def signed_in(user: User, code: str = "") -> ApiClient:
    phone = ApiClient()
    said = {"email": user.email, "password": factories.PASSWORD, "code": code}
    answer = phone.post_json("/api/auth/login", said)
    assert answer.status_code == 200, answer.content
    phone.carry(answer.json()["access"])
    return phone


def test_a_password_alone_opens_nothing(editor: User) -> None:
    answer = signed_in(editor).get(PATH)

    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:fitcore:problem:staff-second-factor-required"


def test_a_factor_that_nobody_proved_opens_nothing(editor: User) -> None:
    TOTP.activate(editor, SEED)

    assert signed_in(editor, now_code()).get(PATH).status_code == 403


def test_a_proven_factor_opens_until_it_is_taken_away(editor: User) -> None:
    TOTP.activate(editor, SEED)
    before = ApiClient(user=editor)
    trust(set(Authenticator.objects.filter(user=editor).values_list("pk", flat=True)))
    phone = signed_in(editor, now_code())

    opened = phone.get(PATH)
    Authenticator.objects.filter(user=editor).delete()

    assert opened.status_code == 200
    assert phone.get(PATH).status_code == 403
    assert before.get(PATH).status_code == 403
