"""Copies are workouts of their own; aliases are the same workout once more."""

from typing import Any

import pytest

from cms.workouts.models import WorkoutPage
from fitness.training.models import Workout
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db


def of(page: Any) -> Workout:
    return Workout.objects.get(uid=page.translation_key)


def test_a_copy_is_a_workout_of_its_own() -> None:
    page = pages.workout_page(videos=1)

    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=True)

    assert copy.translation_key != page.translation_key
    assert of(copy).title == "Copy"
    assert of(copy).places.count() == 1
    assert Workout.objects.published().count() == 2


def test_a_copy_kept_as_a_draft_is_not_in_the_library() -> None:
    page = pages.workout_page()

    page.copy(update_attrs={"slug": "copy"}, keep_live=False)

    assert Workout.objects.count() == 1


def test_reverting_a_copy_to_a_revision_of_its_original_leaves_the_original_alone() -> None:
    page = pages.workout_page(title="Original")
    copy = page.copy(update_attrs={"slug": "copy", "title": "Copy"}, keep_live=True)
    reverted = copy.revisions.order_by("created_at").first().as_object()
    reverted.slug = "copy"

    reverted.save_revision().publish()

    assert (of(page).slug, of(copy).slug) == (page.slug, "copy")
    assert Workout.objects.published().count() == 2


def test_an_alias_is_the_same_workout_at_a_second_address() -> None:
    page = pages.workout_page()

    alias = page.create_alias(update_slug="second-address")
    pages.publish(WorkoutPage.objects.get(pk=page.pk))

    assert Workout.objects.count() == 1
    assert of(page).path == page.url
    assert alias.workout_uid == page.translation_key
    assert alias.entitlement_key == page.entitlement_key


def test_unpublishing_an_alias_leaves_the_workout() -> None:
    page = pages.workout_page()
    alias = page.create_alias(update_slug="second-address")

    alias.unpublish()

    assert of(page).is_published
