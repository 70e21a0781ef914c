"""A member's copy of everything we hold on them."""

import datetime as dt
import tempfile
import uuid

from django.contrib.auth import get_user_model
from django.core.files import File
from django.db import transaction
from django.tasks import task
from django.utils import timezone

from fitness.privacy.archive import Archive
from fitness.privacy.models import UNFINISHED, Export, ExportState
from fitness.privacy.selectors import expires_at, newest_export
from fitness.privacy.services.letters import tell_export_is_ready

_PAUSE = dt.timedelta(days=1)
# Longer than the queue tries: nobody works on it any more.
_GIVEN_UP = dt.timedelta(hours=3)


@transaction.atomic
def ask_for_export(*, user_id: int, now: dt.datetime) -> Export:
    """Start a copy in the background; one that runs, or is younger than a day, is given instead."""
    get_user_model().objects.select_for_update(no_key=True).only("pk").get(pk=user_id)
    last = newest_export(user_id=user_id)
    if last is not None and _still_good(last, now):
        return last
    for given_up in Export.objects.filter(user=user_id).exclude(state=ExportState.READY):
        delete_export(given_up)
    export = Export.objects.create(user_id=user_id, asked_at=now, moved_at=now)
    build_export.enqueue(str(export.uid))
    return export


@task(queue_name="slow")
def build_export(uid: str) -> None:
    """Queued. Builds the file anew from the start; what a crash left behind is replaced by it."""
    export = Export.objects.select_related("user").filter(uid=uuid.UUID(uid)).first()
    if export is None or export.state == ExportState.READY or not export.user.is_active:
        return
    try:
        _build(export)
    except BaseException:
        _move(export, state=ExportState.FAILED)
        raise


def delete_export(export: Export) -> None:
    """Remove the file and then the row, so that a crash between the two loses track of nothing."""
    if export.file:
        export.file.delete(save=False)
    export.delete()


def delete_old_exports(*, now: dt.datetime) -> int:
    """Remove the files that members had a week to fetch; how many there were."""
    old = [
        export
        for export in Export.objects.filter(state=ExportState.READY).iterator()
        if (until := expires_at(export)) and until <= now
    ]
    for export in old:
        delete_export(export)
    return len(old)


def _still_good(export: Export, now: dt.datetime) -> bool:
    if export.state in UNFINISHED:
        return now - export.moved_at < _GIVEN_UP
    return export.ready_at is not None and now - export.ready_at < _PAUSE


def _build(export: Export) -> None:
    archive = Archive(user_id=export.user_id, now=timezone.now())
    _move(export, state=ExportState.BUILDING, rows_done=0, rows_total=archive.count_rows())
    with tempfile.TemporaryFile() as built:
        for done in archive.write_to(built):
            _move(export, rows_done=done)
        export.size_bytes = built.tell()
        built.seek(0)
        _keep(export, File(built))
    with transaction.atomic():
        if _move(export, state=ExportState.READY, ready_at=timezone.now()):
            tell_export_is_ready.enqueue(str(export.uid))


def _keep(export: Export, built: "File[bytes]") -> None:
    """Under a name that no one can guess and a crash does not change."""
    name = f"exports/{export.uid.hex}/fitcore-data.zip"
    storage = export.file.storage
    storage.delete(name)
    export.file.name = storage.save(name, built)
    Export.objects.filter(pk=export.pk).update(file=export.file.name, size_bytes=export.size_bytes)


def _move(export: Export, **values: object) -> bool:
    """Note how far it is; whether the export is still wanted."""
    moved = Export.objects.filter(pk=export.pk).exclude(state=ExportState.READY)
    return bool(moved.update(moved_at=timezone.now(), **values))
