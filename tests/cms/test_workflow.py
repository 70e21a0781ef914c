"""From a draft to the public by way of a moderator, and the letters on the way."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_q.models import OrmQ
from django_q.signing import SignedPackage
from wagtail.models import TaskState

from cms.dashboard import letters
from cms.workouts.models import WorkoutPage
from fitness.accounts.models import User
from fitness.training.models import Workout
from tests import factories
from tests.cms import factories as pages
from tests.cms.test_editing import form

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def send(browser: Client, page: WorkoutPage, action: str) -> Any:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    sent = form(title=page.title, slug=page.slug, category=page.category_id)
    return browser.post(url, sent | {f"action-{action}": "1"})


def decide(browser: Client, page: WorkoutPage, action: str, comment: str = "") -> Any:
    step = page.current_workflow_task_state
    args = [page.pk, action, step.pk]
    return browser.post(
        reverse("wagtailadmin_pages:workflow_action", args=args), {"comment": comment}
    )


@pytest.fixture
def writer() -> User:
    return factories.writer()


@pytest.fixture
def moderator() -> User:
    return factories.moderator()


def test_an_editor_does_not_publish(writer: User) -> None:
    page = pages.draft_workout()

    html = signed_in(writer).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    send(signed_in(writer), page, "publish")

    assert 'name="action-publish"' not in html.content.decode()
    assert WorkoutPage.objects.get().live is False


def test_what_a_moderator_approves_is_public(writer: User, moderator: User) -> None:
    page = pages.draft_workout()
    send(signed_in(writer), page, "submit")
    page = WorkoutPage.objects.get()
    waits = (page.live, page.workflow_in_progress)

    decide(signed_in(moderator), page, "approve")

    assert waits == (False, True)
    assert WorkoutPage.objects.get().live is True
    assert Workout.objects.published().count() == 1


def test_an_editor_approves_nothing_of_their_own(writer: User) -> None:
    page = pages.draft_workout()
    send(signed_in(writer), page, "submit")
    page = WorkoutPage.objects.get()

    decide(signed_in(writer), page, "approve")

    assert WorkoutPage.objects.get().live is False
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_what_is_sent_back_keeps_what_was_said(writer: User, moderator: User) -> None:
    page = pages.draft_workout()
    send(signed_in(writer), page, "submit")

    decide(signed_in(moderator), WorkoutPage.objects.get(), "reject", "The cover is missing.")

    page = WorkoutPage.objects.get()
    assert page.live is False
    assert TaskState.objects.get().comment == "The cover is missing."


def test_an_unready_page_is_not_approved(writer: User, moderator: User) -> None:
    page = pages.draft_workout(access="premium", teaser="")
    page.get_workflow().start(page, user=writer)

    browser = signed_in(moderator)
    answer = decide(browser, WorkoutPage.objects.get(), "approve")

    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "is not ready: Say what readers" in browser.get(answer.url).content.decode()
    page = WorkoutPage.objects.get()
    assert (page.live, page.workflow_in_progress) == (False, True)


def waiting() -> list[list[Any]]:
    """The letters in the queue: which, about what, and whose doing."""
    packages = [SignedPackage.loads(row.payload)["args"] for row in OrmQ.objects.order_by("pk")]
    return [args for _, path, args, *_ in packages if path == letters.write.module_path]


def test_submitting_leaves_the_letters_to_the_queue(writer: User, moderator: User) -> None:
    page = pages.draft_workout()

    send(signed_in(writer), page, "submit")

    assert mail.outbox == []
    assert len(waiting()) == 2


def test_the_queue_tells_the_moderators_and_then_the_writer(writer: User, moderator: User) -> None:
    page = pages.draft_workout(title="Full body")

    send(signed_in(writer), page, "submit")
    write_letters()
    to_moderators, mail.outbox = mail.outbox, []
    decide(signed_in(moderator), WorkoutPage.objects.get(), "approve")
    write_letters()

    assert [letter.to for letter in to_moderators] == [[moderator.email]]
    assert "Full body" in to_moderators[0].subject
    assert "/cms/pages/" in str(to_moderators[0].body)
    assert [letter.to for letter in mail.outbox] == [[writer.email]]


def test_a_letter_about_something_that_is_gone_is_not_written() -> None:
    letters.write.call("workflow_state_approved_email_notification", 0, None)

    assert mail.outbox == []


def write_letters() -> None:
    """What the queue does with the letters in it."""
    for args in waiting():
        letters.write.call(*args)
    OrmQ.objects.all().delete()
