"""How often something may be tried, whoever asks and however many at once."""

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, Settings

from config.cache.models import Entry
from fitness.core import limits
from fitness.core.limits import LimitReachedError

pytestmark = pytest.mark.django_db
HERE, THERE = "198.51.100.7", "203.0.113.9"


@pytest.fixture(autouse=True)
def rules(settings: Settings) -> None:
    settings.LIMITS = {
        "letter": {"address": (3, 60), "account": (2, 3600)},
        "secret": {"account+address": (3, 60), "address": (6, 60), "account": (8, 600)},
    }


def guess(*, account: str = "a@example.com", address: str = HERE, right: bool = False) -> bool:
    with limits.attempt("secret", account=account, address=address) as this:
        if right:
            this.forgive()
    return right


def wait(account: str = "a@example.com", address: str = HERE) -> int:
    """How long the next guess has to wait; 0 is not at all."""
    try:
        guess(account=account, address=address, right=True)
    except LimitReachedError as refusal:
        return refusal.retry_after
    return 0


def test_each_of_the_limits_refuses() -> None:
    for number in range(2):
        limits.spend("letter", account="a", address=f"192.0.2.{number}")
    with pytest.raises(LimitReachedError):
        limits.spend("letter", account="a", address=HERE)

    for number in range(3):
        limits.spend("letter", account=f"b{number}", address=HERE)
    with pytest.raises(LimitReachedError):
        limits.spend("letter", account="c", address=HERE)


def test_what_was_refused_does_not_count() -> None:
    for _ in range(2):
        limits.spend("letter", account="a", address=HERE)
    for _ in range(5):
        with pytest.raises(LimitReachedError):
            limits.spend("letter", account="a", address=HERE)

    limits.spend("letter", account="b", address=HERE)


def test_a_window_ends_when_it_said_it_would() -> None:
    with time_machine.travel("2026-03-01 12:00:00Z", tick=False) as clock:
        for _ in range(3):
            guess()
        assert wait() == 60
        clock.shift(59)
        assert wait() == 1
        clock.shift(1)
        assert wait() == 0


def test_refused_guesses_make_nobody_wait_longer() -> None:
    with time_machine.travel("2026-03-01 12:00:00Z", tick=False) as clock:
        for _ in range(3):
            guess()
        clock.shift(30)
        assert [wait() for _ in range(9)] == [30] * 9


def test_a_right_guess_forgives_the_wrong_ones_before_it() -> None:
    for _ in range(2):
        guess()
    guess(right=True)
    for _ in range(2):
        guess()

    assert wait() == 0


def test_ones_own_account_does_not_buy_more_guesses_at_others() -> None:
    for number in range(6):
        guess(account=f"victim{number}@example.com")
        if number < 5:
            guess(account="own@example.com", right=True)

    assert wait("victim9@example.com") > 0


def test_strangers_cannot_lock_out_who_is_known_where_they_are() -> None:
    for number in range(8):
        guess(address=f"192.0.2.{number}")

    assert wait() > 0
    with limits.attempt(
        "secret", account="a@example.com", address=HERE, is_known=lambda: True
    ) as this:
        this.forgive()


def test_who_is_known_gets_no_more_guesses_from_one_address() -> None:
    for number in range(8):
        guess(address=f"192.0.2.{number // 3}")

    with (
        pytest.raises(LimitReachedError),
        limits.attempt(
            "secret", account="a@example.com", address="192.0.2.0", is_known=lambda: True
        ),
    ):
        pytest.fail("the secret was looked at")


@pytest.mark.parametrize(
    "dressed", ["A@Example.COM", " a@example.com ", "\uff41@example.com", "a@exam\uff50le.com"]
)
def test_an_account_counts_as_one_however_it_is_spelt(dressed: str) -> None:
    for _ in range(3):
        guess(account=dressed)

    assert wait("a@example.com") > 0


@pytest.mark.parametrize("name", ["", "\x00", "\ud800", "x" * 1_000_000, "\u202e@\ufdfa"])
def test_a_name_of_any_shape_is_counted(name: str) -> None:
    for _ in range(3):
        guess(account=name)

    assert wait(name) > 0


def test_all_addresses_of_one_home_count_as_one() -> None:
    for number in range(3):
        guess(address=f"2001:db8:1:2:{number}::1")

    assert wait(address="2001:db8:1:2:ffff::9") > 0
    assert wait(address="2001:db8:1:3::1") == 0


def test_an_error_on_the_way_counts_as_wrong() -> None:
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), limits.attempt("secret", account="a", address=HERE):
            raise ZeroDivisionError

    assert wait("a") > 0


def test_the_cache_does_not_tell_who_tried() -> None:
    guess(account="somebody@example.com", address=HERE)

    keys = "".join(_keys())
    assert "limit:secret:" in keys
    assert "somebody" not in keys
    assert HERE not in keys


def test_a_guess_costs_one_statement_and_a_right_one_another(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        guess(address=THERE)
    with django_assert_num_queries(2):
        guess(right=True)


def test_a_count_that_lost_its_expiry_locks_nobody_out() -> None:
    """Redis counts up from nothing, and for ever, what expires between look and count."""
    guess()
    for key in _keys():
        cache.set(key, 99, timeout=None)

    assert wait() == 0


def test_counting_where_it_could_be_undone_is_refused() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError):
        limits.spend("letter", account="a", address=HERE)


def _keys() -> list[str]:
    return [key.removeprefix(":1:") for key in Entry.objects.values_list("key", flat=True)]


def test_what_is_not_known_is_not_counted_as_one_for_all() -> None:
    for number in range(2):
        limits.spend("letter", account=None, address=f"192.0.2.{number}")

    limits.spend("letter", account=None, address=HERE)
