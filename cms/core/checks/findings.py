"""What a check tells an editor."""

from dataclasses import dataclass
from typing import Final

ERROR: Final = "error"
WARNING: Final = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at, in which field and, in a story, in which block."""

    severity: str
    message: str
    field: str
    block: str = ""


def error(message: str, field: str, block: str = "") -> Finding:
    """What has to be mended before the page is published."""
    return Finding(ERROR, message, field, block)


def warning(message: str, field: str, block: str = "") -> Finding:
    """What could be better, and keeps nothing from being published."""
    return Finding(WARNING, message, field, block)
