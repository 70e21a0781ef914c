"""What left the site is noted for phones that keep copies, and pictures that are gone are drawn
anew; Wagtail tells of both by signal only."""

from typing import Any

from django.db.models.signals import post_delete
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from cms.core.covers import files_of
from cms.core.gated import GatedPage
from cms.core.models import CoverImage, CoverRendition, Withdrawn


def connect() -> None:
    page_published.connect(_published, dispatch_uid="cms.core.published")
    page_unpublished.connect(_unpublished, dispatch_uid="cms.core.unpublished")
    post_delete.connect(_size_deleted, sender=CoverRendition)


def _published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    # Wagtail also calls a page published when its first publication is only scheduled.
    if isinstance(instance, GatedPage) and instance.live and instance.is_original:
        Withdrawn.objects.filter(**_named(instance)).delete()


def _unpublished(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Also heard when a live page is deleted."""
    if isinstance(instance, GatedPage) and instance.is_original:
        now = timezone.now()
        Withdrawn.objects.update_or_create(**_named(instance), defaults={"at": now})


def _named(page: GatedPage) -> dict[str, Any]:
    kind = page._meta.label_lower  # noqa: SLF001  (Django documents it)
    return {"kind": kind, "uid": page.translation_key}


def _size_deleted(sender: type[Any], instance: CoverRendition, **kwargs: Any) -> None:
    """Lists and stories name the files of pictures: when one goes, all are made again."""
    image = CoverImage.objects.filter(pk=instance.image_id).first()
    if image is None:
        return
    for field in ("drawn", "whole"):
        if instance.file.name in files_of(getattr(image, field)):
            setattr(image, field, {})
            image.save(update_fields=[field])
