"""What the queue does for search; all of it is safe to run again."""

from uuid import UUID

from django.tasks import task

from cms.search import healing
from cms.search.indexing import refresh_page
from cms.search.models import Document
from cms.workouts.models import WorkoutPage


@task(queue_name="slow")
def refresh_workouts_of(trainer: str) -> None:
    """Queued. A coach's name changed, came or went: so did what finds their workouts."""
    uid = UUID(trainer)
    made = WorkoutPage.objects.live().filter(trainer__translation_key=uid)
    found = Document.objects.filter(trainer=uid)
    pages = {*made.values_list("pk", flat=True), *found.values_list("page_id", flat=True)}
    _refresh({page_id for page_id in pages if page_id})


@task(queue_name="slow")
def refresh_category(category_id: int) -> None:
    """Queued. A category has another name, by which what stands on its shelf is found."""
    found = Document.objects.filter(category=category_id).exclude(page=None)
    _refresh(set(found.values_list("page_id", flat=True)))


@task(queue_name="slow")
def heal_search() -> None:
    """Queued. Writes what publishing could not, and forgets what is gone."""
    healing.heal()


@task(queue_name="slow")
def tidy_search() -> None:
    """Queued. Counts anew what is popular, and forgets words and searches of long ago."""
    healing.count_popularity()
    healing.forget_words()
    healing.forget_searches()


def _refresh(page_ids: set[int]) -> None:
    for page_id in sorted(page_ids):
        refresh_page(page_id)
