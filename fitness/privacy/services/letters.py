"""The mails of this app. A queued letter names a row, never an address or a secret."""

import uuid
from typing import Any

from django.tasks import task
from django.template.loader import render_to_string

from fitness.accounts.mails import send
from fitness.accounts.models import User
from fitness.privacy.models import Closure, Export, ExportState
from fitness.privacy.selectors import expires_at, undo_token


@task(queue_name="quick")
def tell_export_is_ready(uid: str) -> None:
    """Queued. Says where the file waits; run again, it is told again."""
    export = Export.objects.select_related("user").filter(uid=uid, state=ExportState.READY).first()
    if export is not None and export.user.is_active:
        _send(export.user, "export_ready", until=expires_at(export))


@task(queue_name="quick")
def tell_account_is_closed(uid: str) -> None:
    """Queued. Says what happens when, and carries the link that undoes it."""
    closure = Closure.objects.select_related("user").get(uid=uuid.UUID(uid))
    if closure.is_open and closure.user is not None:
        _send(closure.user, "account_closed", closure=closure, token=undo_token(closure))


def _send(user: User, name: str, **context: Any) -> None:
    subject, text, html = (
        render_to_string(f"emails/{name}_{part}", context)
        for part in ("subject.txt", "message.txt", "message.html")
    )
    send.call(" ".join(subject.split()), text, html, str(user.email))
