"""What is asked eight times at once about one member's data happens once."""

import pytest
from django.utils import timezone

from fitness.accounts.models import User
from fitness.privacy.models import Closure, Consent, Export, Kind
from fitness.privacy.rules import TEXTS
from fitness.privacy.selectors import undo_token
from fitness.privacy.services.closing import close_account
from tests import factories
from tests.api.client import ApiClient
from tests.database import add_what_migrations_add
from tests.test_races import THREADS
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _first_pages() -> None:
    add_what_migrations_add()


def test_a_copy_asked_for_eight_times_at_once_is_built_once(member: User) -> None:
    answers = at_once(lambda _: ApiClient(user=member).post_json("/api/users/export"))

    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Export.objects.count() == 1


def test_an_account_closed_eight_times_at_once_is_closed_once(member: User) -> None:
    phones = [ApiClient(user=member) for _ in range(THREADS)]
    told = {"password": factories.PASSWORD}

    answers = at_once(lambda number: phones[number].send("DELETE", "/api/users/me", told))

    codes = {answer.status_code for answer in answers}
    assert 202 in codes
    assert codes <= {202, 401, 429}  # tries in flight count as guesses
    assert Closure.objects.count() == 1


def test_a_consent_given_eight_times_at_once_is_one_line(member: User) -> None:
    told = {"kind": "health", "is_given": True, "version": TEXTS[Kind.HEALTH].version}

    answers = at_once(lambda _: ApiClient(user=member).put_json("/api/users/consents", told))

    assert {answer.status_code for answer in answers} == {200}
    assert Consent.objects.count() == 1


def test_an_account_opened_again_eight_times_at_once_is_opened_once(member: User) -> None:
    token = undo_token(close_account(user_id=member.pk, now=timezone.now()))

    answers = at_once(lambda _: ApiClient().post(f"/account/undo/{token}"))

    assert sorted(answer.status_code for answer in answers) == [302] + [410] * (THREADS - 1)
