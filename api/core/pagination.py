"""Pages by cursor: as quick for the last page as for the first, and never a COUNT."""

from typing import Any

import msgspec
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

MAX_LIMIT = 100


class Page[Item](msgspec.Struct, frozen=True):
    """One page of a list; ``next`` and ``previous`` are whole addresses, or null at the ends."""

    next: str | None
    previous: str | None
    results: list[Item]


class Cursor(CursorPagination):
    """Newest first unless the view orders otherwise; 20 a page, ``?limit=`` up to 100."""

    page_size = 20
    page_size_query_param = "limit"
    max_page_size = MAX_LIMIT
    cursor_query_description = "Where the page begins; taken from `next` or `previous`."
    page_size_query_description = "How many results a page has: 1 to 100, 20 unless said."

    def __init__(self, *ordering: str) -> None:
        self.ordering = ordering or ("-id",)

    def get_ordering(self, request: Request, queryset: Any, view: Any) -> tuple[str, ...]:
        return tuple(self.ordering)

    def get_page_size(self, request: Request) -> int:
        given = request.query_params.get("limit")
        if given is None:
            return self.page_size
        if not (given.isascii() and given.isdigit() and 1 <= int(given[:6]) <= MAX_LIMIT):
            raise ValidationError({"limit": [f"Give a number from 1 to {MAX_LIMIT}."]})
        return int(given)

    def decode_cursor(self, request: Request) -> Any:
        try:
            return super().decode_cursor(request)
        except NotFound:
            raise ValidationError(
                {"cursor": ["Take the cursor from `next` or `previous`."]}
            ) from None

    def rows(self, queryset: Any, request: Request, view: Any) -> list[Any]:
        """The rows of the page that the request asks for; one query."""
        return list(self.paginate_queryset(queryset, request, view) or [])

    def as_page[Item](self, items: list[Item]) -> Page[Item]:
        """The page with the addresses of its neighbours."""
        return Page(next=self.get_next_link(), previous=self.get_previous_link(), results=items)
