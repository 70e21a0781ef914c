"""Letters about pages that wait for a moderator: Wagtail's own, written and sent by the queue."""

from typing import Any

from django.apps import apps
from django.tasks import task
from wagtail.admin import signal_handlers as wagtails
from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from fitness.accounts.models import User

# By the name under which Wagtail connects each itself.
_LETTERS = {
    "group_approval_task_submitted_email_notification": (
        task_submitted,
        TaskState,
        wagtails.task_submission_email_notifier,
    ),
    "workflow_state_submitted_email_notification": (
        workflow_submitted,
        WorkflowState,
        wagtails.workflow_submission_email_notifier,
    ),
    "workflow_state_rejected_email_notification": (
        workflow_rejected,
        WorkflowState,
        wagtails.workflow_rejection_email_notifier,
    ),
    "workflow_state_approved_email_notification": (
        workflow_approved,
        WorkflowState,
        wagtails.workflow_approval_email_notifier,
    ),
}


def connect() -> None:
    """Take the place of Wagtail's letters, which keep the editor waiting for the mail server."""
    for name, (signal, sender, _) in _LETTERS.items():
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(_Enqueue(name), sender=sender, dispatch_uid=name, weak=False)


class _Enqueue:
    """Hears what became of a page, and leaves the letter about it to the queue."""

    def __init__(self, letter: str) -> None:
        self.letter = letter

    def __call__(self, instance: Any, user: User | None = None, **kwargs: Any) -> None:
        write.enqueue(self.letter, instance.pk, user.pk if user else None)


@task(queue_name="quick")
def write(letter: str, pk: int, user_id: int | None) -> None:
    """Queued. Writes to whoever is concerned; run twice, letters may arrive twice."""
    _, about, notify = _LETTERS[letter]
    model = apps.get_model("wagtailcore", about.__name__)
    instance = model.objects.filter(pk=pk).first()
    if instance is not None:
        notify(instance=instance, user=_who(user_id))


def _who(user_id: int | None) -> User | None:
    return User.objects.filter(pk=user_id).first() if user_id else None
