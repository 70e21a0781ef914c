"""Files go when their rows go, and what a page shows opens with it; signals alone tell of both."""

from typing import Any

from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.db.models.signals import post_delete
from wagtail.models import Page, ReferenceIndex
from wagtail.signals import page_published

from cms.media.files import discard, frames_folder, streams_folder
from cms.media.forgetting import delete_files
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
    delete_files.enqueue(
        private=_named(instance.file),
        public=_named(instance.poster),
        folders=[streams_folder(instance.uid), frames_folder(instance.uid)],
    )


def _delete_frame(sender: type[PosterFrame], instance: PosterFrame, **kwargs: Any) -> None:
    # Of a film that stays; with the film, its whole folder goes.
    discard(instance.picture)


def _delete_replaced(sender: type[Transcode], instance: Transcode, **kwargs: Any) -> None:
    if instance.replaced:
        delete_files.enqueue(private=[instance.replaced])


def _named(file: FieldFile) -> list[str]:
    return [file.name] if file.name else []
