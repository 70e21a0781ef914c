"""The queued question, in a queue of its own: nothing else waits while the model thinks."""

from django.tasks import task
from django.utils import timezone

from cms.assistant import services
from cms.assistant.models import Suggestion


@task(queue_name="asking")
def answer(asked_id: int) -> None:
    """Queued. Safe to run again: a question that has its answer is left alone."""
    asked = Suggestion.objects.select_related("page", "image").filter(pk=asked_id).first()
    if asked is not None:
        services.answer(asked=asked, now=timezone.now())


@task
def forget_left_suggestions() -> None:
    """Queued. Forgets words that nobody took for a day; safe to run again."""
    services.forget_left(now=timezone.now())
