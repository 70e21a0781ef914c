"""Many guesses at once are no more than one after the other."""

import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.test import Client

from config.env import env
from fitness.accounts.models import User
from fitness.core import limits
from tests.config.doors import Secret, api_login
from tests.config.running_queue import database_url
from tests.config.test_cache import redis_address
from tests.database import add_what_migrations_add
from tests.threads import at_once

__all__ = ["redis_address"]
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

    assert answers.count(400) == 5 - before
    assert answers.count(429) == THREADS - answers.count(400)


def test_letters_asked_for_at_once_are_five() -> None:
    def ask(number: int) -> bool:
        try:
            limits.spend("password_reset", address=f"192.0.2.{number}", account="a@example.com")
        except limits.LimitReachedError:
            return False
        return True

    assert at_once(ask, threads=THREADS).count(True) == 5


@pytest.mark.parametrize("shared", ["postgres", "redis"])
def test_guesses_of_six_processes_at_once_are_five_from_each_address(
    shared: str, request: pytest.FixtureRequest
) -> None:
    address = request.getfixturevalue("redis_address") if shared == "redis" else ""
    surroundings = {
        **env.ENVIRON,
        "DJANGO_SETTINGS_MODULE": "tests.config.queue_settings",
        "DATABASE_URL": database_url(),
        "CACHE_URL": address,
    }
    guessers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.config.guessing"],
            cwd=settings.ROOT, env=surroundings, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for _ in range(6)
    ]  # fmt: skip
    assert [guesser.stdout and guesser.stdout.readline() for guesser in guessers] == ["ready\n"] * 6

    start_at = time.time() + 0.3
    said = [guesser.communicate(f"{start_at}\n", timeout=30)[0] for guesser in guessers]

    addresses = len({guesser.pid % 2 for guesser in guessers})
    assert sum(map(int, said)) == 5 * addresses
