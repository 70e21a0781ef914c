"""Ids that follow from the seed, so that a demo made anew keeps its addresses."""

import random
import uuid

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "demo.fitcore.example")


def uid(*, seed: int, name: str) -> uuid.UUID:
    """The same seed and name always give the same id."""
    return uuid.uuid5(_NAMESPACE, f"{seed}:{name}")


def dice(*, seed: int, name: str) -> random.Random:
    """Chance that falls the same way every time."""
    return random.Random(f"{seed}:{name}")
