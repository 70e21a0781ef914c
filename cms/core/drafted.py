"""How a page stands in lists and filters while nobody can see it yet."""

from typing import Any, ClassVar

from wagtail.models import Revision


class ListedAsDrafted:
    """A page that is not live is listed, filtered and assigned as its newest draft says.

    Wagtail leaves the row of such a page as it was first saved. One UPDATE a save; a live page's
    row is what visitors meet and is left alone.
    """

    drafted: ClassVar[tuple[str, ...]] = ()

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        page: Any = self
        revision: Revision = super().save_revision(*args, **kwargs)  # type: ignore[misc]
        if page.pk and not page.live:
            fields = {page._meta.get_field(name).attname for name in self.drafted}  # noqa: SLF001
            values = {field: getattr(page, field) for field in fields}
            type(page).objects.filter(pk=page.pk, live=False).update(**values)
        return revision
