"""Pages by cursor: as quick for the last page as for the first, and never a COUNT."""

import base64
import uuid
from typing import Any

import msgspec
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from fitness.core.paging import Ordering, Place, PreparedRows, part

PAGE_SIZE, MAX_LIMIT = 20, 100
_LIMIT, _CURSOR = "limit", "cursor"


class Page[Item](msgspec.Struct, frozen=True):
    """One page of a list; ``next`` and ``previous`` are whole addresses, or null at the ends."""

    next: str | None
    previous: str | None
    results: list[Item]


class Synced[Item](Page[Item], frozen=True):
    """One page of a list that phones keep a copy of.

    ``removed`` names what left the list since ``updated_since``: it is on the first page of such
    a question, and empty otherwise. It may name things that the phone never had.
    """

    removed: list[uuid.UUID]


class Cursor:
    """The page that a request asks for; 20 rows, or ``?limit=`` up to 100.

    ``?cursor=`` is signed and belongs to one path and ordering: what is no value of theirs
    never reaches the database. Raises ``ValidationError`` for a limit or cursor of any other kind.
    """

    def __init__(self, request: Request, *ordering: str) -> None:
        self._request = request
        self._ordering: Ordering = ordering
        self._signer = Signer(salt=f"cursor {request.path} {','.join(ordering)}")
        self._limit = self._limit_asked_for()
        self._place = self._place_asked_for()
        self._next: str | None = None
        self._previous: str | None = None

    def rows[Row](self, source: QuerySet[Any, Row] | PreparedRows[Row]) -> list[Row]:
        """The rows of the page; one query."""
        found = self._found(source)
        has_more, rows = len(found) > self._limit, found[: self._limit]
        is_backwards = self._place is not None and self._place.is_backwards
        if is_backwards:
            rows.reverse()
        if rows and (has_more or is_backwards):
            self._next = self._address(rows[-1], is_backwards=False)
        if rows and (has_more if is_backwards else self._place is not None):
            self._previous = self._address(rows[0], is_backwards=True)
        return rows

    def as_page[Item](self, items: list[Item]) -> Page[Item]:
        """The page with the addresses of its neighbours; ``rows`` comes first."""
        return Page(next=self._next, previous=self._previous, results=items)

    def as_synced[Item](self, items: list[Item], removed: list[uuid.UUID]) -> Synced[Item]:
        """The same, with what left the list; ``rows`` comes first."""
        return Synced(next=self._next, previous=self._previous, results=items, removed=removed)

    @property
    def is_first(self) -> bool:
        """Whether this is where the list begins."""
        return self._place is None

    def _found[Row](self, source: QuerySet[Any, Row] | PreparedRows[Row]) -> list[Row]:
        """The rows of the page and one more, which tells whether there are more."""
        if isinstance(source, PreparedRows):
            return source.part(self._ordering, self._place, self._limit + 1)
        return list(part(source, self._ordering, self._place)[: self._limit + 1])

    def _limit_asked_for(self) -> int:
        given = self._request.query_params.get(_LIMIT)
        if given is None:
            return PAGE_SIZE
        if not (given.isascii() and given.isdigit() and 1 <= int(given[:6]) <= MAX_LIMIT):
            raise ValidationError({_LIMIT: [f"Give a number from 1 to {MAX_LIMIT}."]})
        return int(given)

    def _place_asked_for(self) -> Place | None:
        given = self._request.query_params.get(_CURSOR)
        if given is None:
            return None
        try:
            token = self._signer.unsign(given)
        except BadSignature:
            raise ValidationError(
                {_CURSOR: ["Take the cursor from `next` or `previous`."]}
            ) from None
        is_backwards, *values = msgspec.msgpack.decode(base64.urlsafe_b64decode(token))
        return Place(values, is_backwards=is_backwards)

    def _address(self, row: Any, *, is_backwards: bool) -> str:
        values = [getattr(row, name.removeprefix("-")) for name in self._ordering]
        token = base64.urlsafe_b64encode(msgspec.msgpack.encode([is_backwards, *values]))
        query = self._request.query_params.copy()
        query[_CURSOR] = self._signer.sign(token.decode())
        return self._request.build_absolute_uri(f"{self._request.path}?{query.urlencode()}")
