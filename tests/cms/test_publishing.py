"""A page's way into the catalogue: one way, whatever the editor does with the page."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from cms.articles.models import ArticlePage
from cms.core.covers import FORMATS
from cms.workouts.models import PageVideo, WorkoutIndexPage, WorkoutPage
from fitness.accounts.models import User
from fitness.training.models import Video, Workout, WorkoutLog
from tests import factories
from tests.cms import factories as pages
from tests.queue import drain

pytestmark = pytest.mark.django_db


def of(page: Any) -> Workout:
    return Workout.objects.get(uid=page.translation_key)


def test_a_published_page_is_a_workout_in_the_library() -> None:
    page = pages.workout_page(
        title="Full body", slug="full-body", access="premium", videos=2, cover_image=pages.image()
    )

    workout = of(page)

    assert (workout.title, workout.path) == ("Full body", "/workouts/full-body/")
    assert workout.is_published
    assert workout.duration_seconds == 1200
    assert workout.muscles == ["core"]
    assert [size["webp"].endswith(".webp") for size in workout.cover["sizes"]] == [True] * 3
    assert workout.cover_alt == "A red kettlebell"
    assert workout.gated_body[0]["type"] == "tip"
    assert pages.CANARY in workout.gated_body[0]["value"]["text"]


def test_a_draft_never_reaches_the_library() -> None:
    pages.draft_workout()

    assert not Workout.objects.exists()


def test_a_draft_of_a_live_page_changes_nothing_until_it_is_published() -> None:
    page = pages.workout_page(title="As it was")
    page.title = "As it will be"

    page.save_revision()

    assert of(page).title == "As it was"


def test_publishing_again_changes_the_workout_in_place() -> None:
    page = pages.workout_page(videos=2)
    before = of(page)
    page.title = "Better"
    page.videos.set([PageVideo(video=factories.video(duration_seconds=60))])

    pages.publish(page)

    after = of(page)
    assert (after.pk, after.title, after.duration_seconds) == (before.pk, "Better", 60)
    assert after.published_at == before.published_at


def test_an_old_revision_that_is_published_again_is_what_members_get() -> None:
    page = pages.workout_page(title="First")
    first = page.latest_revision
    page.title = "Second"
    pages.publish(page)

    first.as_object().save_revision().publish()

    assert of(page).title == "First"
    assert Workout.objects.count() == 1


def test_unpublishing_hides_the_workout_and_keeps_what_members_did(member: User) -> None:
    page = pages.workout_page()
    log = factories.session(
        user=member, at=timezone.now() - dt.timedelta(hours=1), workout=of(page)
    )

    page.unpublish()

    assert not of(page).is_published
    assert WorkoutLog.objects.get(pk=log.pk).workout == of(page)


def test_publishing_after_unpublishing_is_the_same_workout_again() -> None:
    page = pages.workout_page()
    pk = of(page).pk
    page.unpublish()

    pages.publish(WorkoutPage.objects.get(pk=page.pk))

    assert of(page).pk == pk
    assert of(page).is_published


def test_a_first_publication_that_is_scheduled_waits_for_its_time() -> None:
    page = pages.draft_workout()
    page.go_live_at = timezone.now() + dt.timedelta(hours=1)
    pages.publish(page)
    waiting = Workout.objects.exists()
    page.latest_revision.refresh_from_db()
    past = timezone.now() - dt.timedelta(minutes=1)
    revision = page.latest_revision
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()

    call_command("publish_scheduled")

    assert not waiting
    assert of(page).is_published


def test_an_expired_page_leaves_the_library() -> None:
    page = pages.workout_page()
    WorkoutPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - dt.timedelta(hours=1))

    call_command("publish_scheduled")

    assert not of(page).is_published


def test_deleting_a_page_hides_the_workout_and_keeps_what_members_did(member: User) -> None:
    page = pages.workout_page()
    uid = page.translation_key
    factories.session(user=member, at=timezone.now() - dt.timedelta(hours=1), workout=of(page))

    page.delete()

    assert not Workout.objects.get(uid=uid).is_published
    assert WorkoutLog.objects.get(workout__uid=uid).user == member


def test_deleting_the_library_page_hides_every_workout_below_it() -> None:
    pages.workout_page()
    pages.workout_page()

    WorkoutIndexPage.objects.get().delete()

    assert not Workout.objects.published().exists()


def test_a_new_address_follows_into_the_library(
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = pages.workout_page(slug="old")
    page.slug = "new"

    with django_capture_on_commit_callbacks(execute=True):
        pages.publish(page)

    assert of(page).path == "/workouts/new/"


def test_a_new_address_of_the_library_page_moves_every_workout(
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = pages.workout_page(slug="squats")
    index = WorkoutIndexPage.objects.get()
    index.slug = "training"

    with django_capture_on_commit_callbacks(execute=True):
        pages.publish(index)

    assert of(page).path == "/training/squats/"


def test_a_moved_page_is_found_at_its_new_address() -> None:
    page = pages.workout_page(slug="squats")
    WorkoutIndexPage.objects.get()
    other = pages.home().add_child(instance=WorkoutIndexPage(title="More", slug="more"))

    page.move(Page.objects.get(pk=other.pk), "last-child")

    assert of(page).path == "/more/squats/"


def test_a_changed_video_changes_the_length_of_the_workouts_it_stands_in(
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = pages.workout_page(videos=1)
    video = Video.objects.get()
    video.duration_seconds = 42

    with django_capture_on_commit_callbacks(execute=True):
        video.save()

    assert of(page).duration_seconds == 42


def test_a_deleted_cover_is_named_no_more(django_capture_on_commit_callbacks: Any) -> None:
    cover = pages.image()
    page = pages.workout_page(cover_image=cover)

    with django_capture_on_commit_callbacks(execute=True):
        cover.delete()

    assert of(page).cover == {}


def test_cleared_renditions_of_a_cover_are_made_again(
    django_capture_on_commit_callbacks: Any,
) -> None:
    cover = pages.image()
    page = pages.workout_page(cover_image=cover)

    with django_capture_on_commit_callbacks(execute=True):
        cover.renditions.all().delete()
        drain()

    sizes = of(page).cover["sizes"]
    assert len(sizes) == 3
    assert all(default_storage.exists(size[kind]) for size in sizes for kind in FORMATS)


@pytest.mark.parametrize("access", ["member", "premium", "purchase"])
def test_a_gated_page_without_a_teaser_is_kept_as_a_draft_but_not_published(access: str) -> None:
    page = pages.draft_workout(access=access, teaser="")

    with pytest.raises(ValidationError, match="Say what readers"):
        pages.publish(page)

    assert not Workout.objects.exists()


def test_a_free_page_needs_no_teaser() -> None:
    assert of(pages.workout_page(access="free", teaser="")).is_published


def test_a_video_stands_in_a_workout_once() -> None:
    page = pages.draft_workout(videos=1)
    page.videos.add(PageVideo(video=Video.objects.get()))

    with pytest.raises(ValidationError, match="only once"):
        pages.publish(page)


def test_an_article_knows_how_long_it_takes_to_read() -> None:
    page = pages.article_page(body=pages.story("word " * 500))

    assert ArticlePage.objects.get(pk=page.pk).reading_minutes == 3
