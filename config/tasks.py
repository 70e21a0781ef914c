"""What the clock starts for the house itself; the apps' own tasks lie in the apps."""

import datetime as dt

from django.core.management import call_command
from django.tasks import task
from django.utils import timezone
from django_q.models import Failure, Success

from api.core.models import AnsweredRequest
from cms.core.scheduling import publish_due
from fitness.accounts.sign_ins import forget_sign_ins

_SUCCESS_DAYS = 7
_FAILURE_DAYS = 30
_ANSWER_HOURS = 48
_SIGN_IN_DAYS = 30


@task
def publish_scheduled_pages() -> None:
    """Queued. Publishes and expires the pages whose time has come; safe to run again."""
    publish_due(now=timezone.now())
    call_command("publish_scheduled", verbosity=0)


@task
def forget_expired_sessions() -> None:
    """Queued. Deletes sessions and sign-ins that have run out; safe to run again."""
    call_command("clearsessions", verbosity=0)
    forget_sign_ins(before=timezone.now() - dt.timedelta(days=_SIGN_IN_DAYS))


@task
def forget_finished_tasks() -> None:
    """Queued. Deletes the rows of finished tasks, failures later; safe to run again."""
    now = timezone.now()
    for rows, days in ((Success, _SUCCESS_DAYS), (Failure, _FAILURE_DAYS)):
        rows.objects.filter(stopped__lt=now - dt.timedelta(days=days)).delete()


@task
def forget_answered_requests() -> None:
    """Queued. Deletes the answers to idempotency keys that no phone repeats any more."""
    since = timezone.now() - dt.timedelta(hours=_ANSWER_HOURS)
    AnsweredRequest.objects.filter(created_at__lt=since).delete()
