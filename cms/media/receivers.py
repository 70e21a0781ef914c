"""Files go when their rows go, and what a page shows opens with it; signals alone tell of both."""

from typing import Any

from django.core.files.storage import storages
from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published

from cms.media.files import delete_folder, discard, discard_private, streams_folder
from cms.media.models import PosterFrame, Transcode
from fitness.training.models import Video


def connect() -> None:
    page_published.connect(_index, dispatch_uid="cms.media.index")
    post_delete.connect(_delete_files, sender=Video, dispatch_uid="cms.media.delete_files")
    post_delete.connect(_delete_frame, sender=PosterFrame, dispatch_uid="cms.media.delete_frame")
    post_delete.connect(_delete_replaced, sender=Transcode, dispatch_uid="cms.media.delete_old")


def _index(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Whoever opens the page at once can have its documents and videos: Wagtail's task is later."""
    if instance.live:
        with transaction.atomic():
            ReferenceIndex.create_or_update_for_object(instance)


def _delete_files(sender: type[Video], instance: Video, **kwargs: Any) -> None:
    discard(instance.file)
    discard(instance.poster)
    folder = streams_folder(instance.uid)
    transaction.on_commit(lambda: delete_folder(storages["private"], folder))


def _delete_frame(sender: type[PosterFrame], instance: PosterFrame, **kwargs: Any) -> None:
    discard(instance.picture)


def _delete_replaced(sender: type[Transcode], instance: Transcode, **kwargs: Any) -> None:
    discard_private(instance.replaced)
