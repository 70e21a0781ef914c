"""What is drawn by lot, the same each time."""

import datetime as dt
import random
import uuid


def drawn_uuid(chance: random.Random) -> uuid.UUID:
    return uuid.UUID(int=chance.getrandbits(128), version=4)


def at(day: dt.date, minutes: int) -> dt.datetime:
    """So many minutes after the UTC day began."""
    midnight = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    return midnight + dt.timedelta(minutes=minutes)
