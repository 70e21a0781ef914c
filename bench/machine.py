"""What the figures were taken on."""

import os
from pathlib import Path

_KIB_A_GIB = 1024**2


def machine() -> str:
    """Cores, memory and processor, as one line."""
    cores = len(os.sched_getaffinity(0))
    gib = int(_value("/proc/meminfo", "MemTotal").split()[0]) / _KIB_A_GIB
    model = _value("/proc/cpuinfo", "model name") or "unknown processor"
    return f"{cores} cores ({model}), {gib:.0f} GiB of memory"


def _value(file: str, name: str) -> str:
    for line in Path(file).read_text().splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""
