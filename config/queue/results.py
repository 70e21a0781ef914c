"""What became of a task, read from django-q2's tables in the words of ``django.tasks``."""

from __future__ import annotations  # Django's task classes take no type arguments at run time

import ast
import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.tasks.base import Task, TaskError, TaskResult, TaskResultStatus
from django.tasks.exceptions import TaskResultDoesNotExist
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import Failure, OrmQ, Schedule, Success
from django_q.models import Task as Row

# run_task's arguments: result id, task path, args, kwargs, log context.
type Package = tuple[str, str, list[Any], dict[str, Any], dict[str, Any]]

_TIMEOUT = "django_q.exceptions.TimeoutException"


def new(
    *, task: Task[Any, Any], args: Sequence[Any], kwargs: dict[str, Any], result_id: str = ""
) -> TaskResult[Any, Any]:
    """The result of a task that was just enqueued."""
    return TaskResult(
        task=task,
        id=result_id or uuid.uuid4().hex,
        status=TaskResultStatus.READY,
        enqueued_at=timezone.now(),
        started_at=None,
        last_attempted_at=None,
        finished_at=None,
        args=list(args),
        kwargs=kwargs,
        backend=task.backend,
        errors=[],
        worker_ids=[],
    )


def find(result_id: str) -> TaskResult[Any, Any]:
    """The result of any task that waits, runs or has finished and is not pruned yet."""
    row = _finished(result_id)
    result = _from_row(row) if row else _from_queue(result_id) or _from_schedule(result_id)
    if result is None:
        raise TaskResultDoesNotExist(result_id)
    return result


def attempts(result_id: str) -> int:
    """How often the task has run and failed so far."""
    row = Failure.objects.filter(group=result_id).first()
    return row.attempt_count if row else 0


def _finished(result_id: str) -> Row | None:
    # Asked in two steps, because django-q2's index holds successes only.
    return (
        Success.objects.filter(group=result_id).first()
        or Failure.objects.filter(group=result_id).first()
    )


def _from_row(row: Row) -> TaskResult[Any, Any]:
    result = _from_package(row.args, enqueued_at=row.started)
    changes: dict[str, Any] = {
        "last_attempted_at": row.stopped,
        "worker_ids": [row.cluster] * row.attempt_count,
    }
    if row.success:
        changes |= {
            "status": TaskResultStatus.SUCCESSFUL,
            "finished_at": row.stopped,
            "_return_value": row.result,
        }
    elif row.attempt_count >= _max_attempts(row.cluster):
        changes |= {"status": TaskResultStatus.FAILED, "finished_at": row.stopped}
    if not row.success:
        changes["errors"] = [_error(row.result)]
    change(result, **changes)
    return result


def _from_queue(result_id: str) -> TaskResult[Any, Any] | None:
    for waiting in OrmQ.objects.order_by("pk").iterator():
        if waiting.group() == result_id:
            result = _from_package(waiting.args(), enqueued_at=waiting.task["started"])
            if waiting.lock > timezone.now():
                change(result, status=TaskResultStatus.RUNNING)
            return result
    return None


def _from_schedule(result_id: str) -> TaskResult[Any, Any] | None:
    waiting = Schedule.objects.filter(name=result_id).first()
    return _from_package(ast.literal_eval(waiting.args)) if waiting else None


def _from_package(
    package: Package, *, enqueued_at: dt.datetime | None = None
) -> TaskResult[Any, Any]:
    result_id, path, args, kwargs, _ = package
    result = new(task=import_string(path), args=args, kwargs=kwargs, result_id=result_id)
    change(result, enqueued_at=enqueued_at)
    return result


def change(result: TaskResult[Any, Any], **values: Any) -> None:
    """Move a result on; Django freezes it for everyone but its backend."""
    for name, value in values.items():
        object.__setattr__(result, name, value)


def _error(kept: str) -> TaskError:
    """django-q2 keeps "message : traceback"; run_task makes the message the error's class."""
    message, _, traceback = kept.partition(" : ")
    path = message if message.replace(".", "").isidentifier() else _TIMEOUT
    return TaskError(exception_class_path=path, traceback=traceback or message)


def _max_attempts(cluster: str) -> int:
    options = settings.Q_CLUSTER | settings.Q_CLUSTER["ALT_CLUSTERS"].get(cluster, {})
    return int(options["max_attempts"])
