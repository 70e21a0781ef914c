"""Ending every way in that is open now."""

import datetime as dt
from collections.abc import Iterator

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.tasks import task

from fitness.accounts.models import EndReason
from fitness.accounts.sign_ins import end_sign_ins

_ROWS_AT_ONCE = 500


def end_access(*, user_id: int, now: dt.datetime) -> None:
    """End the member's phones at once and their browsers soon; a closed account opens neither."""
    end_sign_ins(user_id=user_id, now=now, reason=EndReason.CLOSED)
    end_web_sessions.enqueue(user_id=user_id)


@task(queue_name="slow")
def end_web_sessions(user_id: int) -> None:
    """Queued. Deletes the sessions of the member's browsers; run again, it finds none."""
    for keys in _keys_of(user_id):
        Session.objects.filter(pk__in=keys).delete()


def _keys_of(user_id: int) -> Iterator[list[str]]:
    """A session says only inside whose it is, so all of them are looked through."""
    keys: list[str] = []
    for session in Session.objects.order_by("pk").iterator(chunk_size=_ROWS_AT_ONCE):
        if session.get_decoded().get(SESSION_KEY) == str(user_id):
            keys.append(session.pk)
        if len(keys) == _ROWS_AT_ONCE:
            yield keys
            keys = []
    if keys:
        yield keys
