"""What the clock starts for uploads."""

from django.tasks import task
from django.utils import timezone

from cms.media.uploads.services import forget_left_over


@task
def forget_left_over_uploads() -> None:
    """Queued. Deletes what was uploaded and never saved, and what was cut; safe to run again."""
    forget_left_over(now=timezone.now())
