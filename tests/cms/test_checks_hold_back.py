"""What the checks find keeps a page back, wherever it would be published."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, PageLogEntry, Workflow, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.articles.models import ArticlePage
from config.roles import EDITOR
from config.tasks import publish_scheduled_pages
from tests import factories
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db


def form(page: ArticlePage, **fields: Any) -> dict[str, Any]:
    values = {
        "title": page.title, "slug": page.slug, "introduction": page.introduction,
        "teaser": page.teaser, "access": page.access, "comments": inline_formset([]),
        "body": streamfield([("text", rich_text('<a linktype="page" id="999999">On</a>'))]),
    }  # fmt: skip
    sent: dict[str, Any] = nested_form_data({**values, **fields})
    return sent


def test_publish_is_refused_with_the_words_of_the_check(admin: Client) -> None:
    page = pages.article_page()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    refused = admin.post(address, {**form(page, title="New"), "action-publish": "1"})
    kept = admin.post(address, form(page, title="New"))

    html = refused.content.decode()
    assert refused.status_code == 200
    assert "leads to a page that is gone" in html
    assert kept.status_code == 302
    page.refresh_from_db()
    assert page.title != "New"
    assert page.get_latest_revision_as_object().title == "New"


def test_warnings_do_not_keep_a_page_from_being_published(admin: Client) -> None:
    page = pages.article_page()
    sent = form(page, title="New", body=streamfield([]))

    answer = admin.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), {**sent, "action-publish": "1"}
    )

    page.refresh_from_db()
    assert (answer.status_code, page.title) == (302, "New")


def test_the_panel_tells_what_the_newest_draft_lacks(admin: Client) -> None:
    page = pages.article_page(access="free")
    page.access, page.teaser = "premium", ""
    page.save_revision()

    editor = admin.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    panel = admin.get(reverse("page_findings", args=[page.pk])).content.decode()

    for html in (editor, panel):
        assert "Say what readers without the right will get" in html
        assert 'data-finding-field="teaser"' in html


def test_the_panel_is_for_those_who_may_edit_the_page(client: Client) -> None:
    page = pages.article_page()
    address = reverse("page_findings", args=[page.pk])
    client.force_login(factories.member())

    assert client.get(address).status_code in {302, 403}
    client.force_login(factories.editor())
    assert client.get(reverse("page_findings", args=[999999])).status_code == 404


def test_publishing_many_at_once_asks_the_same_checks(admin: Client) -> None:
    page: Any = pages.article_page(title="Astray")
    page.body = [("text", '<a linktype="page" id="999999">On</a>')]
    page.save_revision()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = admin.post(f"{address}?id={page.pk}", follow=True)

    assert "“Astray” is not ready: The link “On”" in answer.content.decode()


def in_moderation(page: Any) -> Any:
    """The page's place in a workflow of one approval by editors."""
    editors = factories.editor()
    task = GroupApprovalTask.objects.create(name="Look at it")
    task.groups.set(editors.groups.filter(name=EDITOR))
    workflow = Workflow.objects.create(name="Moderation")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow.start(page, editors)


def test_the_last_approval_publishes_only_what_is_ready(admin: Client) -> None:
    page: Any = pages.article_page(title="Astray")
    page.body = [("text", '<a linktype="page" id="999999">On</a>')]
    page.title = "Renamed"
    page.save_revision()
    state = in_moderation(page)
    approve = reverse(
        "wagtailadmin_pages:workflow_action",
        args=[page.pk, "approve", state.current_task_state.pk],
    )

    refused = admin.post(approve, follow=True)

    state.refresh_from_db()
    page.refresh_from_db()
    assert "“Renamed” is not ready: The link “On”" in refused.content.decode()
    assert (state.status, page.title) == ("in_progress", "Astray")
    page.body = []
    page.title = "Renamed"
    page.save_revision()
    admin.post(approve, follow=True)
    page.refresh_from_db()
    assert page.title == "Renamed"


def test_a_page_that_cannot_go_live_holds_up_no_other_and_says_why() -> None:
    soon = timezone.now() + dt.timedelta(hours=1)
    broken, ready = pages.draft_workout(title="Broken"), pages.draft_workout(title="Ready")
    for page in (broken, ready):
        page.go_live_at = soon
        page.save_revision().publish()
    revision = broken.latest_revision
    revision.content |= {"access": "premium", "teaser": ""}
    revision.save()

    with time_machine.travel(soon + dt.timedelta(minutes=1)):
        publish_scheduled_pages.func()
        publish_scheduled_pages.func()

    broken.refresh_from_db()
    ready.refresh_from_db()
    entry = PageLogEntry.objects.get(page=broken.pk, action="fitcore.held_back")
    assert (broken.live, ready.live) == (False, True)
    assert "Not published on time: Say what readers" in entry.message
