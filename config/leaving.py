"""Erasing what the libraries keep of a member, where no foreign key says whose it is."""

from collections.abc import Collection, Iterator
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import connection
from django_q.models import OrmQ, Schedule, Task
from django_q.signing import SignedPackage
from wagtail.models import ModelLogEntry

from api.auth.identity.leaving import forget_identities
from fitness.accounts.avatars import files_of
from fitness.accounts.models import Profile, User
from fitness.privacy.models import Closure
from fitness.privacy.rules import Leaver
from fitness.privacy.services.access import end_web_sessions

_ROWS_AT_ONCE = 500


def addresses_of(*, user_id: int) -> list[str]:
    """Every address that the member has given us, confirmed or not."""
    return list(EmailAddress.objects.filter(user=user_id).values_list("email", flat=True))


def pictures_of(user_id: int) -> list[str]:
    """The public files that show the member, also while the account is closed."""
    shown = Profile.objects.filter(user=user_id).values_list("avatar", flat=True)
    hidden = Closure.objects.filter(user=user_id).values_list("hidden__avatar", flat=True)
    return [file for name in {*shown, *hidden} if name for file in files_of(name)]


def delete_pictures(leaver: Leaver) -> None:
    """Delete the files first: a crash leaves a row that still knows what is to go."""
    for file in pictures_of(leaver.user_id):
        default_storage.delete(file)


def end_sessions(leaver: Leaver) -> None:
    """Delete the sessions of the member's browsers."""
    end_web_sessions.call(leaver.user_id)


def part_from_apple(leaver: Leaver) -> None:
    """Take the connections to Google and Apple away; Apple is told by the queue."""
    forget_identities(user_id=leaver.user_id)


def forget_admin_log(leaver: Leaver) -> None:
    """Delete what the admins logged about the member; what the member did there stays."""
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=kind, object_id=str(leaver.user_id)).delete()
    ModelLogEntry.objects.filter(content_type=kind, object_id=str(leaver.user_id)).delete()


def forget_tasks(leaver: Leaver) -> Iterator[None]:
    """Delete the tasks, waiting or done, that name the member: mails mostly."""
    known = (*leaver.addresses, leaver.uid)
    for model, told in ((OrmQ, _waiting), (Task, _done), (Schedule, _planned)):
        names = [row.pk for row in model.objects.iterator() if _names(told(row), known)]
        for start in range(0, len(names), _ROWS_AT_ONCE):
            model.objects.filter(pk__in=names[start : start + _ROWS_AT_ONCE]).delete()
            yield


def blank_revisions(leaver: Leaver) -> Iterator[None]:
    """Take the member out of the old versions of pages, which name people inside."""
    for key in ("owner", "locked_by", "account"):
        while _blank(key, leaver.user_id):
            yield


def _blank(key: str, user_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE wagtailcore_revision SET content = jsonb_set(content, ARRAY[%s], 'null')
             WHERE id IN (SELECT id FROM wagtailcore_revision
                           WHERE content -> %s = to_jsonb(%s::bigint) LIMIT %s)
            """,
            [key, key, user_id, _ROWS_AT_ONCE],
        )
        changed: int = cursor.rowcount
    return changed


def _waiting(row: Any) -> str:
    return repr(SignedPackage.loads(row.payload))


def _done(row: Any) -> str:
    return repr((row.name, row.args, row.kwargs, row.result))


def _planned(row: Any) -> str:
    return repr((row.name, row.args, row.kwargs))


def _names(text: str, known: Collection[str]) -> bool:
    return any(name in text for name in known)
