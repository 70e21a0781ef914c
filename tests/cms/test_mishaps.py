"""What goes wrong while editing: each has a clear message, and nothing is lost."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Revision

from cms.articles.models import ArticlePage
from cms.workouts.models import PageExercise
from tests import factories
from tests.cms import factories as pages
from tests.cms.test_checks_hold_back import form

pytestmark = pytest.mark.django_db


def edit(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def rewrite(page: Any, **content: Any) -> Revision:
    """The page's newest draft as another release of the site left it."""
    revision: Revision = page.latest_revision
    revision.content |= content
    revision.save()
    return revision


def with_a_carousel(page: Any) -> Revision:
    body = json.loads(page.latest_revision.content["body"])
    carousel = {"type": "carousel", "value": {"words": "Spun"}, "id": "c"}
    return rewrite(page, body=json.dumps([carousel, *body]))


def test_a_block_that_was_removed_from_code_is_named_and_stays_in_the_history(
    admin: Client,
) -> None:
    page = pages.article_page()
    older = with_a_carousel(page)

    html = admin.get(edit(page)).content.decode()
    admin.post(edit(page), form(page, title="New"))

    older.refresh_from_db()
    assert "The site knows no “carousel” any more" in html
    assert "Spun" in older.content["body"]
    assert Revision.objects.for_instance(page).count() == 2


def test_a_page_with_a_block_that_was_removed_is_still_read(client: Client) -> None:
    page = pages.article_page()
    with_a_carousel(page).publish()

    html = client.get(page.url).content.decode()

    assert pages.CANARY in html
    assert "Spun" not in html


@pytest.mark.parametrize("body", ["{broken", "7", "", None])
def test_a_revision_whose_story_is_broken_opens_and_says_so(
    admin: Client, body: str | None
) -> None:
    page = pages.article_page()
    rewrite(page, body=body)

    answer = admin.get(edit(page))

    assert answer.status_code == 200
    told = "The site knows no “story that cannot be read” any more" in answer.content.decode()
    assert told == (body in {"{broken", "7"})


def test_a_draft_whose_category_and_exercise_are_gone_opens_without_them(admin: Client) -> None:
    exercise, category = factories.exercise(), factories.category()
    page = pages.workout_page()
    page.exercises.add(PageExercise(exercise=exercise, sets=1, reps=1))
    page.category = category
    page.save_revision()
    exercise.delete()
    category.delete()

    answer = admin.get(edit(page))

    assert answer.status_code == 200
    assert page.introduction in answer.content.decode()


def test_of_two_editors_the_second_is_told_and_both_texts_are_kept(
    admin: Client, client: Client
) -> None:
    page = pages.article_page()
    loaded = {
        "loaded_revision_id": page.latest_revision_id,
        "loaded_revision_created_at": page.latest_revision.created_at.isoformat(),
    }
    as_json = {"Accept": "application/json"}

    first = admin.post(edit(page), {**form(page, title="First"), **loaded}, headers=as_json)
    client.force_login(factories.editor())
    second = client.post(edit(page), {**form(page, title="Second"), **loaded}, headers=as_json)
    by_hand = client.post(edit(page), {**form(page, title="Second"), **loaded})

    titles = [
        revision.content["title"] for revision in Revision.objects.for_instance(page).order_by("pk")
    ]
    assert first.json()["success"] is True
    assert second.json()["error_message"] == "Saving will overwrite a newer version."
    assert by_hand.status_code == 302
    assert titles[-2:] == ["First", "Second"]
    assert ArticlePage.objects.get(pk=page.pk).title == page.title
