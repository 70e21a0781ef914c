"""The one way from a page into the catalogue: publishing writes it, nothing writes back.

Wagtail tells of what happens to pages by signal only. A draft never gets here: a page's own row
holds what is live, and a schedule that is still ahead leaves the page not live.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.signals import post_save, pre_delete
from django.dispatch import Signal
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.core.covers import drawn_of
from cms.core.models import CoverImage
from cms.core.standing import pages_showing
from cms.workouts.models import WorkoutPage
from fitness.training.models import Exercise, Video
from fitness.training.services import (
    NamedTrainer,
    PlacedExercise,
    PlacedVideo,
    publish_workout,
    withdraw_workout,
)

# Sent with the ``page`` when its workout is in the catalogue as it should be, or no longer there.
catalogue_changed = Signal()

# What a workout in the catalogue is made of besides its page, and where the page holds it.
_PARTS: dict[type[Any], str] = {
    CoverImage: "cover_image",
    Video: "videos__video",
    Exercise: "exercises__exercise",
}


def connect() -> None:
    """Follow the pages, and what stands on them."""
    page_published.connect(_page_published, sender=WorkoutPage)
    page_unpublished.connect(_page_unpublished, sender=WorkoutPage)
    page_slug_changed.connect(_address_changed)
    post_page_move.connect(_address_changed)
    trainers = apps.get_model("trainers", "TrainerPage")
    page_published.connect(_trainer_changed, sender=trainers)
    page_unpublished.connect(_trainer_changed, sender=trainers)
    for model in _PARTS:
        post_save.connect(_part_changed, sender=model)
    pre_delete.connect(_part_changed, sender=CoverImage)  # no other part can be deleted


def publish(page: WorkoutPage) -> None:
    """Write what is live on the page into the catalogue; doing it again changes nothing.

    An alias or a translation is the same workout at a second address and leaves the catalogue be.
    """
    if not page.is_original:
        return
    publish_workout(
        uid=page.translation_key,
        title=page.title,
        slug=page.slug,
        path=_path(page),
        introduction=page.introduction,
        teaser=page.teaser,
        gated_body=page.body.stream_block.get_api_representation(page.body),
        category_id=page.category_id,
        difficulty=page.difficulty,
        equipment=page.equipment,
        access=page.access,
        cover=drawn_of(page.cover_image),
        cover_alt=page.cover_image.description if page.cover_image else "",
        is_featured=page.is_featured,
        published_at=page.first_published_at or timezone.now(),
        videos=[
            PlacedVideo(video_id=place.video_id, is_free=place.is_free)
            for place in page.videos.all()
        ],
        exercises=[
            PlacedExercise(
                exercise_id=place.exercise_id,
                sets=place.sets,
                reps=place.reps,
                seconds=place.seconds,
                rest_seconds=place.rest_seconds,
            )
            for place in page.exercises.all()
        ],
        trainer=_trainer(page),
    )
    catalogue_changed.send(sender=WorkoutPage, page=page)


def _trainer(page: WorkoutPage) -> NamedTrainer | None:
    """Who made it, if their page can be seen."""
    trainer = page.trainer
    if trainer is None or not trainer.live:
        return None
    return NamedTrainer(uid=trainer.translation_key, name=trainer.title, role=trainer.role)


def _path(page: WorkoutPage) -> str:
    parts = page.get_url_parts()
    return parts[2] if parts else ""


def _page_published(sender: type[WorkoutPage], instance: WorkoutPage, **kwargs: Any) -> None:
    # Wagtail also calls a page published when its first publication is only scheduled.
    if instance.live:
        publish(instance)
    else:
        _page_unpublished(sender, instance)


def _page_unpublished(sender: type[WorkoutPage], instance: WorkoutPage, **kwargs: Any) -> None:
    if instance.is_original:
        withdraw_workout(uid=instance.translation_key)
        catalogue_changed.send(sender=WorkoutPage, page=instance)


def _address_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A page or one above it has a new address: its workouts follow."""
    _publish_all(WorkoutPage.objects.live().descendant_of(instance, inclusive=True))


def _trainer_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """A trainer has another name, or is to be seen no more: so do their workouts say."""
    _publish_after_commit(WorkoutPage.objects.live().filter(trainer=instance.pk))


def _part_changed(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """A picture, video or exercise was changed: so are the workouts made of it."""
    made_of = Q(**{_PARTS[sender]: instance})
    if isinstance(instance, CoverImage):
        made_of |= Q(pk__in=pages_showing(instance))
    _publish_after_commit(WorkoutPage.objects.live().filter(made_of))


def _publish_after_commit(pages: QuerySet[WorkoutPage]) -> None:
    """Publish them once the change is certain; which ones is asked before it is."""
    pks = list(pages.values_list("pk", flat=True))
    if pks:
        transaction.on_commit(partial(_publish_pks, pks))


def _publish_pks(pks: Sequence[int]) -> None:
    _publish_all(WorkoutPage.objects.live().filter(pk__in=pks))


def _publish_all(pages: QuerySet[WorkoutPage]) -> None:
    for page in pages.iterator():
        publish(page)
