"""Tasks as the code sees them, by way of the real table, without a worker."""

from __future__ import annotations  # Django's task classes take no type arguments at run time

import datetime as dt
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.db import transaction
from django.tasks.base import TaskResult, TaskResultStatus
from django.tasks.exceptions import InvalidTask, TaskResultDoesNotExist
from django.tasks.signals import task_enqueued, task_finished, task_started
from django.utils import timezone
from django_q.models import OrmQ, Schedule
from django_q.signing import SignedPackage

from config.queue import broker
from config.queue.run import TaskFailedError
from tests.config import queue_tasks as tasks
from tests.queue import drain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_queue")]


@pytest.fixture
def heard() -> Iterator[list[tuple[str, TaskResultStatus]]]:
    """What the signals said, in order."""
    said: list[tuple[str, TaskResultStatus]] = []

    def hear(signal: object, task_result: TaskResult[Any, Any], **_: object) -> None:
        said.append((names[signal], task_result.status))

    names: dict[object, str] = {
        task_enqueued: "enqueued",
        task_started: "started",
        task_finished: "finished",
    }
    signals = (task_enqueued, task_started, task_finished)
    for signal in signals:
        signal.connect(hear)
    yield said
    for signal in signals:
        signal.disconnect(hear)


def test_a_task_waits_in_the_table_and_runs_with_its_arguments() -> None:
    result = tasks.take_effect.enqueue("a", seconds=0)

    assert tasks.take_effect.get_result(result.id).status == TaskResultStatus.READY
    assert (tasks.effects("a"), drain(), tasks.effects("a")) == (0, 1, 1)


def test_a_task_of_a_transaction_that_rolls_back_never_waits() -> None:
    with transaction.atomic():
        tasks.take_effect.enqueue("a")
        transaction.set_rollback(True)

    assert drain() == 0


@pytest.mark.parametrize(
    ("task", "cluster"),
    [
        (tasks.take_effect, "quick"),
        (tasks.take_effect.using(queue_name="quick"), "quick"),
        (tasks.take_effect_slowly, "slow"),
    ],
)
def test_each_queue_has_its_cluster(task: tasks.AnyTask, cluster: str) -> None:
    task.enqueue("a", seconds=0)

    assert OrmQ.objects.get().key == cluster


def test_wagtails_tasks_come_the_same_way() -> None:
    tasks.written_as_wagtail_does.enqueue("a")

    assert (drain(), tasks.effects("a")) == (1, 1)


def test_a_task_that_enqueues_another_is_followed_to_the_end() -> None:
    tasks.enqueue_another.enqueue("a")

    assert (drain(), tasks.effects("a")) == (2, 1)


def test_signals_tell_of_a_task_as_django_documents(
    heard: list[tuple[str, TaskResultStatus]],
) -> None:
    tasks.take_effect.enqueue("a")
    drain()

    assert heard == [
        ("enqueued", TaskResultStatus.READY),
        ("started", TaskResultStatus.RUNNING),
        ("finished", TaskResultStatus.SUCCESSFUL),
    ]


def test_a_failing_task_is_logged_once_with_its_traceback(
    heard: list[tuple[str, TaskResultStatus]], caplog: pytest.LogCaptureFixture
) -> None:
    tasks.fail.enqueue("a")

    with pytest.raises(TaskFailedError, match=r"^builtins\.LookupError$"):
        drain()

    errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert [record.exc_info[0] for record in errors if record.exc_info] == [LookupError]
    assert heard[-1] == ("finished", TaskResultStatus.FAILED)


def test_a_task_that_tries_to_end_its_worker_fails_like_any_other() -> None:
    tasks.end_worker.enqueue()

    with pytest.raises(TaskFailedError, match=r"^builtins\.SystemExit$"):
        drain()


def test_a_task_whose_code_is_gone_fails_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    tasks.take_effect.enqueue("a")
    row = OrmQ.objects.get()
    row.payload = _with_path(row, "tests.config.queue_tasks.gone")
    row.save()

    with pytest.raises(TaskFailedError, match="ImportError"):
        drain()

    assert "cannot be loaded" in caplog.text


def test_the_request_id_is_bound_while_the_task_runs_and_no_longer(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with structlog.contextvars.bound_contextvars(request_id="r-1"):
        result = tasks.see_context.enqueue()

    with structlog.contextvars.bound_contextvars(request_id="another"):
        drain()
        after = structlog.contextvars.get_contextvars()["request_id"]

    path = "tests.config.queue_tasks.see_context"
    assert tasks.seen == {"request_id": "r-1", "task_id": result.id, "task": path}
    assert after == "another"


def test_a_task_put_off_waits_as_a_schedule_and_keeps_its_id() -> None:
    at = timezone.now() + dt.timedelta(hours=1)

    result = tasks.take_effect_slowly.using(run_after=at).enqueue('it\'s "a"', seconds=0.5)

    row = Schedule.objects.get()
    assert (row.next_run, row.cluster, OrmQ.objects.count()) == (at, "slow", 0)
    found = tasks.take_effect_slowly.get_result(result.id)
    assert (found.status, found.args) == (TaskResultStatus.READY, ['it\'s "a"'])


def test_a_task_that_a_worker_took_is_running() -> None:
    result = tasks.take_effect.enqueue("a")
    OrmQ.objects.update(lock=timezone.now() + dt.timedelta(minutes=1))

    assert tasks.take_effect.get_result(result.id).status == TaskResultStatus.RUNNING


def test_an_unknown_result_is_missing() -> None:
    with pytest.raises(TaskResultDoesNotExist):
        tasks.take_effect.get_result("unknown")


def test_what_json_cannot_say_is_refused_at_once() -> None:
    with pytest.raises(TypeError):
        tasks.take_effect.enqueue(object())  # type: ignore[arg-type]

    assert OrmQ.objects.count() == 0


def test_a_queue_without_workers_is_refused_at_once() -> None:
    with pytest.raises(InvalidTask):
        tasks.take_effect.using(queue_name="nobody")


def test_only_what_the_dead_cluster_held_is_given_back() -> None:
    later = timezone.now() + dt.timedelta(minutes=1)
    ours = OrmQ.objects.create(key="quick", payload="", lock=later.replace(microsecond=7))
    for key, mark in (("quick", 8), ("slow", 7)):
        OrmQ.objects.create(key=key, payload="", lock=later.replace(microsecond=mark))

    released = broker.release(queue="quick", mark=7)

    assert released == 1
    assert OrmQ.objects.get(lock__lte=timezone.now()) == ours


def test_a_task_that_failed_waits_longer_each_time_and_belongs_to_nobody() -> None:
    row = OrmQ.objects.create(key="quick", payload="", lock=timezone.now())
    waits = []

    for attempts in (0, 1, 9):
        broker.postpone(pk=row.pk, attempts=attempts)
        row.refresh_from_db()
        waits.append(round((row.lock - timezone.now()).total_seconds(), -1))

    assert (waits, row.lock.microsecond) == ([10.0, 60.0, 960.0], 0)


def _with_path(row: OrmQ, path: str) -> str:
    package = SignedPackage.loads(row.payload)
    result_id, _, *rest = package["args"]
    signed: str = SignedPackage.dumps(package | {"args": (result_id, path, *rest)})
    return signed
