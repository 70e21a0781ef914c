"""What the clock starts in the editors' house."""

from django.tasks import task
from django.utils import timezone

from cms.dashboard.bulk_changes import forget_old


@task
def forget_old_changes() -> None:
    """Queued. Forgets changes of many pages that were done weeks ago; safe to run again."""
    forget_old(now=timezone.now())
