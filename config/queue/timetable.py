"""Makes django-q2's schedule rows agree with ``config/schedules.py``."""

from collections.abc import Mapping

from django.db import connection, transaction
from django.utils.module_loading import import_string
from django_q.models import Schedule

from config.queue.backend import cluster_of

_RUN = "config.queue.run.run_scheduled"


@transaction.atomic
def sync(schedules: Mapping[str, tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Make the rows agree and return the names added and removed; a change is both."""
    with connection.cursor() as cursor:  # two at once would each add the same row
        cursor.execute("LOCK TABLE django_q_schedule IN SHARE ROW EXCLUSIVE MODE")
    wanted = {_row(name, path, cron) for name, (path, cron) in schedules.items()}
    present = set(Schedule.objects.filter(func=_RUN).values_list("name", "args", "cluster", "cron"))
    for name, args, cluster, cron in present - wanted:
        Schedule.objects.filter(
            func=_RUN, name=name, args=args, cluster=cluster, cron=cron
        ).delete()
    for name, args, cluster, cron in wanted - present:
        row = Schedule(
            func=_RUN, name=name, args=args, cluster=cluster, cron=cron, schedule_type=Schedule.CRON
        )
        row.full_clean()
        row.save()
    return sorted(row[0] for row in wanted - present), sorted(row[0] for row in present - wanted)


def _row(name: str, path: str, cron: str) -> tuple[str, str, str, str]:
    task = import_string(path)
    return name, repr((path,)), cluster_of(task.queue_name), cron
