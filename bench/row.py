"""One line of the table, and who sends its requests."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.requests import Request, ask

READ_SQL, READ_CPU, NOT_MODIFIED_SQL = 6, 3.0, 3
NOT_MODIFIED = 304


@dataclass(frozen=True)
class Row:
    """One line of the table. The aims are ``None`` where the product sets itself none.

    It is to take at most a third of the CPU of its ``peer``, a row that comes before it; and 99 of
    100 requests are to be answered in ``alone_aim`` milliseconds, each sent alone.
    """

    name: str
    requests: Sequence[Request]
    status: int = 200
    sql_aim: int | None = READ_SQL
    cpu_aim: float | None = READ_CPU
    is_once: bool = False
    peer: str = ""
    alone_aim: float | None = None


@dataclass(frozen=True)
class Members:
    """Bearer tokens by what their members are to a row, and cookies of some of them."""

    readers: Sequence[str]
    free: Sequence[str]
    premium: Sequence[str]
    rested: Sequence[str]
    trained: Sequence[str]
    refresh: Sequence[str]
    cookies: Sequence[str]


def as_each(name: str, tokens: Sequence[str], *paths: str, sql_aim: int | None = READ_SQL) -> Row:
    return Row(
        name,
        [
            Request(paths[number % len(paths)], headers=bearer(token))
            for number, token in enumerate(tokens)
        ],
        sql_aim=sql_aim,
    )


def unchanged(name: str, path: str, headers: dict[str, str] | None = None) -> Row:
    """Asked again by who has the answer already."""
    known = headers or {}
    seen = ask(Request(path, headers=known))
    again = Request(path, headers={**known, "If-None-Match": seen["ETag"]})
    return Row(name, [again], status=NOT_MODIFIED, sql_aim=NOT_MODIFIED_SQL)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
