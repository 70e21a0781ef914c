"""``django.tasks`` over django-q2: code says ``@task`` and ``.enqueue()``, and never the engine.

Wagtail's own tasks come through here as well: ``django_tasks.task`` reads the same setting.
"""

from __future__ import annotations  # Django's task classes take no type arguments at run time

from collections.abc import Sequence
from typing import Any

import structlog
from django.conf import settings
from django.tasks.backends.base import BaseTaskBackend
from django.tasks.base import Task, TaskResult
from django.tasks.signals import task_enqueued
from django_q.models import Schedule
from django_q.tasks import async_task, schedule

from config.queue import results

RUN_TASK = "config.queue.run.run_task"
_CARRIED = ("request_id",)
_NAME_LENGTH = 100  # the width of django-q2's column


class DjangoQBackend(BaseTaskBackend):
    """Queues a task in the current transaction: it runs only if the transaction commits."""

    supports_defer = True
    supports_async_task = True
    supports_get_result = True

    def enqueue(
        self, task: Task[Any, Any], args: Sequence[Any], kwargs: dict[str, Any]
    ) -> TaskResult[Any, Any]:
        self.validate_task(task)
        result = results.new(task=task, args=args, kwargs=kwargs)
        package = (RUN_TASK, result.id, task.module_path, result.args, result.kwargs, _context())
        cluster = cluster_of(task.queue_name)
        options = {
            "group": result.id,
            "cluster": cluster,
            "task_name": task.module_path[:_NAME_LENGTH],
        }
        if task.run_after is None:
            async_task(*package, q_options=options)
        else:
            schedule(
                *package,
                q_options=options,
                name=result.id,
                cluster=cluster,
                schedule_type=Schedule.ONCE,
                next_run=task.run_after,
            )
        task_enqueued.send(type(self), task_result=result)
        return result

    def get_result(self, result_id: str) -> TaskResult[Any, Any]:
        """How the task stands; one that still waits is looked for in the whole queue."""
        return results.find(result_id)


def cluster_of(queue_name: str) -> str:
    """The django-q2 cluster that works on a queue; tasks that name none are quick ones."""
    return queue_name if queue_name in settings.Q_CLUSTER["ALT_CLUSTERS"] else "quick"


def _context() -> dict[str, Any]:
    """What a task's log lines share with those of the request that enqueued it."""
    bound = structlog.contextvars.get_contextvars()
    return {name: bound[name] for name in _CARRIED if name in bound}
