"""Search mends itself: it is compared with what is live, and only what differs is written."""

import datetime as dt
from typing import Any, Final

from django.db import connection
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from cms.core.listing import is_original
from cms.search.documents import FOUND_PAGES
from cms.search.indexing import refresh_exercise, refresh_page
from cms.search.models import Document, Kind, Wanted
from cms.workouts.models import WorkoutPage
from fitness.training.models import Exercise, Workout, WorkoutLog

_POPULAR_DAYS: Final = 90
_ALL_WORDS: Final = """
    DELETE FROM search_word WHERE text NOT IN (
        SELECT unnest(string_to_array(
            concat_ws(' ', title_words, summary_words, fact_words, text_words), ' '
        )) FROM search_document
    )
"""


def heal() -> int:
    """Write the documents that are missing or behind, delete those of what is not live.

    Returns how many there were: none, if every publish did what it should.
    """
    pages = {page_id for kind in FOUND_PAGES for page_id in _behind(kind)} | _too_many()
    for page_id in sorted(pages):
        refresh_page(page_id)
    exercises = _exercises_behind()
    for exercise_id in exercises:
        refresh_exercise(exercise_id)
    return len(pages) + len(exercises)


def rebuild() -> int:
    """Write every document anew; returns how many there are."""
    heal()
    for kind in FOUND_PAGES:
        for page_id in _findable(kind).values_list("pk", flat=True).order_by("pk"):
            refresh_page(page_id)
    for exercise_id in Exercise.objects.order_by("pk").values_list("pk", flat=True):
        refresh_exercise(exercise_id)
    count_popularity()
    forget_words()
    return Document.objects.count()


def count_popularity() -> None:
    """How often each workout was trained of late; one statement."""
    since = timezone.now() - dt.timedelta(days=_POPULAR_DAYS)
    trained = (
        WorkoutLog.objects.filter(workout__uid=OuterRef("uid"), occurred_at__gte=since)
        .order_by()
        .values("workout")
        .annotate(times=Count("pk"))
        .values("times")
    )
    counted = Coalesce(Subquery(trained[:1]), 0)
    Document.objects.filter(kind=Kind.WORKOUT).exclude(popularity=counted).update(
        popularity=counted
    )


def forget_words() -> None:
    """Delete the words that no document has any more."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL_WORDS)


def forget_searches() -> None:
    """Delete what was looked for longer ago than any report shows."""
    Wanted.objects.filter(day__lt=timezone.now().date() - dt.timedelta(days=_POPULAR_DAYS)).delete()


def _findable(kind: type[Any]) -> Any:
    findable = kind.objects.live().filter(is_original(), noindex=False)
    if kind is WorkoutPage:
        findable = findable.filter(translation_key__in=Workout.objects.published().values("uid"))
    return findable


def _behind(kind: type[Any]) -> set[int]:
    """Pages that visitors should find as they are, and do not."""
    written = Document.objects.filter(page=OuterRef("pk"))
    changed: Any = F("last_published_at")
    if kind is WorkoutPage:
        rows = Workout.objects.filter(uid=OuterRef("translation_key"))
        changed = Subquery(rows.values("updated_at")[:1])
    behind = _findable(kind).annotate(
        written_at=Subquery(written.values("updated_at")),
        written_path=Subquery(written.values("path")),
        changed_at=changed,
    )
    is_elsewhere = ~Q(url_path__endswith=F("written_path"))
    is_behind = Q(written_at=None) | Q(written_at__lt=F("changed_at")) | is_elsewhere
    return set(behind.filter(is_behind).values_list("pk", flat=True))


def _too_many() -> set[int]:
    """Pages that have a document and should have none."""
    found = set(Document.objects.exclude(page=None).values_list("page_id", flat=True))
    for kind in FOUND_PAGES:
        found -= set(_findable(kind).values_list("pk", flat=True))
    return found


def _exercises_behind() -> list[int]:
    written = Document.objects.filter(exercise=OuterRef("pk")).values("updated_at")
    behind = Exercise.objects.annotate(written_at=Subquery(written[:1])).filter(
        Q(written_at=None) | Q(written_at__lt=F("updated_at"))
    )
    return list(behind.order_by("pk").values_list("pk", flat=True))
