"""Erasing a closed account for good, table by table and a handful of rows at a time.

Each step is committed by itself and finds, when it runs again, only what is left to do: whenever
the work stops, running it again ends it. The account itself goes last.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import FileField, QuerySet
from django.tasks import task
from django.utils import timezone
from django.utils.module_loading import import_string

from fitness.accounts.models import User
from fitness.privacy.archive import rows_of
from fitness.privacy.models import AuditEntry, Closure
from fitness.privacy.rules import Call, Clear, Delete, HandOver, Leaver, Personal

_ROWS_AT_ONCE = 500
_NOBODY = "erased.invalid"


@task(queue_name="slow")
def erase(uid: str) -> None:
    """Queued. Goes on where it stopped, if it stopped; an account that is gone stays so."""
    for _ in erasing(uid=uuid.UUID(uid), now=timezone.now()):
        pass


def erasing(*, uid: uuid.UUID, now: dt.datetime) -> Iterator[str]:
    """Erase the account, pausing after each committed step to name it."""
    closure = Closure.objects.select_related("user").get(uid=uid)
    if not closure.is_open or closure.user is None or closure.due_at > now:
        return
    yield from _leave_stores(closure)
    leaver = _leaver(closure, closure.user)
    for personal in import_string(settings.PERSONAL_DATA):
        if isinstance(personal, Personal):
            for _ in _steps(personal, leaver):
                yield personal.model


def delete_account(leaver: Leaver) -> None:
    """Delete the member's row, with the last lines that this adds to the audit trail."""
    now = timezone.now()
    with transaction.atomic():
        closure = Closure.objects.select_for_update().get(pk=leaver.closure_id)
        get_user_model().objects.filter(pk=leaver.user_id).delete()
        closure.user = None
        closure.hidden, closure.erased_at = {}, now
        closure.save()
        for _ in scrub_audit(leaver):
            pass


def scrub_audit(leaver: Leaver) -> Iterator[None]:
    """Leave of the member's lines in the audit trail that something was done, and when."""
    about = AuditEntry.objects.filter(subject_id=leaver.user_id)
    blank: dict[str, Any] = {
        "subject_id": None,
        "row": "",
        "before": {},
        "after": {},
    }
    yield from _scrub(about, blank)
    yield from _scrub(AuditEntry.objects.filter(actor_id=leaver.user_id), {"actor_id": None})


def _leave_stores(closure: Closure) -> Iterator[str]:
    """What stores know goes first: they may be silent for hours, and then nothing has begun."""
    if closure.user_id is None:
        return
    names = import_string(settings.BILLING_ENDS)(user_id=closure.user_id, now=timezone.now())
    closure.accounts_elsewhere = sorted({*closure.accounts_elsewhere, *names})
    closure.save(update_fields=["accounts_elsewhere"])
    yield "stores: names"
    import_string(settings.STORES_FORGET)(closure.accounts_elsewhere)
    yield "stores"


def _leaver(closure: Closure, user: User) -> Leaver:
    addresses = {str(user.email), *import_string(settings.ADDRESSES_OF)(user_id=user.pk)}
    return Leaver(
        user_id=user.pk,
        uid=str(user.uid),
        addresses=tuple(sorted(address for address in addresses if address)),
        closure_id=closure.pk,
    )


def _steps(personal: Personal, leaver: Leaver) -> Iterator[None]:
    if personal.first:
        yield from import_string(personal.first)(leaver) or ()
    match personal.erase:
        case Delete():
            yield from _delete(rows_of(personal, leaver.user_id))
        case Clear(values=values):
            for path in personal.paths:
                yield from _update(_rows_by(personal, path, leaver), {path: None, **values})
        case HandOver(only=only):
            yield from _hand_over(personal, only, leaver)
        case Call(path=path):
            yield from import_string(path)(leaver) or ()


def _hand_over(personal: Personal, only: dict[str, Any], leaver: Leaver) -> Iterator[None]:
    if only:
        yield from _delete(rows_of(personal, leaver.user_id).exclude(**only))
    for path in personal.paths:
        rows = _rows_by(personal, path, leaver)
        if rows.exists():
            yield from _update(rows, {path: _nobody(leaver)})


def _rows_by(personal: Personal, path: str, leaver: Leaver) -> QuerySet[Any]:
    manager: Any = apps.get_model(personal.model)._base_manager  # noqa: SLF001  (documented)
    rows: QuerySet[Any] = manager.filter(**{path: leaver.user_id})
    return rows


def _delete(rows: QuerySet[Any]) -> Iterator[None]:
    """Files first: a crash between the two leaves a row that still knows what is to go."""
    fields = rows.model._meta.concrete_fields  # noqa: SLF001  (documented)
    files = [field.attname for field in fields if isinstance(field, FileField)]
    while found := list(rows[:_ROWS_AT_ONCE]):
        for row in found:
            for field in files:
                if kept := getattr(row, field):
                    kept.delete(save=False)
        with transaction.atomic():
            rows.model._base_manager.filter(pk__in=[row.pk for row in found]).delete()  # noqa: SLF001
        yield


def _update(rows: QuerySet[Any], values: dict[str, Any]) -> Iterator[None]:
    manager: Any = rows.model._base_manager  # noqa: SLF001  (documented; no default filters)
    while found := list(rows.values_list("pk", flat=True)[:_ROWS_AT_ONCE]):
        manager.filter(pk__in=found).update(**values)
        yield


def _scrub(entries: QuerySet[AuditEntry], values: dict[str, Any]) -> Iterator[None]:
    while found := list(entries.values_list("pk", flat=True)[:_ROWS_AT_ONCE]):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('fitcore.scrub', 'on', true)")
            AuditEntry.objects.filter(pk__in=found).update(**values)
            cursor.execute("SELECT set_config('fitcore.scrub', 'off', true)")
        yield


def _nobody(leaver: Leaver) -> User:
    """A nameless account that keeps what others still need; nothing leads from it to the member."""
    closure = Closure.objects.get(pk=leaver.closure_id)
    nobody, created = User.objects.get_or_create(
        email=f"{closure.uid.hex}@{_NOBODY}", defaults={"is_active": False}
    )
    if created:
        nobody.set_unusable_password()
        nobody.save(update_fields=["password"])
    return nobody
