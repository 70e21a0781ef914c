"""What a row says of a page."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn

from cms.core.access import TIERS
from cms.core.covers import SPECS

# The smallest file of a cover, which publishing has drawn already.
THUMBNAIL = SPECS[0]


def cover(page: Any) -> SafeString | str:
    image = page.cover_image
    if image is None:
        return format_html('<span class="cover-thumb cover-thumb--none">{}</span>', "None")
    url = image.get_rendition(THUMBNAIL).url
    return format_html(
        '<img class="cover-thumb" src="{}" alt="" width="96" height="54" loading="lazy">', url
    )


def tier(page: Any) -> SafeString:
    return format_html(
        '<span class="tier tier--{}">{}</span>', page.access, TIERS.get(page.access, page.access)
    )


def minutes(page: Any) -> str:
    return str(max(round(page.seconds / 60), 1)) if page.seconds else ""


_FIRST = [
    BulkActionsColumn("bulk_actions"),
    Column("cover", label="Cover", accessor=cover, width="112px"),
    PageTitleColumn("title", label="Title", sort_key="title", classname="title"),
    Column("tier", label="Tier", accessor=tier, sort_key="access"),
    Column("category", label="Category", accessor="category.name", sort_key="category__name"),
]
_LAST = [
    DateColumn("edited", label="Last edited", accessor="latest_revision_created_at",
               sort_key="latest_revision_created_at"),
    PageStatusColumn("status", label="Status", sort_key="live"),
]  # fmt: skip
OF_PAGES = [*_FIRST, *_LAST]
OF_PROGRAMMES = [*_FIRST, Column("weeks", label="Weeks", sort_key="weeks"), *_LAST]
OF_WORKOUTS = [
    *_FIRST,
    Column("trainer", label="Trainer", accessor="trainer.title", sort_key="trainer__title"),
    Column("minutes", label="Minutes", accessor=minutes, sort_key="seconds"),
    *_LAST,
]
