"""Files that nothing names any more: what stayed when a process died before it could delete them.

A file lies there before the row that names it, so one that is young is left alone. What was
uploaded and never saved has its own end (``cms.media.uploads``), as members' pictures do.
"""

import datetime as dt
import logging
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.files.storage import Storage, storages
from django.db.models import FileField
from django.tasks import task
from django.utils import timezone

from cms.core.covers import files_of
from cms.core.models import CoverImage
from cms.core.outdated import forget_outdated_sizes
from cms.media.files import delete_folder, streams_folder
from cms.media.models import Transcode
from cms.media.storage import HLS
from cms.media.transcoding.turns import turn
from fitness.training.models import Video

_log = logging.getLogger(__name__)
# Longer than any film is converted, and than any form waits.
_SETTLED = dt.timedelta(days=1)
_SWEPT = [
    ("private", "videos"), ("private", "frames"), ("private", "documents"),
    ("private", "original_images"), ("private", "renditions"),
    ("public", "images"), ("public", "posters"),
]  # fmt: skip
# More than this, and more than half of all: the files are another database's.
_MANY = 20


class TooManyError(Exception):
    """Most of what is there has no name: that is another database, or a mistake."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A file that nothing names, or a folder of streams that no video plays."""

    storage: str
    name: str
    is_folder: bool = False


@task(queue_name="slow")
def sweep_media() -> None:
    """Queued. Deletes sizes that are out of date and files that nothing names; twice is once."""
    forget_outdated_sizes()
    swept = sweep(now=timezone.now())
    if swept:
        _log.info("media_swept", extra={"count": len(swept)})


def sweep(*, now: dt.datetime, even_most: bool = False) -> list[Orphan]:
    """Delete what is orphaned, and say what it was; nothing and ``TooManyError`` if it is most."""
    found = orphans(now=now, even_most=even_most)
    still = _named_files()  # whatever was named while the storages were read
    return [orphan for orphan in found if orphan.name not in still and _delete(orphan)]


def orphans(*, now: dt.datetime, even_most: bool = False) -> list[Orphan]:
    """Files and streams that nothing names and that are older than a day."""
    before = now - _SETTLED
    found: list[Orphan] = []
    for look in (_files, _streams):
        lying = list(look(before))
        left = [orphan for orphan in lying if orphan is not None]
        if not even_most and len(left) > max(_MANY, len(lying) // 2):
            raise TooManyError(f"Nothing names {len(left)} of {len(lying)} files or streams.")
        found += left
    return found


def _named_files() -> set[str]:
    named: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:  # noqa: SLF001  (documented)
            if isinstance(field, FileField):
                rows = model._base_manager.values_list(field.name, flat=True)  # noqa: SLF001
                named.update(str(name) for name in rows.iterator() if name)
    for names in Transcode.objects.values_list("source", "replaced", "own_poster"):
        named.update(names)
    for drawn in CoverImage.objects.values_list("drawn", "whole"):
        named.update(*map(files_of, drawn))
    return named


def _files(before: dt.datetime) -> Iterator[Orphan | None]:
    """Every file that lies there: an orphan, or nothing where it is not one."""
    named = _named_files()
    for place, folder in _SWEPT:
        storage = storages[place]
        for name in _files_in(storage, folder):
            is_left = name not in named and _is_settled(storage, [name], before)
            yield Orphan(place, name) if is_left else None


def _streams(before: dt.datetime) -> Iterator[Orphan | None]:
    """The same of every folder of streams."""
    storage = storages["private"]
    played = {
        posixpath.dirname(name)
        for name in Video.objects.exclude(hls="").values_list("hls", flat=True)
    }
    for uid in _folders_in(storage, HLS):
        for version in _folders_in(storage, streams_folder(uid)):
            folder = f"{streams_folder(uid)}/{version}"
            is_left = folder not in played and _is_settled(
                storage, _files_in(storage, folder), before
            )
            yield Orphan("private", folder, is_folder=True) if is_left else None


def _delete(orphan: Orphan) -> bool:
    storage = storages[orphan.storage]
    if not orphan.is_folder:
        storage.delete(orphan.name)
        return True
    video = Video.objects.filter(uid=orphan.name.split("/")[1]).first()
    if video is None:
        delete_folder(storage, orphan.name)
        return True
    with turn(video.pk) as is_ours:  # whoever converts it may be about to play these
        video.refresh_from_db(fields=["hls"])
        if not is_ours or video.hls.startswith(f"{orphan.name}/"):
            return False
        delete_folder(storage, orphan.name)
    return True


def _is_settled(storage: Storage, names: Iterable[str], before: dt.datetime) -> bool:
    """Whether none of them was written lately; one that went meanwhile is nobody's concern."""
    try:
        return all(storage.get_modified_time(name) < before for name in names)
    except FileNotFoundError:
        return False


def _files_in(storage: Storage, folder: str) -> Iterator[str]:
    folders, names = _listed(storage, folder)
    for name in names:
        yield f"{folder}/{name}"
    for name in folders:
        yield from _files_in(storage, f"{folder}/{name}")


def _folders_in(storage: Storage, folder: str) -> list[str]:
    return _listed(storage, folder)[0]


def _listed(storage: Storage, folder: str) -> tuple[list[str], list[str]]:
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    # A bucket lists a folder that was made by hand as a file without a name.
    return [name for name in folders if name], [name for name in names if name]
