"""What the queue does for search; all of it is safe to run again."""

from django.tasks import task

from cms.search import healing
from cms.search.indexing import refresh_page
from cms.search.models import Document


@task(queue_name="slow")
def refresh_category(category_id: int) -> None:
    """Queued. A category has another name, by which what stands on its shelf is found."""
    found = Document.objects.filter(category=category_id).exclude(page=None)
    for page_id in found.values_list("page_id", flat=True).order_by("page_id"):
        refresh_page(page_id)


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
