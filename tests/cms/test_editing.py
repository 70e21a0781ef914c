"""Pages in the editors' admin, written and published as a person does it."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.articles.models import ArticleIndexPage, ArticlePage
from cms.core.models import CoverImage
from cms.home.models import HomePage, LandingPage
from cms.programmes.models import ProgrammeIndexPage
from cms.trainers.models import TrainerIndexPage
from cms.tutorials.models import TutorialIndexPage
from cms.workouts.models import WorkoutIndexPage, WorkoutPage
from fitness.training.models import Workout
from tests import factories
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db


def form(**fields: Any) -> dict[str, Any]:
    """What the form of a workout page sends."""
    values = {
        "title": "Full body",
        "slug": "full-body",
        "introduction": "Twenty minutes for everything.",
        "teaser": "",
        "access": "free",
        "difficulty": "beginner",
        "category": factories.category().pk,
        "equipment": ["mat", "dumbbells"],
        "videos": inline_formset([]),
        "exercises": inline_formset([]),
        "comments": inline_formset([]),
        "body": streamfield([("tip", {"heading": "Breathe", "text": rich_text("<p>Slowly.</p>")})]),
    }
    flat = {**values, **fields}
    equipment = flat.pop("equipment")
    return {**nested_form_data(flat), "equipment": equipment}


def add_address() -> str:
    pages.home()
    index = WorkoutIndexPage.objects.get()
    return reverse("wagtailadmin_pages:add", args=["workouts", "workoutpage", index.pk])


def publish(client: Client, **fields: Any) -> Any:
    return client.post(add_address(), {**form(**fields), "action-publish": "1"})


def test_a_workout_written_in_the_form_is_in_the_library(admin: Client) -> None:
    first, second = factories.video(), factories.video()
    exercise = factories.exercise()

    publish(
        admin,
        access="premium",
        teaser="What waits inside.",
        videos=inline_formset(
            [{"video": first.pk, "is_free": "on"}, {"video": second.pk, "is_free": ""}]
        ),
        exercises=inline_formset(
            [{"exercise": exercise.pk, "sets": 4, "reps": 8, "seconds": "", "rest_seconds": 60}]
        ),
    )

    workout = Workout.objects.get()
    places = workout.places.order_by("position").values_list("video_id", "is_free")
    asked = workout.exercises.get()
    assert (workout.title, workout.access, workout.is_published) == ("Full body", "premium", True)
    assert workout.equipment == ["mat", "dumbbells"]
    assert list(places) == [(first.pk, True), (second.pk, False)]
    assert (asked.sets, asked.reps, asked.seconds) == (4, 8, None)
    assert "Slowly." in workout.gated_body[0]["value"]["text"]


def test_a_gated_workout_is_kept_as_a_draft_without_a_teaser(admin: Client) -> None:
    answer = admin.post(add_address(), form(access="premium"))

    page = WorkoutPage.objects.get()
    assert answer.status_code == 302
    assert (page.live, page.get_latest_revision_as_object().access) == (False, "premium")


def test_a_gated_workout_is_not_published_without_a_teaser(admin: Client) -> None:
    answer = publish(admin, access="premium", introduction="Keep these words.")

    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Say what readers without the right will get" in html
    assert "Keep these words." in html
    assert not Workout.objects.exists()


def test_a_draft_may_lack_almost_everything(admin: Client) -> None:
    answer = admin.post(add_address(), form(introduction="", category="", body=streamfield([])))

    assert answer.status_code == 302
    assert WorkoutPage.objects.get().live is False


def test_a_live_workout_can_have_an_unfinished_draft(admin: Client) -> None:
    page = pages.workout_page(access="premium", title="As it is")
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    answer = admin.post(address, form(title="As it will be", slug=page.slug, access="premium"))

    assert answer.status_code == 302
    assert Workout.objects.get().title == "As it is"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": "x" * 121}, "at most 120 characters"),
        ({"slug": "x" * 121}, "at most 120 characters"),
        ({"difficulty": "impossible"}, "Select a valid choice"),
        ({"equipment": ["spaceship"]}, "Select a valid choice"),
        ({"introduction": ""}, "This field is required"),
        ({"category": ""}, "This field is required"),
        ({"category": "999999"}, "Select a valid choice"),
    ],
)
def test_what_will_not_do_is_refused_with_the_reason(
    admin: Client, fields: dict[str, Any], reason: str
) -> None:
    answer = publish(admin, **fields)

    assert answer.status_code == 200
    assert reason in answer.content.decode()
    assert not Workout.objects.exists()


def test_a_video_twice_in_a_workout_is_refused(admin: Client) -> None:
    video = factories.video()

    answer = publish(admin, videos=inline_formset([{"video": video.pk}, {"video": video.pk}]))

    assert "only once" in answer.content.decode()
    assert not Workout.objects.exists()


@pytest.mark.parametrize(("reps", "seconds"), [("", ""), ("8", "30")])
def test_an_exercise_is_asked_for_in_repetitions_or_seconds(
    admin: Client, reps: str, seconds: str
) -> None:
    row = {
        "exercise": factories.exercise().pk,
        "sets": 3,
        "reps": reps,
        "seconds": seconds,
        "rest_seconds": 30,
    }

    answer = publish(admin, exercises=inline_formset([row]))

    assert "Give repetitions or seconds" in answer.content.decode()
    assert not Workout.objects.exists()


def test_a_workout_scheduled_in_the_form_waits(admin: Client) -> None:
    later = timezone.now() + dt.timedelta(days=1)

    publish(admin, go_live_at=later.strftime("%Y-%m-%d %H:%M"))

    page = WorkoutPage.objects.get()
    assert (page.live, page.status_string) == (False, "scheduled")
    assert not Workout.objects.filter(is_published=True).exists()


def test_publishing_many_at_once_names_the_page_that_is_not_ready(admin: Client) -> None:
    ready = pages.draft_workout()
    lacking = pages.draft_workout(title="Lacking", access="premium", teaser="")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = admin.post(f"{address}?id={ready.pk}&id={lacking.pk}", follow=True)

    assert answer.status_code == 200
    assert "“Lacking” is not ready" in answer.content.decode()
    assert not Workout.objects.exists()


def test_publishing_many_at_once_publishes_what_is_ready(admin: Client) -> None:
    ready = [pages.draft_workout(), pages.draft_workout(access="premium")]
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    admin.post(f"{address}?id={ready[0].pk}&id={ready[1].pk}", follow=True)

    assert Workout.objects.published().count() == 2


def test_unpublishing_in_the_admin_hides_the_workout(admin: Client) -> None:
    page = pages.workout_page()

    admin.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

    assert not Workout.objects.published().exists()


def test_an_alias_that_becomes_a_page_is_a_workout_of_its_own(admin: Client) -> None:
    alias = pages.workout_page().create_alias(update_slug="second-address")

    admin.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))

    assert Workout.objects.published().count() == 2
    assert Workout.objects.get(uid=alias.translation_key).path == "/workouts/second-address/"


def test_a_picture_needs_words_for_those_who_do_not_see_it(admin: Client) -> None:
    file = get_test_image_file()
    sent = {"title": "Kettlebell", "tags": ""}

    refused = admin.post(
        "/cms/images/add/", {**sent, "file": SimpleUploadedFile("a.png", file.read())}
    )
    file.seek(0)
    taken = admin.post(
        "/cms/images/add/",
        {**sent, "description": "Red", "file": SimpleUploadedFile("b.png", file.read())},
    )

    assert (refused.status_code, taken.status_code) == (200, 302)
    assert CoverImage.objects.get().description == "Red"


def test_a_file_that_is_no_picture_is_refused(admin: Client) -> None:
    sent = {"title": "x", "description": "x", "file": SimpleUploadedFile("a.png", b"words")}

    answer = admin.post("/cms/images/add/", sent)

    assert answer.status_code == 200
    assert not CoverImage.objects.exists()


@pytest.mark.parametrize(
    "make",
    [pages.home, pages.workout_page, pages.article_page, WorkoutIndexPage.objects.get],
)
def test_every_page_can_be_opened_in_the_editor(admin: Client, make: Any) -> None:
    pages.home()
    page = make()

    for name in ("edit", "history", "usage", "workflow_history"):
        address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
        assert admin.get(address).status_code == 200, name


@pytest.mark.parametrize("parent", [WorkoutIndexPage, ArticleIndexPage])
def test_a_new_page_can_be_begun(admin: Client, parent: Any) -> None:
    pages.home()
    page = parent.objects.get()
    kind = {
        WorkoutIndexPage: ("workouts", "workoutpage"),
        ArticleIndexPage: ("articles", "articlepage"),
    }

    address = reverse("wagtailadmin_pages:add", args=[*kind[parent], page.pk])

    assert admin.get(address).status_code == 200


@pytest.mark.parametrize(
    "address", ["/cms/", "/cms/pages/", "/cms/images/", "/cms/reports/aging-pages/"]
)
def test_the_rooms_of_the_admin_open(admin: Client, address: str) -> None:
    pages.workout_page(cover_image=pages.image())

    assert admin.get(address).status_code == 200


def test_pages_stand_only_where_they_belong() -> None:
    assert WorkoutPage.allowed_parent_page_models() == [WorkoutIndexPage]
    assert ArticlePage.allowed_parent_page_models() == [ArticleIndexPage]
    assert set(HomePage.allowed_subpage_models()) == {
        WorkoutIndexPage, ArticleIndexPage, ProgrammeIndexPage, TutorialIndexPage,
        TrainerIndexPage, LandingPage,
    }  # fmt: skip
    assert WorkoutPage.allowed_subpage_models() == []
