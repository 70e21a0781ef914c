"""Django's cache in a table of PostgreSQL: one statement a call, and counting is atomic.

It takes part in the caller's transaction, as every write to the database does.
See ``docs/decisions/0011``.
"""

import pickle
import time
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

from fitness.core.counting import SHIFT

_BIGGEST = 2**63 - 1
_FOREVER = float("inf")
_GET = "SELECT key, number, pickled FROM cache_entry WHERE key = ANY(%s) AND expires_at > %s"
_SET = """
    INSERT INTO cache_entry (key, number, pickled, expires_at)
    SELECT *, %s FROM unnest(%s::text[], %s::bigint[], %s::bytea[])
    ON CONFLICT (key) DO UPDATE SET
        number = excluded.number, pickled = excluded.pickled, expires_at = excluded.expires_at
"""
_ADD = """
    INSERT INTO cache_entry AS old (key, number, pickled, expires_at) VALUES (%s, %s, %s, %s)
    ON CONFLICT (key) DO UPDATE SET
        number = excluded.number, pickled = excluded.pickled, expires_at = excluded.expires_at
        WHERE old.expires_at <= %s
"""
_INCREASE = (
    "UPDATE cache_entry SET number = number + %s"
    " WHERE key = %s AND expires_at > %s RETURNING number"
)
_TOUCH = "UPDATE cache_entry SET expires_at = %s WHERE key = %s AND expires_at > %s"
_DELETE = "DELETE FROM cache_entry WHERE key = %s RETURNING expires_at > %s"
_DELETE_MANY = "DELETE FROM cache_entry WHERE key = ANY(%s)"
# Numbers hold a window's end and a count in it: ``fitness.core.counting``. Rows are taken in the
# order of their keys: two that count at the same keys never wait for each other.
_CLAIM = """
    INSERT INTO cache_entry AS old (key, number, expires_at)
    SELECT key, ends_at * %(shift)s + 1, ends_at
    FROM unnest(%(keys)s::text[], %(ends)s::bigint[]) AS new (key, ends_at)
    ON CONFLICT (key) DO UPDATE SET pickled = NULL, (number, expires_at) = (
        SELECT old.number + 1, old.expires_at WHERE old.number / %(shift)s > %(now)s
        UNION ALL SELECT excluded.number, excluded.expires_at LIMIT 1
    )
    RETURNING key, number
"""
_GIVE_BACK = """
    UPDATE cache_entry SET number = number - 1 FROM (
        SELECT key FROM cache_entry
        JOIN unnest(%(keys)s::text[], %(ends)s::bigint[]) AS mine (key, ends_at) USING (key)
        WHERE number / %(shift)s = ends_at ORDER BY key FOR UPDATE OF cache_entry
    ) AS held WHERE cache_entry.key = held.key AND number %% %(shift)s > 0
"""
_FORGET = "DELETE FROM cache_entry WHERE expires_at <= %s"

type _Timeout = Any  # seconds, None for ever, or Django's mark for the default


class PostgresCache(BaseCache):
    """Keeps Django's contract of caches; expired rows are as good as gone until they are."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self.get_many([key], version=version).get(key, default)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        names = {self.make_and_validate_key(key, version=version): key for key in keys}
        with connection.cursor() as cursor:
            cursor.execute(_GET, [list(names), time.time()])
            return {names[name]: _loaded(number, data) for name, number, data in cursor}

    def set(
        self,
        key: str,
        value: Any,
        timeout: _Timeout = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        self.set_many({key: value}, timeout, version)

    def set_many(
        self,
        data: Mapping[str, Any],
        timeout: _Timeout = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> list[str]:
        expires_at = self._expires_at(timeout)
        # Sorted: two that write the same keys take them in the same order.
        named = {self.make_and_validate_key(k, version=version): v for k, v in data.items()}
        columns = zip(*((name, *_dumped(named[name])) for name in sorted(named)), strict=True)
        if named:
            self._run(_SET, expires_at, *map(list, columns))
        return []

    def add(
        self,
        key: str,
        value: Any,
        timeout: _Timeout = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        row = (self.make_and_validate_key(key, version=version), *_dumped(value))
        return self._run(_ADD, *row, self._expires_at(timeout), time.time()) == 1

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        name = self.make_and_validate_key(key, version=version)
        with connection.cursor() as cursor:
            cursor.execute(_INCREASE, [delta, name, time.time()])
            row = cursor.fetchone()
        if row is None:
            raise ValueError(f"Key {key!r} not found")
        if row[0] is None:
            raise TypeError(f"Key {key!r} holds no whole number")
        return int(row[0])

    def touch(
        self, key: str, timeout: _Timeout = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        name = self.make_and_validate_key(key, version=version)
        return self._run(_TOUCH, self._expires_at(timeout), name, time.time()) == 1

    def delete(self, key: str, version: int | None = None) -> bool:
        name = self.make_and_validate_key(key, version=version)
        with connection.cursor() as cursor:
            cursor.execute(_DELETE, [name, time.time()])
            return (True,) in cursor.fetchall()

    def delete_many(self, keys: Iterable[str], version: int | None = None) -> None:
        names = [self.make_and_validate_key(key, version=version) for key in keys]
        if names:
            self._run(_DELETE_MANY, names)

    def clear(self) -> None:
        self._run("DELETE FROM cache_entry")

    def claim(self, ends: Mapping[str, int], *, now: int) -> dict[str, int]:
        """Count one more in the windows of some keys, or begin them; see ``counting.claim``."""
        names = {self.make_and_validate_key(key): key for key in sorted(ends)}
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, _windows(names, ends) | {"now": now})
            return {names[name]: number for name, number in cursor}

    def give_back(self, ends: Mapping[str, int]) -> None:
        """Undo claims whose windows still end at the same second."""
        names = {self.make_and_validate_key(key): key for key in sorted(ends)}
        with connection.cursor() as cursor:
            cursor.execute(_GIVE_BACK, _windows(names, ends))

    def forget_expired(self) -> int:
        """Delete the rows whose time is over; how many there were."""
        return self._run(_FORGET, time.time())

    def _expires_at(self, timeout: _Timeout) -> float:
        at = self.get_backend_timeout(timeout)
        return _FOREVER if at is None else at

    def _run(self, statement: str, *values: Any) -> int:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return int(cursor.rowcount)


def _windows(names: Mapping[str, str], ends: Mapping[str, int]) -> dict[str, Any]:
    return {"keys": list(names), "ends": [ends[key] for key in names.values()], "shift": SHIFT}


def _dumped(value: Any) -> tuple[int | None, bytes | None]:
    """A whole number as it is, so that it can be counted up; ``True`` is none."""
    if type(value) is int and abs(value) <= _BIGGEST:
        return value, None
    return None, pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def _loaded(number: int | None, pickled: bytes | None) -> Any:
    return pickle.loads(pickled) if pickled is not None else number  # noqa: S301  (our own)
