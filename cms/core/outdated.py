"""Sizes of pictures that nobody asks for any more."""

from itertools import product
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page, Revision

from cms.core import covers, whole
from cms.core.covers import FORMATS, WIDTHS
from cms.core.drawing import choosing_fields, chosen_covers
from cms.core.models import CoverRendition
from cms.core.seo import SOCIAL_SPEC

_OURS = {
    *(spec(*size) for spec in (covers.spec, whole.spec) for size in product(WIDTHS, FORMATS)),
    SOCIAL_SPEC,
}


def outdated_sizes() -> QuerySet[CoverRendition]:
    """Sizes of former times, once those of today are there; and public ones of what is shown in
    stories alone, live or in the draft that was saved last."""
    former = (Q(filter_spec__startswith="width-") | Q(filter_spec__startswith="fill-")) & ~Q(
        filter_spec__in=_OURS
    )
    is_replaced = Q(image__whole__has_key="of") | Q(image__drawn__has_key="of")
    in_public = Q(filter_spec__startswith="fill-") & ~Q(image__in=chosen_covers())
    found: QuerySet[CoverRendition] = CoverRendition.objects.filter(
        (former & is_replaced) | (in_public & ~Q(image__in=_chosen_in_drafts()))
    )
    return found


def forget_outdated_sizes() -> int:
    """Delete them with their files, and say how many there were; twice is once."""
    count, _ = outdated_sizes().delete()
    return int(count)


def _chosen_in_drafts() -> set[int]:
    """The pictures that the latest drafts are to be shown with."""
    drafts = Revision.objects.filter(
        pk__in=Page.objects.filter(has_unpublished_changes=True).values("latest_revision")
    )
    named: set[Any] = set()
    for field in {field.name for field in choosing_fields()}:
        named |= set(drafts.values_list(f"content__{field}", flat=True))
    return {int(pk) for pk in named if isinstance(pk, int)}
