"""What the clock does for Stripe's inbox."""

import datetime as dt

from django.tasks import task
from django.utils import timezone
from djstripe.models import Event, WebhookEventTrigger

# Stripe repeats an event for three days at most; the rest is for people who look for a fault.
_KEPT_FOR = dt.timedelta(days=30)


@task(queue_name="quick")
def prune_inbox() -> None:
    """Queued. Forgets webhooks of more than a month ago; the books keep what came of them."""
    before = timezone.now() - _KEPT_FOR
    WebhookEventTrigger.objects.filter(created__lt=before).delete()
    Event.objects.filter(djstripe_created__lt=before).delete()
