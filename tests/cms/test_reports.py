"""The house from above: what waits, who may open what, what is old, silent or about to come."""

import csv
import datetime as dt
import io
import tracemalloc
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # it ships none
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.dashboard.reports import REPORTS
from cms.home.models import HomePage
from cms.links.models import Link, LinkPlace
from cms.media.models import Transcode, TranscodeState
from cms.workouts.models import WorkoutPage
from fitness.accounts.models import User
from tests import factories
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db


def report(client: Client, name: str, **asked: Any) -> list[dict[str, str]]:
    """The rows of a report's CSV, by heading."""
    answer: Any = client.get(reverse(f"{name}_report"), {"export": "csv", **asked})
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def schedule(page: WorkoutPage, *, days: int = 1) -> None:
    page.go_live_at = timezone.now() + dt.timedelta(days=days)
    page.save_revision().publish()


def aged(page: Page, *, months: int) -> Page:
    then = timezone.now() - dt.timedelta(days=months * 31)
    Page.objects.filter(pk=page.pk).update(latest_revision_created_at=then)
    return page


def with_broken_link(page: Page) -> None:
    address = f"https://gone.example/{page.pk}"
    gone = Link.objects.create(
        address=address, host="gone.example", trouble="answered 404", broken_since=timezone.now()
    )
    LinkPlace.objects.create(link=gone, page=page)


def test_the_access_report_says_who_may_open_what(admin: Client, site: HomePage) -> None:
    pages.monthly()
    pages.workout_page(title="Lift", access="premium", videos=2, samples=1)
    pages.article_page(title="Rest", access="member")

    rows = {row["Title"]: row for row in report(admin, "access")}

    assert rows["Lift"] == {
        "Title": "Lift", "Kind": "workout page", "Tier": "Premium", "Free samples": "1",
        "Opened by": "Monthly", "Live": "Yes",
    }  # fmt: skip
    assert (rows["Rest"]["Tier"], rows["Rest"]["Opened by"]) == ("Members", "")


def test_what_nobody_can_buy_is_told(admin: Client, site: HomePage) -> None:
    pages.workout_page(access="premium")

    assert report(admin, "access")[0]["Opened by"] == "Nothing"


def test_reports_are_narrowed_down(admin: Client, site: HomePage) -> None:
    pages.workout_page(title="Free")
    pages.draft_workout(title="Bare", access="premium", teaser="")
    aged(pages.article_page(title="Old"), months=13)
    aged(pages.article_page(title="Older"), months=25)
    aged(pages.article_page(title="Fresh enough"), months=2)

    assert [row["Title"] for row in report(admin, "access", access="premium")] == ["Bare"]
    assert [row["Title"] for row in report(admin, "access", missing="teaser")] == ["Bare"]
    assert [row["Title"] for row in report(admin, "stale")] == ["Older", "Old"]
    assert [row["Title"] for row in report(admin, "stale", months="24")] == ["Older"]


def test_the_other_reports_name_what_they_are_about(admin: Client, site: HomePage) -> None:
    pages.workout_page(title="Silent", videos=1)
    pages.workout_page(title="Without films", videos=0)
    schedule(pages.draft_workout(title="Tomorrow"))
    schedule(pages.draft_workout(title="Later"), days=9)

    scheduled = report(admin, "scheduled")

    assert [row["Title"] for row in report(admin, "captions")] == ["Silent"]
    assert [row["Title"] for row in scheduled] == ["Tomorrow", "Later"]
    assert scheduled[0]["Goes live"] != ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_title_is_no_formula_in_a_spreadsheet(admin: Client, site: HomePage, start: str) -> None:
    page = pages.workout_page()
    Page.objects.filter(pk=page.pk).update(draft_title=f"{start}cmd|' /C calc'!A0")

    sheet = admin.get(reverse("access_report"), {"export": "xlsx"})
    cell = openpyxl.load_workbook(io.BytesIO(b"".join(sheet.streaming_content))).active["A2"]

    assert report(admin, "access")[0]["Title"].startswith(f"'{start}")
    assert cell.data_type == "s"
    assert str(cell.value).startswith("'")


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_costs_the_same_however_long_it_is(
    admin: Client, site: HomePage, django_assert_max_num_queries: Any, name: str
) -> None:
    url = reverse(f"{name}_report")
    category = factories.category()
    for _ in range(3):
        page = pages.workout_page(videos=1, access="premium", category=category)
        with_broken_link(aged(page, months=8))
    for _ in range(2):
        schedule(pages.draft_workout(videos=1, category=category))
    admin.get(url)

    with django_assert_max_num_queries(20) as few:
        admin.get(url)
    with django_assert_max_num_queries(12) as for_file:
        report(admin, name)
    for _ in range(8):
        page = pages.workout_page(videos=1, access="premium", category=category)
        with_broken_link(aged(page, months=8))
        schedule(pages.draft_workout(videos=1, category=category))
    with django_assert_max_num_queries(len(few)):
        admin.get(url)
    with django_assert_max_num_queries(len(for_file)):
        assert len(report(admin, name)) >= 10


def test_trainers_have_reports_about_their_own(client: Client, site: HomePage) -> None:
    trainer = factories.trainer()
    pages.workout_page(title="Mine", trainer=pages.trainer_page(account=trainer), videos=1)
    pages.workout_page(title="Another's", videos=1)
    client.force_login(trainer)

    assert [row["Title"] for row in report(client, "access")] == ["Mine"]
    assert [row["Title"] for row in report(client, "captions")] == ["Mine"]


def cards(client: Client) -> dict[str, Any]:
    """The cards on the first page of the admin, by heading."""
    answer = client.get("/cms/")
    assert answer.status_code == 200
    contexts: Any = answer.context
    for context in contexts:
        if "cards" in context:
            return {card.heading: card for card in context["cards"]}
    raise AssertionError("no cards")


def test_the_first_page_says_what_waits(admin: Client, site: HomePage) -> None:
    schedule(pages.draft_workout(title="Tomorrow", videos=0))
    waiting = pages.draft_workout(title="Waiting", videos=0)
    waiting.get_workflow().start(waiting, user=factories.writer())
    pages.draft_workout(title="Bare", access="premium", teaser="", videos=0)
    pages.workout_page(title="Silent", videos=1)
    for state, title in ((TranscodeState.WORKING, "Cooking"), (TranscodeState.FAILED, "Burnt")):
        Transcode.objects.update_or_create(
            video=factories.video(title=title), defaults={"state": state, "reason": "Too hot."}
        )

    found = cards(admin)

    tops = {heading: card.lines[0].title for heading, card in found.items()}
    assert tops == {
        "Scheduled": "Tomorrow", "Awaiting moderation": "Waiting",
        "Gated, without a teaser": "Bare", "Captions missing": "Silent",
        "Films in work": "Cooking", "Films that failed": "Burnt",
    }  # fmt: skip
    for card in found.values():
        assert admin.get(card.url).status_code == 200, card.heading
        assert card.lines[0].title in admin.get(card.url).content.decode(), card.heading


def test_a_pile_is_counted_as_far_as_it_matters(
    admin: Client, site: HomePage, django_assert_max_num_queries: Any
) -> None:
    category = factories.category()
    for _ in range(101):
        pages.draft_workout(access="premium", teaser="", videos=0, category=category)

    card = cards(admin)["Gated, without a teaser"]
    with django_assert_max_num_queries(40):
        admin.get("/cms/")

    assert (card.count, len(card.lines)) == ("99+", 5)


def test_a_trainer_sees_what_waits_of_their_own(client: Client, site: HomePage) -> None:
    trainer: User = factories.trainer()
    pages.draft_workout(title="Another's", access="premium", teaser="")
    pages.trainer_page(account=trainer)
    client.force_login(trainer)

    found = cards(client)

    assert set(found) == {
        "Scheduled", "Awaiting moderation", "Gated, without a teaser", "Captions missing",
        "Films in work", "Films that failed",
    }  # fmt: skip
    assert {card.count for card in found.values()} == {"0"}


def many_stale(site: HomePage, count: int) -> None:
    """Pages as rows alone: what a report reads of them."""
    kind = site.content_type
    long_ago = timezone.now() - dt.timedelta(days=900)
    Page.objects.bulk_create(
        Page(
            title=f"Page {number}", draft_title=f"Page {number}", slug=f"page-{number}",
            path=f"{site.path}9{number:03d}" if number < 1000 else f"{site.path}{number:04d}",
            depth=site.depth + 1, content_type=kind, locale=site.locale,
            url_path=f"{site.url_path}page-{number}/", live=True,
            latest_revision_created_at=long_ago,
        )
        for number in range(count)
    )  # fmt: skip


def test_a_file_of_thousands_of_rows_needs_the_memory_of_hundreds(
    admin: Client, site: HomePage
) -> None:
    many_stale(site, 5_000)
    url, asked = reverse("stale_report"), {"export": "xlsx", "months": "24"}
    sheet: Any = admin.get(url, asked)  # what is read once is read by now
    rows = openpyxl.load_workbook(io.BytesIO(b"".join(sheet.streaming_content))).active.max_row

    tracemalloc.start()
    for _ in admin.get(url, asked):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert rows == 5_001
    assert peak < 6_000_000, f"{peak:,} bytes"
