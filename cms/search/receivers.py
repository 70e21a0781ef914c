"""What changes what can be found. Wagtail and the catalogue tell of it by signal only.

A page's document is written in the transaction that publishes it. What a page merely borrows (the
name of its category) follows by the queue, and ``healing`` catches what was missed.
"""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_save, pre_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.core.models import CoverImage
from cms.search import tasks
from cms.search.documents import FOUND_PAGES
from cms.search.indexing import refresh_exercise, refresh_page
from cms.workouts.models import WorkoutPage
from cms.workouts.publishing import catalogue_changed
from fitness.training.models import Category, Exercise

# Workouts come by way of the catalogue, which tells when it is done.
_PAGES = tuple(kind for kind in FOUND_PAGES if kind is not WorkoutPage)


def connect() -> None:
    """Follow the pages, the catalogue, and what stands on them."""
    catalogue_changed.connect(_workout_changed)
    for kind in _PAGES:
        page_published.connect(_published, sender=kind)
        page_unpublished.connect(_unpublished, sender=kind)
    page_slug_changed.connect(_address_changed)
    post_page_move.connect(_address_changed)
    post_save.connect(_exercise_saved, sender=Exercise)
    post_save.connect(_category_saved, sender=Category)
    post_save.connect(_cover_changed, sender=CoverImage)
    pre_delete.connect(_cover_changed, sender=CoverImage)


def _published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    refresh_page(instance.pk)


def _unpublished(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    # Of a page that is being deleted, too: its row is still live and must get no new document.
    refresh_page(instance.pk, may_be_new=False)


def _workout_changed(sender: Any, page: WorkoutPage, **kwargs: Any) -> None:
    refresh_page(page.pk)


def _address_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    for kind in _PAGES:
        moved = kind.objects.live().descendant_of(instance, inclusive=True)
        for page_id in moved.values_list("pk", flat=True):
            refresh_page(page_id)


def _exercise_saved(sender: type[Exercise], instance: Exercise, **kwargs: Any) -> None:
    refresh_exercise(instance.pk)


def _category_saved(
    sender: type[Category], instance: Category, update_fields: Any = None, **kwargs: Any
) -> None:
    is_named = update_fields is None or "name" in update_fields
    if is_named and not kwargs.get("created"):
        tasks.refresh_category.enqueue(instance.pk)


def _cover_changed(sender: type[CoverImage], instance: CoverImage, **kwargs: Any) -> None:
    """A cover was drawn, cut anew or deleted: which pages show it is asked before it is gone."""
    covered = [
        page_id
        for kind in _PAGES
        for page_id in kind.objects.live()
        .filter(cover_image=instance.pk)
        .values_list("pk", flat=True)
    ]
    if covered:
        transaction.on_commit(lambda: _refresh_all(covered))


def _refresh_all(page_ids: list[int]) -> None:
    for page_id in page_ids:
        refresh_page(page_id)
