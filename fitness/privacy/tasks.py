"""What the clock does for exports and closed accounts."""

import datetime as dt

from django.conf import settings
from django.tasks import task
from django.utils import timezone
from django.utils.module_loading import import_string

from fitness.privacy.models import Closure
from fitness.privacy.services.closing import end_billing
from fitness.privacy.services.erasing import erase
from fitness.privacy.services.exports import delete_old_exports

# Stores repeat their news for three days; then nothing about the member can come in any more.
_LAST_NEWS = dt.timedelta(days=4)


@task(queue_name="slow")
def forget_old_exports() -> None:
    """Queued. Deletes the files of exports that were kept long enough; safe to run again."""
    delete_old_exports(now=timezone.now())


@task(queue_name="quick")
def see_to_closures() -> None:
    """Queued. Starts what is due and what failed before; what is done already does nothing."""
    now = timezone.now()
    waiting = Closure.objects.filter(undone_at=None, erased_at=None)
    for uid in waiting.filter(due_at__lte=now).values_list("uid", flat=True):
        erase.enqueue(str(uid))
    for uid in waiting.filter(due_at__gt=now).values_list("uid", flat=True):
        end_billing.enqueue(str(uid))


@task(queue_name="slow")
def forget_last_news() -> None:
    """Queued. Removes what stores told about members after they were erased; safe to run again."""
    before = timezone.now() - _LAST_NEWS
    for closure in Closure.objects.filter(erased_at__lt=before).exclude(accounts_elsewhere=[]):
        import_string(settings.STORES_FORGET)(closure.accounts_elsewhere)
        closure.accounts_elsewhere = []
        closure.save(update_fields=["accounts_elsewhere"])
