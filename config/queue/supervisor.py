"""Keeps the queue's clusters running: starts them, starts a broken one again, ends them well."""

import contextlib
import logging
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

from django.conf import settings
from django.db import Error, connection

from config.env import env
from config.queue.broker import MARKS, release

logger = logging.getLogger(__name__)
_LOOK_SECONDS = 0.2
_SWEEP_SECONDS = 2
_STABLE_SECONDS = 60
_PAUSES = (0, 1, 3, 7, 15, 30, 60)  # seconds before a broken cluster starts again


class Supervisor:
    """Runs one django-q2 cluster for each queue until it is told to stop."""

    def __init__(self, queues: Sequence[str], *, grace_seconds: float) -> None:
        self.clusters = [_Cluster(queue) for queue in queues]
        self.grace_seconds = grace_seconds
        self._is_over = threading.Event()

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; tasks that run then may end within the grace time."""
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, lambda *_: self._is_over.set())
        while not self._is_over.is_set():
            for cluster in self.clusters:
                cluster.look_after()
            self._is_over.wait(_LOOK_SECONDS)
        self._stop()

    def _stop(self) -> None:
        logger.info("The queue stops; running tasks have %d seconds", self.grace_seconds)
        for cluster in self.clusters:
            cluster.ask_to_stop()
        deadline = time.monotonic() + self.grace_seconds
        while time.monotonic() < deadline and any(cluster.is_alive for cluster in self.clusters):
            time.sleep(_LOOK_SECONDS)
        for cluster in self.clusters:
            cluster.clear_away()


class _Cluster:
    """One queue's cluster, in a session of its own so that all of it can be ended."""

    def __init__(self, queue: str) -> None:
        self.queue = queue
        self.mark = random.choice(MARKS)  # noqa: S311 - a name, not a secret
        self.process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._next_start = 0.0
        self._failures = 0

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def look_after(self) -> None:
        if self.is_alive:
            return
        if self.process is not None:
            code = self.process.returncode
            self._sweep()
            wait = self._pause()
            logger.error("The cluster %s ended (%s); again in %d s", self.queue, code, wait)
        if time.monotonic() >= self._next_start and self._release():
            self._start()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.is_alive:
            self.process.terminate()

    def clear_away(self) -> None:
        """End what is left of the cluster and give its tasks back to the queue."""
        if self.process is not None:
            self._sweep()
        self._release()

    def _start(self) -> None:
        self._started_at = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "config.queue"],
            cwd=settings.ROOT,
            # A forked connection pool would share its sockets between processes: none here.
            env={
                **env.ENVIRON,
                "Q_CLUSTER_NAME": self.queue,
                "QUEUE_MARK": str(self.mark),
                "DATABASE_POOL": "0",
            },
            start_new_session=True,
        )

    def _sweep(self) -> None:
        """Kill what the cluster left behind and wait until it is gone."""
        assert self.process is not None  # noqa: S101 - for the type checker
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            deadline = time.monotonic() + _SWEEP_SECONDS
            while time.monotonic() < deadline:
                os.killpg(self.process.pid, 0)
                time.sleep(_LOOK_SECONDS / 10)
        self.process = None

    def _release(self) -> bool:
        try:
            released = release(queue=self.queue, mark=self.mark)
        except Error:
            logger.exception("The database of the queue does not answer")
            self._pause()
            return False
        finally:
            connection.close()
        if released:
            logger.warning("Gave %d tasks back to the queue %s", released, self.queue)
        return True

    def _pause(self) -> int:
        """Put the next start off: not at all the first time, then longer and longer."""
        if time.monotonic() - self._started_at > _STABLE_SECONDS:
            self._failures = 0
        wait = _PAUSES[min(self._failures, len(_PAUSES) - 1)]
        self._failures += 1
        self._next_start = time.monotonic() + wait
        return wait
