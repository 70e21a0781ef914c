import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from config.env import env

ROOT = Path(settings.ROOT)


def bench(*arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {
        name: value
        for name, value in env.ENVIRON.items()
        if name not in {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
    }
    return subprocess.run(
        [sys.executable, "-m", "bench", *arguments],
        cwd=ROOT,
        env={**environment, "FITCORE_VAR": str(settings.VAR)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.slow
def test_the_bench_drives_the_production_server_and_prints_its_table() -> None:
    rows = ["list, visitor", "detail, locked", "log with a key"]

    done = bench("--small", "--seconds", "0.3", *(part for row in rows for part in ("--only", row)))

    assert done.returncode == 0, done.stderr
    figures = {row: line for line in done.stdout.splitlines() for row in rows if row in line}
    assert list(figures) == rows
    for line in figures.values():
        sql, cpu, _database, ratio, per_second = map(float, line[22:].split()[:5])
        assert min(sql, cpu, ratio, per_second) > 0


@pytest.mark.slow
def test_a_row_that_is_unknown_to_the_bench_is_answered_with_those_it_knows() -> None:
    done = bench("--small", "--only", "no such row")

    assert done.returncode == 1
    assert "weekly leaderboard" in done.stderr
    assert "Traceback" not in done.stderr
