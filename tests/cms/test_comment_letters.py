"""Letters about comments on a page: they leave by the queue, not while the editor waits."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string
from django_q.models import OrmQ
from django_q.signing import SignedPackage
from wagtail.models import Comment, PageSubscription
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.home.models import HomePage
from cms.workouts.models import WorkoutPage
from fitness.accounts.models import User
from tests import factories
from tests.cms import factories as pages
from tests.cms.test_editing import form

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(site: HomePage) -> WorkoutPage:
    made = pages.draft_workout()
    made.save_revision()
    OrmQ.objects.all().delete()
    return made


@pytest.fixture
def follower(page: WorkoutPage) -> User:
    """Somebody who wants to know of each comment on the page."""
    user = factories.moderator()
    PageSubscription.objects.create(user=user, page=page, comment_notifications=True)
    return user


def send_letters() -> None:
    """Run the tasks about letters; Wagtail's own stumble over what is deleted by then."""
    for row in OrmQ.objects.order_by("pk"):
        package = SignedPackage.loads(row.payload)
        if "cms.core.commenting" in repr(package):
            import_string(package["func"])(*package["args"], **package["kwargs"])
            row.delete()


def save(browser: Client, page: WorkoutPage, *comments: dict[str, Any], kept: int = 0) -> None:
    rows = [
        {
            "text": "", "contentpath": "introduction", "position": "", "id": "", "DELETE": "",
            "resolved": "", "replies": inline_formset([]),
        } | comment
        for comment in comments
    ]  # fmt: skip
    said = nested_form_data({"comments": inline_formset(rows, initial=kept)})
    sent = form(title=page.title, slug=page.slug, category=page.category_id) | said
    answer = browser.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent)
    assert answer.status_code == 302, answer.context["form"].formsets["comments"].errors


def test_a_comment_is_told_by_the_queue(admin: Client, page: WorkoutPage, follower: User) -> None:
    save(admin, page, {"text": "Too long?"})
    at_once = len(mail.outbox)
    send_letters()

    [letter] = mail.outbox
    assert at_once == 0
    assert letter.to == [follower.email]
    assert 'New comments:\n - "Too long?"' in letter.body


def test_replies_go_to_the_thread_and_deletions_to_who_follows_all(
    client: Client, page: WorkoutPage, follower: User
) -> None:
    asker, other = factories.editor(), factories.editor()
    said = {"user": asker, "page": page, "contentpath": "introduction"}
    kept, gone = (Comment.objects.create(text=text, **said) for text in ("Too long?", "Oops"))
    client.force_login(other)

    save(
        client,
        page,
        {"id": kept.pk, "text": kept.text, "replies": inline_formset([{"text": "No.", "id": ""}])},
        {"id": gone.pk, "text": gone.text, "DELETE": "on"},
        kept=2,
    )
    send_letters()

    letters = {letter.to[0]: letter.body for letter in mail.outbox}
    assert letters.keys() == {asker.email, follower.email}
    assert all('"No."' in body for body in letters.values())
    assert ["Oops" in letters[user.email] for user in (asker, follower)] == [False, True]


def test_saving_without_a_comment_writes_to_nobody(
    admin: Client, page: WorkoutPage, follower: User
) -> None:
    save(admin, page)
    send_letters()

    assert mail.outbox == []


def test_a_letter_about_what_is_gone_by_then_is_not_written(
    admin: Client, page: WorkoutPage, follower: User
) -> None:
    save(admin, page, {"text": "Too long?"})
    page.delete()

    send_letters()

    assert mail.outbox == []
