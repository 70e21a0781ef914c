"""One django-q2 cluster, made to end as a whole when one of its processes is killed.

django-q2 replaces a killed worker, but the dead one may hold the lock of the queue that all
of them read: then nothing runs any more, and nothing says so. Here the death of any process
ends all of them, and the supervisor starts a fresh cluster.
"""

from __future__ import annotations  # Django's task classes take no type arguments at run time

import contextlib
import logging
import os
import signal
from functools import partial
from multiprocessing import Process
from multiprocessing.sharedctypes import RawValue
from typing import Any

from django.db import DatabaseError
from django.tasks.base import TaskResult, TaskResultStatus
from django.tasks.signals import task_finished
from django.utils import timezone
from django_q import cluster as django_q_cluster
from django_q.conf import Conf
from django_q.models import OrmQ
from django_q.monitor import save_task
from django_q.signals import post_execute_in_worker, pre_execute

from config.processes import die_with_parent
from config.queue import results
from config.queue.broker import MarkedBroker, postpone
from config.queue.run import WorkerKilledError, path_of

logger = logging.getLogger(__name__)
_ENDING_SECONDS = 5

# The row of the task that this worker runs, in memory that its guard reads: 0 for none.
_running = RawValue("q", 0)


class Guard(django_q_cluster.Sentinel):
    """django-q2's sentinel, which knows what a worker was doing when it was killed."""

    def spawn_worker(self) -> None:
        global _running  # noqa: PLW0603 - the worker about to be forked inherits it
        _running = RawValue("q", 0)
        super().spawn_worker()
        self.pool[-1].running = _running

    def reincarnate(self, process: Process) -> None:
        row = getattr(process, "running", None)
        process.join(_ENDING_SECONDS if row and not row.value else 0)
        if process.exitcode == 0 and not (row and row.value):
            super().reincarnate(process)
            return
        logger.critical("A process of the queue was killed: the whole cluster starts again")
        if row and row.value:
            self._count_attempt(row.value)
        os.killpg(os.getpgrp(), signal.SIGKILL)

    def _count_attempt(self, pk: int) -> None:
        """A task that kills its worker counts as failed, or it would do so for ever."""
        try:
            row = OrmQ.objects.get(pk=pk)
            killed = WorkerKilledError()
            failure = {
                "ack_id": pk,
                "cluster": Conf.CLUSTER_NAME,
                "stopped": timezone.now(),
                "success": False,
                "result": f"{path_of(killed)} : {WorkerKilledError.__doc__}",
            }
            save_task(row.task | failure, self.broker)
        except (DatabaseError, OrmQ.DoesNotExist):
            logger.exception("A killed task could not be counted")


def run() -> None:
    """Work on the queue that ``Q_CLUSTER_NAME`` names, until SIGTERM."""
    os.register_at_fork(after_in_child=partial(die_with_parent, signal.SIGKILL))
    die_with_parent(signal.SIGTERM)
    pre_execute.connect(_note_start)
    post_execute_in_worker.connect(_note_end)
    task_finished.connect(_try_again_later)
    logging.getLogger("django-q").addFilter(_is_news)
    django_q_cluster.Sentinel = Guard
    django_q_cluster.Cluster(broker=MarkedBroker()).start()


def _note_start(*, task: dict[str, Any], **_: Any) -> None:
    _running.value = task["ack_id"]


def _note_end(**_: Any) -> None:
    _running.value = 0


def _try_again_later(*, task_result: TaskResult[Any, Any], **_: Any) -> None:
    if task_result.status == TaskResultStatus.FAILED:
        with contextlib.suppress(DatabaseError):  # then it waits as long as its lock lasts
            postpone(pk=_running.value, attempts=results.attempts(task_result.id))


def _is_news(record: logging.LogRecord) -> bool:
    """A failure is logged where it happens; django-q2 would log it again when it keeps it."""
    return not record.getMessage().startswith("Failed '")
