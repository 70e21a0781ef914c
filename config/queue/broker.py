"""django-q2's queue table, with locks that say which cluster took a task."""

import datetime as dt

from django.utils import timezone
from django_q.brokers.orm import ORM
from django_q.models import OrmQ

from config.env import env

# A lock is a time to come. The microseconds of it are free to carry the cluster's mark.
MARKS = range(1, 1_000_000)
_RETRY_SECONDS = (15, 60, 240, 960)


class MarkedBroker(ORM):
    """Takes tasks as django-q2 does and marks them as this cluster's."""

    def timeout(self, task: OrmQ) -> dt.datetime:
        until: dt.datetime = super().timeout(task)
        return until.replace(microsecond=env.int("QUEUE_MARK"))


def release(*, queue: str, mark: int) -> int:
    """Give back at once what a dead cluster held, and nothing that another one holds.

    django-q2 would wait for each lock to run out (``retry``): minutes, hours for slow tasks.
    """
    now = timezone.now()
    held = [
        pk
        for pk, lock in OrmQ.objects.filter(key=queue, lock__gt=now).values_list("pk", "lock")
        if lock.microsecond == mark
    ]
    released: int = OrmQ.objects.filter(pk__in=held).update(lock=now)
    return released


def postpone(*, pk: int, attempts: int) -> None:
    """Have a task that failed tried again soon, then later and later."""
    wait = dt.timedelta(seconds=_RETRY_SECONDS[min(attempts, len(_RETRY_SECONDS) - 1)])
    OrmQ.objects.filter(pk=pk).update(lock=(timezone.now() + wait).replace(microsecond=0))
