"""The queue's processes, killed and stopped as a machine or a person does."""

import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
import structlog
from django.db import transaction
from django.tasks.base import TaskResultStatus
from django.utils import timezone
from django_q.models import OrmQ

from tests.config import queue_tasks as tasks
from tests.config.running_queue import RunningQueue, descendants, kill

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("empty_queue"),
]

KEYS = ("b", "c", "d", "e")


def test_a_killed_idle_worker_does_not_stop_the_queue(tmp_path: Path) -> None:
    with RunningQueue(tmp_path, "quick") as queue:
        idle = run_one(queue)

        kill(idle)
        for key in KEYS:
            tasks.take_effect.enqueue(key)

        queue.wait_until(lambda: tasks.effects(*KEYS) == len(KEYS))
        queue.wait_until(queue_is_empty)
    assert [len(tasks.starts(key)) for key in KEYS] == [1, 1, 1, 1]


def test_a_killed_busy_workers_task_runs_again_at_once_and_takes_effect_once(
    tmp_path: Path,
) -> None:
    with RunningQueue(tmp_path, "quick") as queue:
        tasks.take_effect.enqueue("busy", seconds=1)
        queue.wait_until(lambda: tasks.starts("busy"))
        killed_at = timezone.now()

        kill(tasks.starts("busy")[0])

        queue.wait_until(lambda: tasks.effects("busy"))
        queue.wait_until(queue_is_empty)
    assert len(tasks.starts("busy")) == 2
    assert tasks.effects("busy") == 1
    assert (timezone.now() - killed_at).total_seconds() < 30  # its lock would last 240


def test_a_killed_cluster_is_replaced_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with RunningQueue(tmp_path, "quick") as queue:
        tasks.take_effect.enqueue("busy", seconds=1)
        queue.wait_until(lambda: tasks.starts("busy"))
        [cluster] = queue.clusters
        below = list(descendants(cluster))

        kill(cluster)

        queue.wait_until(lambda: not any(map(is_alive, below)))
        queue.wait_until(lambda: tasks.effects("busy"))
    assert (len(tasks.starts("busy")), tasks.effects("busy")) == (2, 1)


def test_a_killed_supervisor_takes_everything_along(tmp_path: Path) -> None:
    with RunningQueue(tmp_path, "quick") as queue:
        run_one(queue)
        below = list(descendants(queue.process.pid))

        kill(queue.process.pid)

        queue.wait_until(lambda: not any(map(is_alive, below)))
        queue.process.returncode = 0  # for the check that follows


def test_a_task_that_kills_its_worker_is_given_up(tmp_path: Path) -> None:
    with RunningQueue(tmp_path, "slow") as queue:
        result = tasks.kill_worker.enqueue("poison")

        queue.wait_until(queue_is_empty)
        found = tasks.kill_worker.get_result(result.id)

    assert (found.status, found.attempts) == (TaskResultStatus.FAILED, 3)
    assert found.errors[0].exception_class_path == "config.queue.run.WorkerKilledError"


def test_a_failing_task_is_tried_five_times_and_kept_as_failed(tmp_path: Path) -> None:
    with RunningQueue(tmp_path, "quick") as queue:
        result = tasks.fail.enqueue("f")

        for attempt in range(1, 6):
            queue.wait_until(attempts_are(result.id, attempt))
            OrmQ.objects.update(lock=timezone.now())  # the pause between two is over
        found = tasks.fail.get_result(result.id)
        queue.wait_until(queue_is_empty)

    assert (found.status, found.attempts) == (TaskResultStatus.FAILED, 5)
    assert found.errors[0].exception_class is LookupError
    assert len(lines_of(queue, "LookupError")) == 5


def test_a_task_of_a_transaction_that_rolled_back_never_runs(tmp_path: Path) -> None:
    with RunningQueue(tmp_path, "quick") as queue:
        with transaction.atomic():
            tasks.take_effect.enqueue("never")
            transaction.set_rollback(True)
        run_one(queue)

    assert tasks.starts("never") == []


def test_slow_tasks_do_not_hold_up_quick_ones(tmp_path: Path) -> None:
    with RunningQueue(tmp_path) as queue:
        slow = tasks.take_effect_slowly.enqueue("slow", seconds=3)
        tasks.take_effect_slowly.enqueue("slow too", seconds=0)
        queue.wait_until(lambda: tasks.starts("slow"))

        tasks.take_effect.enqueue("quick")

        queue.wait_until(lambda: tasks.effects("quick"))
        assert tasks.effects("slow", "slow too") == 0
        queue.wait_until(lambda: tasks.effects("slow", "slow too") == 2)
        queue.wait_until(queue_is_empty)
    found = tasks.take_effect_slowly.get_result(slow.id)
    assert found.status == TaskResultStatus.SUCCESSFUL


def test_the_request_id_is_in_the_tasks_log_lines(tmp_path: Path) -> None:
    with RunningQueue(tmp_path, "quick") as queue:
        with structlog.contextvars.bound_contextvars(request_id="r-42"):
            result = tasks.take_effect.enqueue("a")
        queue.wait_until(lambda: tasks.effects("a"))

    [line] = lines_of(queue, "effect of a")
    assert (line["request_id"], line["task_id"]) == ("r-42", result.id)
    assert line["task"] == "tests.config.queue_tasks.take_effect"


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_a_running_task_ends_before_the_queue_does(tmp_path: Path, signum: int) -> None:
    with RunningQueue(tmp_path, "quick") as queue:
        tasks.take_effect.enqueue("a", seconds=2)
        queue.wait_until(lambda: tasks.starts("a"))

        queue.process.send_signal(signum)
        queue.process.wait(30)

        assert (tasks.effects("a"), len(tasks.starts("a")), queue_is_empty()) == (1, 1, True)


def test_a_task_that_outlasts_the_grace_goes_back_to_the_queue(tmp_path: Path) -> None:
    with RunningQueue(tmp_path, "quick") as queue:
        tasks.take_effect.enqueue("a", seconds=50)
        queue.wait_until(lambda: tasks.starts("a"))

        queue.process.terminate()
        queue.process.wait(30)

        assert OrmQ.objects.filter(lock__lte=timezone.now()).count() == 1


def run_one(queue: RunningQueue) -> int:
    """Have the queue run a task, so that it is known to work; returns the worker."""
    tasks.take_effect.enqueue("first")
    queue.wait_until(queue_is_empty)
    return tasks.starts("first")[0]


def queue_is_empty() -> bool:
    return not OrmQ.objects.exists()


def attempts_are(result_id: str, count: int) -> Callable[[], bool]:
    return lambda: tasks.fail.get_result(result_id).attempts == count


def is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    try:
        os.kill(pid, 0)
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def lines_of(queue: RunningQueue, part: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in queue.log.read_text().splitlines() if part in line]
