"""Trainers in the admin: their own workouts through every door, and nobody else's through any."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from wagtail.admin.urls.pages import urlpatterns as page_addresses
from wagtail.models import Page
from wagtail.search.index import insert_or_update_object

from cms.home.models import HomePage
from cms.trainers.models import TrainerPage
from cms.workouts.models import WorkoutIndexPage, WorkoutPage
from fitness.accounts.models import User
from tests import factories
from tests.cms import factories as pages
from tests.cms.test_editing import form

pytestmark = pytest.mark.django_db

SECRET = "The plan of another trainer"


@pytest.fixture
def trainer() -> User:
    return factories.trainer()


@pytest.fixture
def own_page(site: HomePage, trainer: User) -> TrainerPage:
    return pages.trainer_page(title="Mira", account=trainer)


@pytest.fixture
def browser(client: Client, own_page: TrainerPage, trainer: User) -> Client:
    client.force_login(trainer)
    return client


@pytest.fixture
def others() -> WorkoutPage:
    """A draft of another trainer, which this one once wrote."""
    return pages.draft_workout(title=SECRET, trainer=pages.trainer_page(title="Jonas"))


def address(name: str, *args: Any) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


# Wagtail sends whoever may not from some addresses to the admin's first page.
HOME = {"/cms/", "/cms/pages/"}
REFUSED = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}

# What each address of a page is asked with; a new one in Wagtail fails the test below.
ASKED: dict[str, Callable[[WorkoutPage], Any]] = {
    "page_id": lambda page: page.pk,
    "parent_page_id": lambda page: page.pk,
    "page_to_move_id": lambda page: page.pk,
    "page_to_copy_id": lambda page: page.pk,
    "parent_id": lambda page: page.pk,
    "destination_id": lambda page: WorkoutIndexPage.objects.get().pk,
    "revision_id": lambda page: page.latest_revision_id,
    "revision_id_a": lambda page: page.latest_revision_id,
    "revision_id_b": lambda page: "live",
    "content_type_app_name": lambda page: "workouts",
    "content_type_model_name": lambda page: "workoutpage",
    "action_name": lambda page: "approve",
    "task_state_id": lambda page: page.current_workflow_task_state.pk,
    "task_id": lambda page: page.current_workflow_task_state.pk,
    "workflow_state_id": lambda page: page.current_workflow_state.pk,
    "app_label": lambda page: "workouts",
    "model_name": lambda page: "workoutpage",
}


def addresses_of(page: WorkoutPage) -> dict[str, str]:
    """Every address of Wagtail's that names a page, for this one."""
    found = {}
    for pattern in page_addresses:
        assert isinstance(pattern, URLPattern)
        asked = pattern.pattern.converters
        if any(ASKED[name](page) == page.pk for name in asked):
            kwargs = {name: ASKED[name](page) for name in asked}
            found[str(pattern.name)] = reverse(f"wagtailadmin_pages:{pattern.name}", kwargs=kwargs)
    return found


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_of_anothers_page_opens(
    browser: Client, others: WorkoutPage, trainer: User, method: str
) -> None:
    Page.objects.filter(pk=others.pk).update(owner=trainer)
    others.get_workflow().start(others, user=factories.writer())
    before = WorkoutPage.objects.values().get(pk=others.pk)
    walked = addresses_of(others)

    for name, url in walked.items():
        answer = getattr(browser, method)(url, {"title": "Mine", "slug": "mine"})
        sent_to = getattr(answer, "url", "")
        goes_nowhere = sent_to in HOME or sent_to in walked.values()
        assert answer.status_code in REFUSED or goes_nowhere, f"{name}: {answer.status_code}"
        assert SECRET not in answer.content.decode(), name

    assert len(walked) > 25
    assert WorkoutPage.objects.values().get(pk=others.pk) == before


@pytest.mark.parametrize(
    "url",
    [
        "/cms/pages/",
        "/cms/pages/search/?q=plan",
        "/cms/pages/search/results/?q=plan",
        "/cms/choose-page/",
        "/cms/choose-page/{library}/",
        "/cms/choose-page/{library}/?page_type=workouts.workoutpage",
        "/cms/choose-page/search/?q=plan",
        "/cms/api/main/pages/",
        "/cms/",
        "/cms/reports/locked/",
        "/cms/reports/aging-pages/",
        "/cms/reports/workflow/",
        "/cms/reports/site-history/",
        "/cms/pages/usage/workouts/workoutpage/",
    ],
)
def test_no_list_names_anothers_draft(browser: Client, others: WorkoutPage, url: str) -> None:
    own = pages.draft_workout(title="My own plan", trainer=TrainerPage.objects.get(title="Mira"))
    others.get_workflow().start(others, user=factories.writer())
    for page in (own, others):
        insert_or_update_object(page)
    library = WorkoutIndexPage.objects.get().pk

    html = browser.get(url.format(library=library), follow=True).content.decode()

    assert SECRET not in html
    assert own.title in html or ("plan" not in url and "library" not in url)


def test_the_explorer_of_the_library_shows_a_trainer_their_own(
    browser: Client, others: WorkoutPage, own_page: TrainerPage
) -> None:
    pages.draft_workout(title="My own plan", trainer=own_page)
    pages.workout_page(title="Published by another")

    answer = browser.get("/cms/pages/", follow=True)

    html = answer.content.decode()
    assert answer.redirect_chain[-1][0].endswith(f"/{WorkoutIndexPage.objects.get().pk}/")
    assert "My own plan" in html
    assert "Published by another" not in html


@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_many_at_once_takes_nothing_that_is_anothers(
    browser: Client, others: WorkoutPage, action: str
) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])

    shown = browser.get(f"{url}?id={others.pk}&next=/cms/")
    browser.post(f"{url}?id={others.pk}&next=/cms/")

    others.refresh_from_db()
    assert others.live is False
    assert 'name="chooser"' not in shown.content.decode()


@pytest.mark.parametrize("action", ["copy", "delete", "publish", "move", "create_alias"])
def test_wagtails_own_api_does_nothing_to_anothers(
    browser: Client, others: WorkoutPage, action: str
) -> None:
    url = f"/cms/api/main/pages/{others.pk}/"
    sent = {"recursive": False, "destination_page_id": WorkoutIndexPage.objects.get().pk}

    read = browser.get(url)
    acted = browser.post(f"{url}action/{action}/", sent, content_type="application/json")

    assert read.status_code == HTTPStatus.NOT_FOUND
    assert acted.status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
    assert WorkoutPage.objects.filter(title=SECRET).count() == 1


def test_a_trainer_writes_a_workout_that_is_theirs(
    browser: Client, own_page: TrainerPage, trainer: User
) -> None:
    library = WorkoutIndexPage.objects.get()
    other = pages.trainer_page(title="Jonas")
    url = address("add", "workouts", "workoutpage", library.pk)

    refused = browser.post(url, form(trainer=other.pk))
    made = browser.post(url, form(trainer=own_page.pk))

    page = WorkoutPage.objects.get()
    assert "Jonas" not in browser.get(url).content.decode()
    assert "Select a valid choice" in refused.content.decode()
    assert (made.status_code, page.trainer, page.owner) == (302, own_page, trainer)


def test_a_trainer_submits_and_does_not_publish(browser: Client, own_page: TrainerPage) -> None:
    page = pages.draft_workout(trainer=own_page)
    url = address("edit", page.pk)
    sent = form(title=page.title, slug=page.slug, trainer=own_page.pk)

    browser.post(url, sent | {"action-publish": "1"})
    after_publish = WorkoutPage.objects.get().live
    browser.post(url, sent | {"action-submit": "1"})

    page = WorkoutPage.objects.get()
    assert (after_publish, page.live, page.workflow_in_progress) == (False, False, True)


def test_every_address_of_their_own_page_answers(browser: Client, own_page: TrainerPage) -> None:
    page = pages.draft_workout(trainer=own_page)

    for name in ("edit", "history", "usage", "workflow_history", "copy", "delete", "view_draft"):
        assert browser.get(address(name, page.pk)).status_code == HTTPStatus.OK, name


def test_a_draft_that_goes_to_another_trainer_is_theirs_at_once(
    browser: Client, own_page: TrainerPage
) -> None:
    page = pages.draft_workout(trainer=own_page)
    page.trainer = pages.trainer_page(title="Jonas")
    page.save_revision()

    assert browser.get(address("edit", page.pk)).status_code != HTTPStatus.OK


def test_a_live_workout_changes_hands_when_it_is_published(
    browser: Client, own_page: TrainerPage
) -> None:
    page = pages.workout_page(trainer=own_page)
    page.trainer = pages.trainer_page(title="Jonas")
    draft = page.save_revision()

    while_drafted = browser.get(address("edit", page.pk)).status_code
    draft.publish()

    assert while_drafted == HTTPStatus.OK
    assert browser.get(address("edit", page.pk)).status_code != HTTPStatus.OK


def test_a_trainer_without_a_page_sees_no_pages(client: Client, others: WorkoutPage) -> None:
    client.force_login(factories.trainer())

    answer = client.get("/cms/pages/", follow=True)

    assert answer.redirect_chain[-1][0] == "/cms/"
    assert SECRET not in answer.content.decode()


def test_a_trainer_who_edits_too_sees_every_page(
    browser: Client, trainer: User, others: WorkoutPage
) -> None:
    trainer.groups.add(*factories.writer().groups.all())

    assert browser.get(address("edit", others.pk)).status_code == HTTPStatus.OK


def test_the_explorer_of_a_trainer_costs_the_same_however_much_they_made(
    browser: Client, own_page: TrainerPage, django_assert_max_num_queries: Any
) -> None:
    category = factories.category()
    for _ in range(12):
        pages.draft_workout(trainer=own_page, category=category, videos=0)
    library = reverse("wagtailadmin_explore", args=[WorkoutIndexPage.objects.get().pk])
    browser.get(library)

    with django_assert_max_num_queries(40) as few:
        browser.get(library)
    for _ in range(25):
        pages.draft_workout(trainer=own_page, category=category, videos=0)
    with django_assert_max_num_queries(len(few)):
        browser.get(library)
