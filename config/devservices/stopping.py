"""How a stand-in that runs in a process of its own is told to end."""

import signal
from types import FrameType
from typing import Protocol


class _Running(Protocol):
    def stop(self) -> None: ...


def end_on_signals() -> None:
    """From now on SIGTERM ends the process as Ctrl-C does."""
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGINT, _interrupt)


def run_until_told(stand_in: _Running, *, saying: str) -> None:
    """Say that it answers, let it do so until a signal comes, and stop it well."""
    try:
        print(saying, flush=True)
        signal.pause()
    except KeyboardInterrupt:
        stand_in.stop()


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
