"""What a row says of a page."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn

from cms.core.access import TIERS
from cms.core.covers import cover_from


def cover(page: Any) -> SafeString:
    """The cover from what there is of it; nothing is drawn while an editor waits for a list."""
    shown = cover_from(page.cover_image)
    if shown is None:
        words = "Not drawn yet" if page.cover_image else "None"
        return format_html('<span class="cover-thumb cover-thumb--none">{}</span>', words)
    return format_html(
        '<img class="cover-thumb" src="{}" srcset="{}" sizes="96px" alt="" loading="lazy">',
        shown.src,
        shown.srcset,
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
