"""Runs ffmpeg: found where the machine has it, gentle to its neighbours, and ended in time."""

import contextlib
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from django.conf import settings

_SAID = 200


class FFmpegError(Exception):
    """ffmpeg did not make what it was asked for; the message is for the editor."""


def program() -> str:
    """The ffmpeg to run: the one that the settings name, the machine's, or the package's."""
    found = shutil.which(settings.FFMPEG or "ffmpeg") or ("" if settings.FFMPEG else _packaged())
    if not found:
        raise FFmpegError(
            "ffmpeg, which converts videos, is not installed on the server. The original can be "
            "played; ask whoever runs the site to install it, then try again."
        )
    return found


def run(arguments: Sequence[str], *, limit_seconds: float) -> Iterator[float]:
    """Run ffmpeg to its end and give the seconds of film that are done, about once a second.

    Leaving the loop early ends ffmpeg.
    """
    command = [*_gently(), program(), *_QUIET, *arguments]
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said, text=True
        ) as process,
        _ended_after(limit_seconds, process) as is_late,
    ):
        yield from _seconds_done(process.stdout or ())
        process.wait()
        if is_late.is_set():
            raise FFmpegError(
                f"Converting took longer than {round(limit_seconds / 60)} minutes and was ended."
            )
        if process.returncode:
            raise FFmpegError(f"The video could not be converted: {_last_words(said)}")


_QUIET = [
    "-hide_banner", "-nostdin", "-y", "-loglevel", "error", "-nostats", "-progress", "pipe:1",
    "-stats_period", "1",
]  # fmt: skip


def _packaged() -> str:
    try:
        from imageio_ffmpeg import get_ffmpeg_exe
    except ImportError:
        return ""
    with contextlib.suppress(RuntimeError):
        return str(get_ffmpeg_exe())
    return ""


def _gently() -> list[str]:
    nice = shutil.which("nice")
    return [nice, "-n", "10"] if nice else []


@contextlib.contextmanager
def _ended_after(seconds: float, process: "subprocess.Popen[str]") -> Iterator[threading.Event]:
    is_late = threading.Event()

    def end() -> None:
        is_late.set()
        process.kill()

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield is_late
    finally:
        timer.cancel()
        process.kill()  # nothing, if it has ended


def _seconds_done(lines: Iterable[str]) -> Iterator[float]:
    for line in lines:
        name, _, value = line.strip().partition("=")
        if name == "out_time_us" and value.isdigit():
            yield int(value) / 1_000_000


def _last_words(said: IO[bytes]) -> str:
    said.seek(0)
    lines = said.read().decode(errors="replace").strip().splitlines()
    return lines[-1][:_SAID] if lines else "ffmpeg ended without a word."
