"""The shared cache keeps Django's contract, in PostgreSQL and in Redis."""

import datetime as dt
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from django.core.cache import cache, caches
from django.db import connections
from django.utils import timezone
from django.utils.module_loading import import_string
from pytest_django import DjangoAssertNumQueries, Settings

from config.cache.models import Entry
from fitness.accounts.models import User
from fitness.core import limits
from tests.config import test_doors
from tests.config.doors import DOORS, Door

THREADS = 8
VALUES = [0, -5, 2**62, 2**80, True, False, None, 1.5, "é", b"\x00\xff", [1, {"a": (2, 3)}]]
needs_redis = pytest.mark.skipif(
    not shutil.which("redis-server"), reason="needs redis-server on the PATH"
)


@pytest.fixture(scope="session")
def redis_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    socket = tmp_path_factory.mktemp("redis") / "socket"
    command = ["redis-server", "--port", "0", "--unixsocket", str(socket), "--save", ""]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while not socket.exists():
        assert server.poll() is None, "redis-server did not start"
        time.sleep(0.02)
    yield f"unix://{socket}?db=0"
    server.terminate()
    server.wait()


@pytest.fixture
def redis(redis_address: str, settings: Settings) -> None:
    """The cache as ``CACHE_URL`` makes it."""
    backend = "django.core.cache.backends.redis.RedisCache"
    shared = {"BACKEND": backend, "LOCATION": redis_address}
    settings.CACHES = {**settings.CACHES, "default": shared}
    caches["default"].clear()


@pytest.fixture(params=["postgres", pytest.param("redis", marks=needs_redis)])
def shared(request: pytest.FixtureRequest, db: None) -> None:
    if request.param == "redis":
        request.getfixturevalue("redis")


@pytest.mark.usefixtures("shared")
class TestContract:
    @pytest.mark.parametrize("value", VALUES)
    def test_what_is_kept_comes_back_as_it_was(self, value: Any) -> None:
        cache.set("key", value)

        kept = cache.get("key", "nothing")
        assert (kept, type(kept)) == (value, type(value))
        assert cache.get_many(["key", "other"]) == {"key": value}
        assert "key" in cache

    def test_what_is_not_there_is_the_default(self) -> None:
        assert cache.get("key") is None
        assert cache.get("key", 7) == 7
        assert "key" not in cache

    def test_only_the_first_is_added(self) -> None:
        assert cache.add("key", 1) is True
        assert cache.add("key", 2) is False
        assert cache.get("key") == 1

    def test_numbers_are_counted(self) -> None:
        cache.set("key", 5)

        assert (cache.incr("key"), cache.incr("key", 10), cache.decr("key", 3)) == (6, 16, 13)
        with pytest.raises(ValueError, match="not found"):
            cache.incr("other")

    def test_counting_does_not_prolong(self) -> None:
        cache.set("key", 1, timeout=1)
        cache.incr("key")
        time.sleep(1.1)

        assert cache.get("key") is None
        assert cache.add("key", 2) is True

    def test_what_is_deleted_is_gone(self) -> None:
        cache.set_many({"a": 1, "b": 2, "c": 3})

        assert (cache.delete("a"), cache.delete("a")) == (True, False)
        cache.delete_many(["b", "none"])
        cache.delete_many([])
        assert cache.get_many(["a", "b", "c"]) == {"c": 3}
        cache.clear()
        assert cache.get("c") is None

    @pytest.mark.parametrize("timeout", [0, -1])
    def test_a_time_that_is_over_keeps_nothing(self, timeout: int) -> None:
        cache.set("key", 1)
        cache.set("key", 2, timeout=timeout)

        assert cache.get("key") is None

    def test_none_is_for_ever_until_it_is_touched(self) -> None:
        cache.set("key", 1, timeout=None)

        assert cache.touch("key", timeout=0) is True
        assert cache.get("key") is None
        assert cache.touch("key") is False

    def test_versions_are_kept_apart(self) -> None:
        cache.set("key", 1, version=1)
        cache.set("key", 2, version=2)

        assert (cache.get("key"), cache.get("key", version=2)) == (1, 2)
        assert cache.incr_version("key", version=2) == 3
        assert cache.get("key", version=3) == 2

    def test_what_is_missing_is_made_once(self) -> None:
        assert cache.get_or_set("key", lambda: 1) == 1
        assert cache.get_or_set("key", lambda: 2) == 1

    def test_limits_count_in_it(self) -> None:
        for _ in range(15):
            with limits.attempt("mailed_link", address="192.0.2.1"):
                pass

        with pytest.raises(limits.LimitReachedError) as refusal:
            limits.spend("mailed_link", address="192.0.2.1")
        assert 890 <= refusal.value.retry_after <= 900


@needs_redis
@pytest.mark.django_db
@pytest.mark.usefixtures("redis")
@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_the_doors_close_with_redis_too(door: Door, editor: User, settings: Settings) -> None:
    test_doors.test_fifteen_wrong_guesses_close_a_door(door, 1, editor, settings)

    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_every_call_is_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(8):
        cache.set("a", 1)
        cache.set_many({"a": 1, "b": 2})
        cache.add("a", 1)
        cache.get("a")
        cache.get_many(["a", "b"])
        cache.incr("a")
        cache.touch("a")
        cache.delete("a")


@pytest.mark.django_db
def test_what_has_expired_is_swept_up() -> None:
    cache.set("for-ever", 1, timeout=None)
    cache.set("an-hour", 1, timeout=3600)
    cache.set("a-minute", 1, timeout=60)

    with time_machine.travel(timezone.now() + dt.timedelta(minutes=2)):
        import_string("config.cache.tasks.forget_expired").call()

    assert set(Entry.objects.values_list("key", flat=True)) == {":1:for-ever", ":1:an-hour"}


@pytest.mark.django_db
def test_a_value_of_many_megabytes_is_kept() -> None:
    cache.set("key", "x" * 5_000_000)

    assert cache.get("key") == "x" * 5_000_000


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def test_all_are_counted(self) -> None:
        cache.set("key", 0)
        at_once(lambda: [cache.incr("key") for _ in range(25)])

        assert cache.get("key") == THREADS * 25

    def test_one_of_them_adds(self) -> None:
        assert sum(at_once(lambda: cache.add("key", 1))) == 1

    def test_those_that_write_the_same_keys_do_not_lock_each_other(self) -> None:
        keys = [f"key{number}" for number in range(20)]
        orders = iter([keys, keys[::-1]] * THREADS)
        at_once(lambda: [cache.set_many(dict.fromkeys(next(orders), 1)) for _ in range(2)])

        assert len(cache.get_many(keys)) == 20


def at_once(call: Callable[[], Any]) -> list[Any]:
    """Call on eight threads, each with a connection of its own."""

    def closing(_: int) -> Any:
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(closing, range(THREADS)))
