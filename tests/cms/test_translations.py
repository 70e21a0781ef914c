"""A page in another language has its original's name, and leaves what goes by that name alone."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Locale, Page

from fitness.accounts.models import User
from fitness.training.models import Workout
from tests import factories
from tests.api.client import ApiClient
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db

SYNCED = {"updated_since": "2020-01-01T00:00:00Z"}


def in_german[AnyPage: Page](page: AnyPage, title: str) -> AnyPage:
    """The page as a translator publishes it."""
    german, _ = Locale.objects.get_or_create(language_code="de")
    copy: AnyPage = page.copy_for_translation(german, copy_parents=True)
    copy.title = title
    pages.publish(copy)
    return copy


def test_the_catalogue_keeps_the_workout_as_it_was_written() -> None:
    page = pages.workout_page(title="Squats")

    german = in_german(page, "Kniebeugen")
    german.unpublish()

    row = Workout.objects.published().get(uid=page.translation_key)
    assert (row.title, row.path) == ("Squats", page.url)


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("articles", pages.article_page),
        ("tutorials", pages.tutorial_page),
        ("programmes", pages.programme_page),
    ],
)
def test_the_apps_know_one_story_of_a_name(
    visitor: ApiClient, kind: str, make: Callable[..., Any]
) -> None:
    page = make(title="Squats")
    german = in_german(page, "Kniebeugen")

    listed = visitor.get(f"/api/content/{kind}", SYNCED).json()
    found = visitor.get("/api/content/search", {"q": "squats"}).json()["results"]
    elsewhere = visitor.get("/api/content/search", {"q": "kniebeugen"}).json()["results"]
    german.unpublish()

    assert [row["title"] for row in listed["results"]] == ["Squats"]
    assert [row["title"] for row in found] == ["Squats"]
    assert elsewhere == []
    assert visitor.get(f"/api/content/{kind}/{page.translation_key}").json()["title"] == "Squats"
    assert visitor.get(f"/api/content/{kind}", SYNCED).json()["removed"] == []


def test_a_right_opens_the_page_in_both_languages(member: User) -> None:
    page = pages.article_page(access="purchase")
    german = in_german(page, "Auf Deutsch")

    assert german.entitlement_key == page.entitlement_key


def test_admin_clients_write_the_original() -> None:
    editor = factories.editor()
    page = pages.workout_page(title="Squats")
    in_german(page, "Kniebeugen")

    answer = ApiClient(user=editor).get(f"/api/admin/workouts/{page.translation_key}")

    assert answer.json()["title"] == "Squats"
