"""What staff may read and nobody may write."""

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property

_COUNTED = 5_000


class CappedPaginator(Paginator):  # type: ignore[type-arg]  # no subscripts at run time
    """Counts so far and no further: the table grows for ever, and nobody leafs through it."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        found: int = rows.order_by()[:_COUNTED].count()
        return found


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """What happened, or what a store said, is not edited by hand."""

    paginator = CappedPaginator
    show_full_result_count = False
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
