"""One worker a video: a lock that the database lets go of when its holder dies."""

import contextlib
from collections.abc import Iterator

from django.db import connection

_KEY = "hashtextextended(%s, 0)"


@contextlib.contextmanager
def turn(video_id: int) -> Iterator[bool]:
    """Whether it is ours to work on the video; it stays so to the end of the block."""
    key = [f"transcode:{video_id}"]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({_KEY})", key)
        (is_ours,) = cursor.fetchone()
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT pg_advisory_unlock({_KEY})", key)
