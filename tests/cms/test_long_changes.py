"""Changes of more pages than an editor waits for: how far they are, and what had to be left."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ
from pytest_django.fixtures import DjangoAssertNumQueries
from wagtail.models import Page, PageLogEntry

from cms.dashboard import bulk_actions, changing
from cms.dashboard.bulk_changes import begin, forget_old, go_on
from cms.dashboard.models import BulkChange, BulkChangePage, Turn
from cms.home.models import HomePage
from cms.workouts.models import WorkoutPage
from fitness.accounts.models import User
from tests import factories
from tests.cms import factories as pages
from tests.cms.test_many_at_once import address
from tests.queue import drain
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch, site: HomePage) -> None:
    monkeypatch.setattr(bulk_actions, "AT_ONCE", 2)


def drafts(count: int = 5) -> list[WorkoutPage]:
    category = factories.category()
    made = [pages.draft_workout(category=category, videos=0) for _ in range(count)]
    OrmQ.objects.all().delete()
    return made


def asked(client: Client, *chosen: Page, value: str = "premium") -> Any:
    return client.post(address("set_tier", *chosen), {"value": value})


def begun(user: User, *chosen: Page) -> BulkChange:
    return begin(
        user=user, pages=chosen, field_name="access", value="premium", title="Set tier: Premium",
        now=timezone.now(),
    )  # fmt: skip


def test_the_editor_is_led_to_where_it_says_how_far_it_is(admin: Client) -> None:
    answer = asked(admin, *drafts())
    before = admin.get(answer.url).content.decode()
    drain()
    after = admin.get(answer.url).content.decode()

    assert ("0 of 5" in before, "data-live" in before) == (True, True)
    assert ("5 of 5" in after, "Finished" in after, "data-live" in after) == (True, True, False)
    assert "5 changed." in after
    drafted = [page.get_latest_revision_as_object().access for page in WorkoutPage.objects.all()]
    assert drafted == ["premium"] * 5


def test_nothing_is_changed_while_the_editor_waits(admin: Client) -> None:
    chosen = drafts()

    asked(admin, *chosen)

    assert not PageLogEntry.objects.filter(action=changing.SET_ACCESS).exists()
    assert BulkChangePage.objects.filter(turn=Turn.WAITING).count() == 5


def test_what_is_left_says_why_and_leads_to_its_page(admin: Client) -> None:
    locked, gone, *others = drafts()
    url = asked(admin, locked, gone, *others).url
    Page.objects.filter(pk=locked.pk).update(locked=True, locked_by=factories.admin())
    gone.delete()

    drain()

    html = admin.get(url).content.decode()
    assert "3 changed, 2 left as they were." in html
    assert "It is locked, or waits for a moderator." in html
    assert "It was deleted." in html
    assert reverse("wagtailadmin_pages:edit", args=[locked.pk]) in html


def test_the_part_that_is_asked_for_is_the_bar_alone(admin: Client) -> None:
    url = asked(admin, *drafts()).url.partition("?")[0]

    part = admin.get(f"{url}?part").content.decode()

    assert part.strip().startswith("<div")
    assert "<html" not in part


def test_a_page_that_breaks_stops_no_other(admin: Client) -> None:
    broken, *others = drafts()
    broken.latest_revision.content["videos"] = 5
    broken.latest_revision.save()
    url = asked(admin, broken, *others).url

    drain()

    html = admin.get(url).content.decode()
    assert "4 changed, 1 left as it was." in html
    assert "Something went wrong here." in html


def test_a_killed_task_goes_on_where_it_stood() -> None:
    editor, chosen = factories.editor(), drafts(3)
    change = begun(editor, *chosen)
    BulkChangePage.objects.filter(page_id=chosen[0].pk).update(turn=Turn.CHANGED)

    for _ in range(2):
        go_on.call(change.pk)

    change.refresh_from_db()
    assert change.finished_at is not None
    assert PageLogEntry.objects.filter(action=changing.SET_ACCESS).count() == 2


def test_the_first_page_leads_back_until_it_is_done(admin: Client) -> None:
    asked(admin, *drafts())

    under_way = admin.get("/cms/").content.decode()
    drain()
    done = admin.get("/cms/").content.decode()

    assert "0 of 5" in under_way
    assert "Being changed" not in done
    assert "Set tier: Premium" in admin.get(reverse("all_changes")).content.decode()


def test_nobody_elses_changes_are_shown(client: Client) -> None:
    change = begun(factories.editor(), *drafts(1))
    client.force_login(factories.editor())

    answer = client.get(reverse("many_pages", args=[change.uid]))

    assert answer.status_code == 404
    assert str(change.uid) not in client.get(reverse("all_changes")).content.decode()


def test_whoever_leaves_the_house_changes_nothing_more() -> None:
    editor = factories.editor()
    begun(editor, *drafts(2))
    editor.groups.clear()

    drain()

    assert set(BulkChangePage.objects.values_list("turn", flat=True)) == {Turn.LEFT}


def test_old_ones_are_forgotten() -> None:
    change = begun(factories.editor(), *drafts(1))
    drain()
    BulkChange.objects.update(finished_at=timezone.now() - dt.timedelta(days=40))

    forget_old(now=timezone.now())

    assert not BulkChange.objects.filter(pk=change.pk).exists()


def test_asking_for_many_costs_the_same_however_many(
    admin: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    few, many = drafts(3), drafts(12)
    asked(admin, *few)

    with django_assert_max_num_queries(60) as first:
        asked(admin, *few)
    with django_assert_max_num_queries(len(first)):
        asked(admin, *many)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_tasks_each_page_has_one_turn() -> None:
    change = begun(factories.editor(), *drafts(6))

    at_once(lambda _: go_on.call(change.pk), threads=2)

    assert PageLogEntry.objects.filter(action=changing.SET_ACCESS).count() == 6
    assert set(BulkChangePage.objects.values_list("turn", flat=True)) == {Turn.CHANGED}
