"""What the clock starts for the shared cache."""

from django.core.cache import caches
from django.tasks import task

from config.cache.backend import PostgresCache


@task
def forget_expired() -> None:
    """Queued. Deletes what has expired; Redis does that by itself. Safe to run again."""
    shared = caches["default"]
    if isinstance(shared, PostgresCache):
        shared.forget_expired()
