"""Writes what can be found. Each write reads the thing anew while others who change it wait."""

from collections.abc import Iterable

from django.db import transaction
from wagtail.models import Page

from cms.search.documents import Told, told_of_exercise, told_of_page
from cms.search.models import Document, Word
from fitness.training.models import Exercise

_SHORTEST_WORD = 3
_WORDS = ("title_words", "summary_words", "fact_words", "text_words")


@transaction.atomic
def refresh_page(page_id: int, *, may_be_new: bool = True) -> None:
    """Make search agree with what is live on a page; doing it twice changes nothing.

    Of two publishes at once the later reads what the earlier left: the row is held, and what is
    written comes from the database and never from the memory of whoever calls.
    """
    held = Page.objects.select_for_update(no_key=True).filter(pk=page_id).first()
    told = told_of_page(held.specific) if held else None
    if told is None:
        Document.objects.filter(page=page_id).delete()
        return
    _keep(told, may_be_new=may_be_new, page_id=page_id)


@transaction.atomic
def refresh_exercise(exercise_id: int) -> None:
    """Make search agree with an exercise; doing it twice changes nothing."""
    held = Exercise.objects.select_for_update(no_key=True).filter(pk=exercise_id).first()
    if held:
        _keep(told_of_exercise(held), may_be_new=True, exercise_id=exercise_id)


def _keep(told: Told, *, may_be_new: bool, **key: int) -> None:
    document = Document.objects.filter(**key).first()
    if document is None:
        if not may_be_new:
            return
        document = Document(**key)
    for name, value in told.items():
        setattr(document, name, value)
    document.save()
    learn_words(" ".join(told[name] for name in _WORDS).split())


def learn_words(words: Iterable[str]) -> None:
    """Keep the words that others may mistype. In order, so that two who learn never deadlock."""
    worth = {word for word in words if len(word) >= _SHORTEST_WORD and word.isalpha()}
    Word.objects.bulk_create([Word(text=word) for word in sorted(worth)], ignore_conflicts=True)
