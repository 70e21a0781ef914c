"""The demo's processes, each with a log of its own."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from config.devservices.demo.plan import ROOT, DemoError
from config.env import env
from config.processes import die_with_parent

_STOP_SECONDS = 12
_LAST_LINES = 12


class Child:
    """One process; it ends with the demo, and its log tells why when it ends before."""

    def __init__(
        self, name: str, command: Sequence[str], *, logs: Path, environment: Mapping[str, str]
    ) -> None:
        self.name = name
        self.log = logs / f"{name.replace(' ', '-')}.log"
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env={**env.ENVIRON, **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the demo, which ends its parts in order
                preexec_fn=partial(die_with_parent, signal.SIGTERM),
            )

    def check(self) -> None:
        """Raise ``DemoError`` with the end of its log when the process has ended."""
        code = self._process.poll()
        if code is not None:
            lines = self.log.read_text(errors="replace").splitlines()[-_LAST_LINES:]
            raise DemoError(
                "\n".join([f"The {self.name} ended ({code}). The end of {self.log}:", *lines])
            )

    def wait(self) -> int:
        """Wait until it ends by itself; returns its exit code."""
        return self._process.wait()

    def stop(self) -> None:
        """Ask it to end, and end it when it does not; nothing of it is left."""
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_STOP_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
