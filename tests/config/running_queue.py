"""``manage.py run_queue`` in processes of its own, on the tests' database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from config.env import env

_PATIENCE_SECONDS = 60


class RunningQueue:
    """The queue as production runs it; ``log`` holds what its processes said."""

    def __init__(
        self, folder: Path, *queues: str, settings_module: str = "tests.config.queue_settings"
    ) -> None:
        self._settings_module = settings_module
        self.log = folder / "queue.log"
        self._command = [sys.executable, "manage.py", "run_queue", "--grace", "10", *queues]

    def __enter__(self) -> Self:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self._command,
                cwd=settings.ROOT,
                env={
                    **env.ENVIRON,
                    "DJANGO_SETTINGS_MODULE": self._settings_module,
                    "DATABASE_URL": database_url(),
                },
                stderr=log,
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.process.terminate()
        assert self.process.wait(30) == 0, self.log.read_text()
        assert list(descendants(self.process.pid)) == []

    @property
    def clusters(self) -> list[int]:
        return list(_children(self.process.pid))

    def wait_until(self, is_so: Callable[[], object]) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not is_so():
            assert time.monotonic() < deadline, self.log.read_text()[-4000:]
            time.sleep(0.05)


def kill(*pids: int) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


def descendants(pid: int) -> Iterable[int]:
    """Every process below ``pid``."""
    for child in _children(pid):
        yield child
        yield from descendants(child)


def _children(pid: int) -> Iterable[int]:
    listing = subprocess.run(
        ["ps", "-eo", "pid=,ppid=,stat="], check=True, capture_output=True, text=True
    )
    for line in listing.stdout.splitlines():
        child, parent, state = line.split()
        if int(parent) == pid and not state.startswith("Z"):
            yield int(child)


def database_url(*, name: str = "") -> str:
    """The address of the tests' database, or of another one on its server."""
    at = connection.settings_dict
    name = name or at["NAME"]
    user = quote(at["USER"]) + (f":{quote(at['PASSWORD'])}" if at["PASSWORD"] else "")
    if at["HOST"].startswith("/"):  # the folder of a Unix socket
        return f"postgres://{user}@/{quote(at['HOST'], safe='')}/{name}"
    port = at["PORT"] or 5432
    return f"postgres://{user}@{at['HOST']}:{port}/{name}"
