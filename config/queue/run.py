"""What a worker calls: runs one task and says so in its log lines and signals."""

from __future__ import annotations  # Django's task classes take no type arguments at run time

import logging
import traceback
import uuid
from contextvars import copy_context
from typing import Any

import structlog
from django.tasks.base import Task, TaskContext, TaskError, TaskResult, TaskResultStatus
from django.tasks.signals import task_finished, task_started
from django.utils import timezone
from django.utils.json import normalize_json
from django.utils.module_loading import import_string
from django_q.exceptions import TimeoutException

from config.queue import results
from config.queue.backend import DjangoQBackend

logger = logging.getLogger(__name__)


class TaskFailedError(Exception):
    """Tells django-q2 that a task failed; the message is the path of its error's class."""


class WorkerKilledError(Exception):
    """The worker was killed while it ran the task."""


def run_scheduled(path: str) -> Any:
    """Run a task that the clock starts (``config/schedules.py``)."""
    return run_task(uuid.uuid4().hex, path, [], {}, {})


def run_task(
    result_id: str, path: str, args: list[Any], kwargs: dict[str, Any], context: dict[str, Any]
) -> Any:
    """Run a task and return what it returned; ``TaskFailedError`` has django-q2 try again."""
    # A copy, so that what a task binds is gone with it.
    return copy_context().run(_run_with_context, result_id, path, args, kwargs, context)


def _run_with_context(
    result_id: str, path: str, args: list[Any], kwargs: dict[str, Any], context: dict[str, Any]
) -> Any:
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(**context, task_id=result_id, task=path)
    try:
        task: Task[Any, Any] = import_string(path)
    except Exception as error:
        logger.exception("A queued task cannot be loaded")
        raise TaskFailedError(path_of(error)) from error
    result = results.new(task=task, args=args, kwargs=kwargs, result_id=result_id)
    return _run(result)


def _run(result: TaskResult[Any, Any]) -> Any:
    started_at = timezone.now()
    results.change(
        result,
        status=TaskResultStatus.RUNNING,
        enqueued_at=None,
        started_at=started_at,
        last_attempted_at=started_at,
    )
    task_started.send(DjangoQBackend, task_result=result)
    try:
        value = normalize_json(_call(result))
    except TimeoutException as error:  # django-q2 replaces the worker when it sees this one
        _fail(result, error)
        raise
    except BaseException as error:
        _fail(result, error)
        raise TaskFailedError(path_of(error)) from error
    results.change(
        result,
        status=TaskResultStatus.SUCCESSFUL,
        finished_at=timezone.now(),
        _return_value=value,
    )
    task_finished.send(DjangoQBackend, task_result=result)
    return value


def _call(result: TaskResult[Any, Any]) -> Any:
    task = result.task
    if not task.takes_context:
        return task.call(*result.args, **result.kwargs)
    attempt = results.attempts(result.id) + 1
    results.change(result, worker_ids=[task.queue_name] * attempt)
    return task.call(TaskContext(task_result=result), *result.args, **result.kwargs)


def _fail(result: TaskResult[Any, Any], error: BaseException) -> None:
    """Say that an attempt failed; Django's own receiver logs it with its traceback."""
    text = "".join(traceback.format_exception(error))
    results.change(
        result,
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        errors=[TaskError(exception_class_path=path_of(error), traceback=text)],
    )
    task_finished.send(DjangoQBackend, task_result=result)


def path_of(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"
