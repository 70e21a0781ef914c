"""Pages that go live when their time has come."""

import datetime as dt
import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Revision

_log = logging.getLogger(__name__)
HELD_BACK = "fitcore.held_back"


def publish_due(*, now: dt.datetime) -> None:
    """Publish what was scheduled for a time before ``now``; doing it again changes nothing.

    A page passed its checks when it was scheduled. What has come to it since, such as a link to a
    page that is gone, does not keep it from being on time. One that cannot be published at all is
    held back and its history says why; the others go live.
    """
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    for revision in due:
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
        except Exception as error:
            _hold_back(revision, error)


def _hold_back(revision: Revision, error: Exception) -> None:
    _log.exception("Revision %s could not go live", revision.pk)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    page = revision.content_object
    if page is not None:
        reason = " ".join(error.messages) if isinstance(error, ValidationError) else "it is broken"
        log(instance=page, action=HELD_BACK, revision=revision, data={"reason": reason})
