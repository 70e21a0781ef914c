"""Files go when their rows go; Django tells of that by signal only."""

from typing import Any

from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.db.models.signals import post_delete

from fitness.training.models import Video


def connect() -> None:
    post_delete.connect(_delete_files, sender=Video, dispatch_uid="cms.media.delete_files")


def discard(file: FieldFile) -> None:
    """Delete a file once the change that made it useless is certain."""
    if file.name:
        storage, name = file.storage, file.name
        transaction.on_commit(lambda: storage.delete(name))


def _delete_files(sender: type[Video], instance: Video, **kwargs: Any) -> None:
    discard(instance.file)
    discard(instance.poster)
