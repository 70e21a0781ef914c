"""Which pictures stand in stories, and in which."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, QuerySet
from django.db.models.functions import Cast
from wagtail.fields import StreamField
from wagtail.models import Page, ReferenceIndex

from cms.core.models import CoverImage

# A path with a step in it leads into a story; a field of the page itself has none.
_IN_A_STORY = {"model_path__contains": "."}


def pictures_in(page: Page) -> set[int]:
    """The pictures in the story of a page as it stands, saved or not."""
    return {
        int(pk)
        for field in page._meta.get_fields()  # noqa: SLF001  (documented)
        if isinstance(field, StreamField)
        for model, pk, *_ in field.extract_references(getattr(page, field.name))
        if model is CoverImage
    }


def standing_in_stories() -> QuerySet[CoverImage]:
    """The pictures in stories of pages as they are kept, by Wagtail's index of references."""
    rows = _references().filter(to_content_type=ContentType.objects.get_for_model(CoverImage))
    pks = rows.annotate(pk_of_picture=Cast("to_object_id", IntegerField()))
    standing: QuerySet[CoverImage] = CoverImage.objects.filter(pk__in=pks.values("pk_of_picture"))
    return standing


def pages_showing(image: CoverImage) -> QuerySet[Any]:
    """The primary keys of the pages in whose stories a picture stands."""
    rows = _references() & ReferenceIndex.get_references_to(image)
    pks = rows.annotate(pk_of_page=Cast("object_id", IntegerField()))
    found: QuerySet[Any] = pks.values("pk_of_page")
    return found


def _references() -> QuerySet[ReferenceIndex]:
    of_pages = {"base_content_type": ContentType.objects.get_for_model(Page)}
    rows: QuerySet[ReferenceIndex] = ReferenceIndex.objects.filter(**of_pages, **_IN_A_STORY)
    return rows
