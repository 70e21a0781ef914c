"""The mails of this app. A queued letter names a row, never an address or a secret."""

import uuid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.tasks import task
from django.template.loader import render_to_string

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
        link = f"{settings.WAGTAILADMIN_BASE_URL}/account/undo/{undo_token(closure)}"
        _send(closure.user, "account_closed", closure=closure, link=link)


def _send(user: User, name: str, **context: Any) -> None:
    context |= {"site": settings.WAGTAILADMIN_BASE_URL}
    text = render_to_string(f"emails/privacy/{name}.txt", context)
    subject, _, body = text.partition("\n")
    letter = EmailMultiAlternatives(subject, body.lstrip(), to=[str(user.email)])
    letter.attach_alternative(render_to_string(f"emails/privacy/{name}.html", context), "text/html")
    letter.send()
