"""Lists of pages that grow without end: a list is read on from its last card, never counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.query import PageQuerySet

PAGE_SIZE: Final = 12
_LONGEST_ID = 18


def is_original() -> Q:
    """Neither an alias nor a translation: of all that share a name, the one that apps know."""
    return Q(alias_of=None) & is_in_our_language()


def is_in_our_language() -> Q:
    """In the language of the site, in which the catalogue and the apps' lists are."""
    return Q(locale__language_code=settings.LANGUAGE_CODE)


class ListedQuerySet(PageQuerySet):
    """Pages with a cover, as lists show them."""

    def newest(self) -> Self:
        """What stands in lists: live, newest first, with covers and without the bodies."""
        newest: Self = self.listed().order_by("-first_published_at", "-pk")
        return newest

    def by_title(self) -> Self:
        """What stands in lists: live, from A to Z, with covers and without the bodies."""
        sorted_: Self = self.listed().order_by("title", "pk")
        return sorted_

    def listed(self) -> Self:
        """Live, with covers and without the bodies: one query, as long as the list is read.

        In the site's own language: a translation has its original's name in the apps.

        The kind is named so that the indexes of ``core.0003`` hand them out in order.
        """
        kind = ContentType.objects.get_for_model(self.model)
        live = self.live().filter(is_in_our_language(), content_type=kind)
        covered = live.defer_streamfields().select_related("cover_image")
        shown: Self = covered.defer("cover_image__whole")
        return shown


@dataclass(frozen=True, slots=True)
class Listed[AnyPage]:
    """A part of a list, and the address at which it goes on."""

    shown: Sequence[AnyPage]
    next_url: str


def part_of[AnyPage](pages: Any, *, after: str, path: str) -> Listed[AnyPage]:
    """The part of an ordered list that follows the page named ``after``: two queries at most.

    A name that means nothing starts from the top.
    """
    field, _ = pages.query.order_by
    found = list(_following(pages, field, after)[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    has_more = len(found) > PAGE_SIZE
    return Listed(shown, f"{path}?after={shown[-1].pk}" if has_more else "")


def _following(pages: Any, order: str, after: str) -> Any:
    if not after.isdecimal() or len(after) > _LONGEST_ID:
        return pages
    anchor = pages.filter(pk=int(after)).first()
    if anchor is None:
        return pages
    field, beyond = order.removeprefix("-"), "lt" if order.startswith("-") else "gt"
    at = getattr(anchor, field)
    further = Q(**{f"{field}__{beyond}": at})
    return pages.filter(further | Q(**{field: at, f"pk__{beyond}": anchor.pk}))
