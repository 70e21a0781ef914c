"""Whether the code is that of the last whole start, so that its tables and files still fit."""

import hashlib
from pathlib import Path

from config.devservices.demo.plan import ROOT

_PARTS = ("api", "cms", "commerce", "config", "fitness", "templates", "requirements-dev.txt")


def is_as_remembered(var: Path) -> bool:
    """Whether nothing has changed since ``remember``."""
    stamp = _stamp(var)
    return stamp.exists() and stamp.read_text() == _state()


def remember(var: Path) -> None:
    """Note that everything was made ready for the code as it is."""
    _stamp(var).write_text(_state())


def _stamp(var: Path) -> Path:
    return var / "demo-ready"


def _state() -> str:
    digest = hashlib.sha256()
    for part in _PARTS:
        path = ROOT / part
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                stat = file.stat()
                digest.update(f"{file} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()
