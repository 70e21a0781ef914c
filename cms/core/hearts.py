"""The heart that a page shows to members."""

import uuid
from typing import Any

from fitness.favorites.selectors import favorite_of


def heart_of(user_id: int | None, *, kind: str, target: uuid.UUID) -> dict[str, Any] | None:
    """Whether the member keeps the thing: one query; ``None`` and no query for a visitor."""
    if user_id is None:
        return None
    kept = favorite_of(user_id, kind=kind, target=target)
    return heart(kind, target, is_kept=kept is not None)


def heart(kind: str, target: uuid.UUID, *, is_kept: bool) -> dict[str, Any]:
    """What ``components/heart.html`` needs."""
    return {"kind": kind, "target": target, "is_kept": is_kept}
