"""The clock's work: rows that agree with config/schedules.py, and tasks that do theirs."""

import ast
import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.module_loading import import_string
from django_q.models import Schedule, Task

from config import schedules
from config.queue import timetable
from tests.config import queue_tasks

pytestmark = pytest.mark.django_db

EFFECT = "tests.config.queue_tasks.see_context"


def rows() -> dict[str, tuple[str, str]]:
    return {
        name: (cluster, cron)
        for name, cluster, cron in Schedule.objects.values_list("name", "cluster", "cron")
    }


def test_rows_are_added_changed_and_removed_until_they_agree() -> None:
    timetable.sync(
        {
            "kept": (EFFECT, "0 1 * * *"),
            "changed": (EFFECT, "0 2 * * *"),
            "old": (EFFECT, "0 3 * * *"),
        }
    )
    kept = Schedule.objects.get(name="kept").pk

    done = timetable.sync(
        {
            "kept": (EFFECT, "0 1 * * *"),
            "changed": (EFFECT, "0 9 * * *"),
            "new": (EFFECT, "0 4 * * *"),
        }
    )

    assert done == (["changed", "new"], ["changed", "old"])
    assert rows() == {
        name: ("quick", cron)
        for name, cron in (("kept", "0 1 * * *"), ("changed", "0 9 * * *"), ("new", "0 4 * * *"))
    }
    assert Schedule.objects.get(name="kept").pk == kept


def test_a_task_put_off_is_left_alone() -> None:
    at = timezone.now() + dt.timedelta(hours=1)
    queue_tasks.take_effect.using(run_after=at).enqueue("a")

    timetable.sync({})

    assert Schedule.objects.count() == 1


def test_the_command_is_safe_to_repeat() -> None:
    first, second = io.StringIO(), io.StringIO()

    call_command("sync_schedules", stdout=first)
    call_command("sync_schedules", stdout=second)

    assert set(rows()) == set(schedules.SCHEDULES)
    assert ("Added: publish scheduled pages" in first.getvalue(), second.getvalue()) == (True, "")


@pytest.mark.parametrize(
    "entry",
    [("config.tasks.gone", "* * * * *"), (EFFECT, "every day"), ("config.env.env", "* * * * *")],
)
def test_a_wrong_entry_is_named_and_changes_nothing(
    entry: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.management.commands.sync_schedules.SCHEDULES", {"wrong": entry})

    with pytest.raises(CommandError, match="is wrong: "):
        call_command("sync_schedules")

    assert rows() == {}


def test_a_due_row_runs_its_task() -> None:
    timetable.sync({"due": (EFFECT, "* * * * *")})
    row = Schedule.objects.get()
    queue_tasks.seen.clear()

    import_string(row.func)(*ast.literal_eval(row.args))

    assert queue_tasks.seen["task"] == EFFECT


@pytest.mark.parametrize("path", [path for path, _ in schedules.SCHEDULES.values()])
def test_every_scheduled_task_runs_and_may_run_again(path: str) -> None:
    for _ in range(2):
        import_string(path).call()


def test_finished_tasks_are_forgotten_failures_later() -> None:
    for days in (6, 8, 31):
        for success in (True, False):
            at = timezone.now() - dt.timedelta(days=days)
            Task.objects.create(
                id=f"{days}-{success}", name="t", func="f", started=at, stopped=at, success=success
            )

    import_string("config.tasks.forget_finished_tasks").call()

    assert set(Task.objects.values_list("id", flat=True)) == {"6-True", "6-False", "8-False"}
