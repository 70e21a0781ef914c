"""Tasks that leave traces: a group for each start, and one for each effect."""

from __future__ import annotations  # Django's task classes take no type arguments at run time

import logging
import os
import signal
import time
import uuid
from typing import Any

import django_tasks
import structlog
from django.contrib.auth.models import Group
from django.tasks import Task, TaskContext, task

logger = logging.getLogger(__name__)
seen: dict[str, object] = {}

type AnyTask = Task[Any, Any]


@task
def take_effect(key: str, seconds: float = 0) -> dict[str, str]:
    note_start(key)
    time.sleep(seconds)
    logger.info("effect of %s", key)
    Group.objects.get_or_create(name=key)
    return {"key": key}


@task(queue_name="slow")
def take_effect_slowly(key: str, seconds: float) -> None:
    take_effect.call(key, seconds)


@task(takes_context=True)
def say_attempt(context: TaskContext[Any, Any], key: str) -> int:
    Group.objects.get_or_create(name=key)
    return context.attempt


@task
def fail(key: str) -> None:
    note_start(key)
    raise LookupError(key)


@task
def end_worker() -> None:
    raise SystemExit(3)


@task(queue_name="slow")
def kill_worker(key: str) -> None:
    note_start(key)
    os.kill(os.getpid(), signal.SIGKILL)


@task
def enqueue_another(key: str) -> None:
    take_effect.enqueue(key)


@task
def see_context() -> None:
    seen.clear()
    seen.update(structlog.contextvars.get_contextvars())


@django_tasks.task
def written_as_wagtail_does(key: str) -> None:
    Group.objects.get_or_create(name=key)


def note_start(key: str) -> None:
    Group.objects.create(name=f"{key} by {os.getpid()} {uuid.uuid4()}")


def starts(key: str) -> list[int]:
    """The processes that began the task ``key``, first to last."""
    rows = Group.objects.filter(name__startswith=f"{key} by ").order_by("pk")
    return [int(name.split()[-2]) for name in rows.values_list("name", flat=True)]


def effects(*keys: str) -> int:
    return Group.objects.filter(name__in=keys).count()
