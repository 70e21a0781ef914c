"""The production web server, on a free port of this machine."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.cpu import cpu_seconds
from bench.errors import BenchError
from config.env import env
from config.processes import die_with_parent

_START_SECONDS = 60
_LAST_LINES = 20


@dataclass(frozen=True)
class Server:
    """A running web server and the PostgreSQL behind it."""

    port: int
    pid: int
    postgres_pid: int

    def cpu(self) -> tuple[float, float]:
        """The CPU seconds that the web server and PostgreSQL have used so far."""
        return cpu_seconds(self.pid), cpu_seconds(self.postgres_pid)


@contextmanager
def web_server(*, database_url: str, postgres_pid: int, log: Path) -> Iterator[Server]:
    """gunicorn as production has it, but that no worker is replaced while it is measured."""
    port = _free_port()
    command = ["gunicorn", "-c", "python:config.gunicorn", "--max-requests", "0"]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            env={**env.ENVIRON, "DATABASE_URL": database_url, "WEB_BIND": f"127.0.0.1:{port}"},
            stdout=output,
            stderr=output,
            preexec_fn=partial(die_with_parent, signal.SIGTERM),  # noqa: PLW1509
        )
    try:
        _wait(process, port, log)
        yield Server(port, process.pid, postgres_pid)
    finally:
        process.terminate()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            end = log.read_text(errors="replace").splitlines()[-_LAST_LINES:]
            raise BenchError("\n".join(["The web server did not start:", *end]))
        time.sleep(0.1)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as probe:
            probe.sendall(b"GET /floor/1 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            return probe.recv(12) == b"HTTP/1.1 200"
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
