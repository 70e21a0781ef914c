"""What Wagtail asks of each page in a list, at no query a row."""

from typing import override

from wagtail.models import PagePermissionTester


class LeafTester(PagePermissionTester):
    """A page without pages below it says itself whether something live would go with it.

    Wagtail asks the database, twice a row, for whoever may not publish.
    """

    @override
    def can_delete(self, ignore_bulk: bool = False) -> bool:
        asks_for_live = (
            self.user.is_active
            and not self.user.is_superuser
            and "change" in self.permissions
            and "publish" not in self.permissions
        )
        if asks_for_live and self.page.is_leaf() and not self.page_is_root:
            return not self.page.live
        return bool(super().can_delete(ignore_bulk))
