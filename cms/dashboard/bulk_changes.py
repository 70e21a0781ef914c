"""Changes of many pages by the queue: begun, gone on with, and told about."""

import datetime as dt
import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.tasks import task
from django.utils import timezone
from wagtail.models import Page

from cms.dashboard.changing import change_pages
from cms.dashboard.models import BulkChange, BulkChangePage, Turn
from fitness.accounts.models import User

_A_TURN = 20
_KEPT_DAYS = 30
_BROKEN = "Something went wrong here. It was written down for whoever runs the site."
_NOBODY = "Whoever asked for it may not enter the admin any more."
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a change of many pages is."""

    change: BulkChange
    total: int
    changed: int
    left: int

    @property
    def done(self) -> int:
        return self.changed + self.left

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 100


@transaction.atomic
def begin(
    *, user: User, pages: Iterable[Page], field_name: str, value: Any, title: str, now: dt.datetime
) -> BulkChange:
    """Have the queue give each of the pages the value."""
    change = BulkChange.objects.create(
        editor=user, field_name=field_name, value=value, title=title, asked_at=now
    )
    BulkChangePage.objects.bulk_create(
        BulkChangePage(change=change, page_id=page.pk, title=page.draft_title) for page in pages
    )
    go_on.enqueue(change.pk)
    return change


@task(queue_name="quick")
def go_on(change_pk: int) -> None:
    """Queued. Some pages have their turn, then the next task; killed, it goes on where it stood."""
    for _ in range(_A_TURN):
        if not _next_page(change_pk):
            return
    go_on.enqueue(change_pk)


def changes_of(user: User) -> QuerySet[Any]:
    """What somebody asked for in the last weeks, the newest first, with how far each is."""
    return (
        BulkChange.objects.filter(editor=user)
        .annotate(
            total=Count("pages"),
            changed=Count("pages", filter=Q(pages__turn=Turn.CHANGED)),
            left=Count("pages", filter=Q(pages__turn=Turn.LEFT)),
        )
        .order_by("-asked_at", "-pk")
    )


def progress_of(user: User, uid: uuid.UUID) -> Progress | None:
    """How far somebody's own change is: one query."""
    row = changes_of(user).filter(uid=uid).first()
    return told(row) if row else None


def told(row: Any) -> Progress:
    return Progress(row, total=row.total, changed=row.changed, left=row.left)


def forget_old(*, now: dt.datetime) -> int:
    """Forget what was finished weeks ago."""
    before = now - dt.timedelta(days=_KEPT_DAYS)
    return BulkChange.objects.filter(finished_at__lt=before).delete()[0]


@transaction.atomic
def _next_page(change_pk: int) -> bool:
    """Give a page its turn; of two at once each takes another one."""
    waiting = BulkChangePage.objects.filter(change=change_pk, turn=Turn.WAITING)
    row = waiting.select_for_update(skip_locked=True).order_by("pk").first()
    if row is None:
        if not waiting.exists():
            finished = BulkChange.objects.filter(pk=change_pk, finished_at=None)
            finished.update(finished_at=timezone.now())
        return False
    row.why = _change(row)
    row.turn = Turn.LEFT if row.why else Turn.CHANGED
    row.save(update_fields=["turn", "why"])
    return True


def _change(row: BulkChangePage) -> str:
    """Why the page stays as it was, or nothing. One that breaks stops no other."""
    change = BulkChange.objects.select_related("editor").get(pk=row.change_id)
    page = Page.objects.filter(pk=row.page_id).first()
    if change.editor is None or not change.editor.has_perm("wagtailadmin.access_admin"):
        return _NOBODY
    if page is None:
        return "It was deleted."
    try:
        with transaction.atomic():
            done = change_pages(
                [page], change.editor, field_name=change.field_name, value=change.value
            )
    except Exception:
        logger.exception("A page could not be changed with others", extra={"page": row.page_id})
        return _BROKEN
    return done.left[0][1] if done.left else ""
