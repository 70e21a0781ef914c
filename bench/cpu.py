"""The CPU time that processes have used, from ``/proc``."""

import os
from collections.abc import Iterator
from pathlib import Path

from bench.errors import BenchError

_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
_PARENT, _USER_TIME, _CHILDREN_SYSTEM_TIME = 1, 11, 14  # columns after the program's name


def cpu_seconds(root: int) -> float:
    """What a process, all its descendants and those of them that have ended used so far."""
    if not Path("/proc/self/stat").exists():
        raise BenchError("The bench reads CPU times from /proc: it runs on Linux.")
    ticks = dict(_stats())
    family, found = {root}, {root}
    while found:
        found = {pid for pid, columns in ticks.items() if columns[_PARENT] in family} - family
        family |= found
    return (
        sum(
            sum(ticks[pid][_USER_TIME : _CHILDREN_SYSTEM_TIME + 1])
            for pid in family
            if pid in ticks
        )
        / _TICKS_A_SECOND
    )


def _stats() -> Iterator[tuple[int, list[int]]]:
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            line = (folder / "stat").read_text()
        except OSError:  # it ended meanwhile
            continue
        _state, *columns = line.rpartition(")")[2].split()
        yield int(folder.name), [0, *map(int, columns)]
