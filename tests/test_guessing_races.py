"""Many guesses at once are no more than one after the other."""

import pytest
from django.test import Client

from fitness.accounts.models import User
from fitness.core import limits
from tests.config.doors import Secret, api_login
from tests.database import add_what_migrations_add
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
THREADS = 12


@pytest.fixture(autouse=True)
def _first_pages() -> None:
    add_what_migrations_add()


@pytest.mark.parametrize("before", [0, 3])
def test_twelve_guesses_at_once_are_five(before: int, member: User) -> None:
    for _ in range(before):
        api_login(Client(), member, Secret.WRONG)

    answers = at_once(
        lambda _: api_login(Client(), member, Secret.WRONG).status_code, threads=THREADS
    )

    assert 1 <= answers.count(400) <= 5 - before
    assert answers.count(429) == THREADS - answers.count(400)


def test_letters_asked_for_at_once_are_five() -> None:
    def ask(number: int) -> bool:
        try:
            limits.spend("password_reset", address=f"192.0.2.{number}", account="a@example.com")
        except limits.LimitReachedError:
            return False
        return True

    assert at_once(ask, threads=THREADS).count(True) == 5
