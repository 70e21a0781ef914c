"""Workouts that an admin client submits for review, as the editor's button does."""

import pytest
from django.test import Client
from wagtail.models import Workflow

from cms.workouts.models import WorkoutPage
from fitness.accounts.models import User
from tests import factories
from tests.api.client import ApiClient
from tests.api.test_admin_workouts import PATH, page_of, pointers, send, whole
from tests.cms import factories as pages
from tests.cms.test_workflow import decide
from tests.queue import drain

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> User:
    return factories.writer()


@pytest.fixture
def phone(writer: User) -> ApiClient:
    pages.home()
    return ApiClient(user=writer)


def submitted(phone: ApiClient) -> WorkoutPage:
    page = page_of(phone.post_json(PATH, whole()))
    assert send(phone, "POST", page, None, of="/review").status_code == 201
    return page


def review(phone: ApiClient, page: WorkoutPage) -> dict[str, object]:
    told: dict[str, object] = phone.get(f"{PATH}/{page.translation_key}/review").json()
    return told


def listed(phone: ApiClient) -> object:
    return phone.get(PATH).json()["results"][0]["review"]


def test_what_is_submitted_waits_for_a_moderator_who_gets_a_letter(
    phone: ApiClient, mailoutbox: list[object]
) -> None:
    moderator = factories.moderator()
    page = page_of(phone.post_json(PATH, whole()))

    answer = send(phone, "POST", page, None, of="/review")
    drain()

    told = answer.json()
    assert (answer.status_code, told["state"], told["revision"]) == (
        201,
        "in_progress",
        page.latest_revision_id,
    )
    assert (review(phone, page), listed(phone)) == (told, "in_progress")
    assert any(moderator.email in letter.to for letter in mailoutbox)
    assert WorkoutPage.objects.get().live is False


def test_a_moderator_approves_it_in_the_editor(phone: ApiClient) -> None:
    page = submitted(phone)
    browser = Client()
    browser.force_login(factories.moderator())

    decide(browser, page, "approve")

    assert WorkoutPage.objects.get().live is True
    assert (review(phone, page)["state"], listed(phone)) == ("approved", "none")


def test_what_was_sent_back_says_why_and_goes_on_where_it_stopped(phone: ApiClient) -> None:
    page = submitted(phone)
    browser = Client()
    browser.force_login(factories.moderator())
    decide(browser, page, "reject", "Say more about the knees.")
    sent_back = review(phone, page)

    send(phone, "PATCH", page, {"introduction": "All about the knees."})
    again = send(phone, "POST", page, None, of="/review")

    assert (sent_back["state"], sent_back["comment"]) == (
        "needs_changes",
        "Say more about the knees.",
    )
    assert (again.status_code, again.json()["state"]) == (201, "in_progress")


def test_what_is_not_ready_is_not_submitted(phone: ApiClient) -> None:
    page = page_of(phone.post_json(PATH, whole(teaser="")))

    refused = send(phone, "POST", page, None, of="/review")

    assert pointers(refused) == ["/teaser"]
    assert review(phone, page)["state"] == "none"


def test_a_review_is_called_back_once_or_twice(phone: ApiClient) -> None:
    page = submitted(phone)

    done = [send(phone, "DELETE", page, None, of="/review").status_code for _ in range(2)]

    assert done == [204, 204]
    assert (review(phone, page)["state"], listed(phone)) == ("cancelled", "none")
    assert send(phone, "PATCH", page, {"title": "Mine again"}).status_code == 200


def test_nobody_else_calls_it_back(phone: ApiClient) -> None:
    page = submitted(phone)
    other = ApiClient(user=factories.writer())

    assert send(other, "DELETE", page, None, of="/review").status_code == 403
    assert review(phone, page)["state"] == "in_progress"


def test_a_client_says_what_it_saw_and_submits_once(phone: ApiClient) -> None:
    page = page_of(phone.post_json(PATH, whole()))

    blind = phone.post_json(f"{PATH}/{page.translation_key}/review")
    late = send(phone, "POST", page, None, seen='"1"', of="/review")
    first = send(phone, "POST", page, None, of="/review")
    second = send(phone, "POST", page, None, of="/review")

    assert [answer.status_code for answer in (blind, late, first, second)] == [428, 412, 201, 409]


def test_a_locked_page_is_not_submitted(phone: ApiClient) -> None:
    page = page_of(phone.post_json(PATH, whole()))
    WorkoutPage.objects.update(locked=True, locked_by=factories.admin())

    assert send(phone, "POST", page, None, of="/review").status_code == 423


def test_a_house_without_a_workflow_says_so(phone: ApiClient) -> None:
    page = page_of(phone.post_json(PATH, whole()))
    Workflow.objects.all().delete()

    assert send(phone, "POST", page, None, of="/review").status_code == 409


def test_a_trainer_submits_their_own() -> None:
    pages.home()
    own = pages.trainer_page(account=factories.trainer())
    phone = ApiClient(user=User.objects.get(pk=own.account_id))

    assert submitted(phone).trainer == own


def test_picture_and_address_for_sharing_are_written_and_told(phone: ApiClient) -> None:
    picture = pages.image()
    said = {"social_image": picture.pk, "canonical_url": "https://elsewhere.example/legs"}

    made = phone.post_json(PATH, whole(**said))
    page = page_of(made)
    taken_back = send(phone, "PATCH", page, {"social_image": None})
    wrong = send(phone, "PATCH", page, {"canonical_url": "javascript:alert(1)"})

    assert {name: made.json()[name] for name in said} == said
    assert (taken_back.json()["social_image"], taken_back.json()["canonical_url"]) == (
        None,
        said["canonical_url"],
    )
    assert pointers(wrong) == ["/canonical_url"]
