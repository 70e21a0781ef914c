"""Pages written in bulk, as many at once as a library has."""

from collections.abc import Sequence
from itertools import batched
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS
from django.db.models import F
from wagtail.models import Page

_AT_ONCE = 500


def add_below[AnyPage: Page](parent: Page, pages: Sequence[AnyPage]) -> Sequence[AnyPage]:
    """Write pages of one kind below ``parent``, which hears nothing of signals and indexes."""
    kind = type(pages[0])
    content_type = ContentType.objects.get_for_model(kind)
    parent = Page.objects.get(pk=parent.pk)
    for number, page in enumerate(pages, start=parent.numchild + 1):
        page.depth = parent.depth + 1
        page.path = parent._get_path(parent.path, page.depth, number)  # noqa: SLF001
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.content_type, page.locale_id = content_type, parent.locale_id
    shared, own = (_options(model) for model in (Page, kind))
    columns = [field.attname for field in shared.concrete_fields if not field.primary_key]
    rows = [Page(**{name: getattr(page, name) for name in columns}) for page in pages]
    for page, row in zip(pages, Page.objects.bulk_create(rows, batch_size=_AT_ONCE), strict=True):
        page.pk = page.id = row.pk
    # Django writes no inherited tables in bulk; the part that is a kind's own it can.
    if kind is not Page:
        for some in batched(pages, _AT_ONCE):
            fields = own.local_concrete_fields
            kind._base_manager._insert(some, fields=fields, using=DEFAULT_DB_ALIAS)  # noqa: SLF001
    Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + len(pages))
    return pages


def _options(model: type[Page]) -> Any:
    return model._meta  # noqa: SLF001  (Django documents it)
