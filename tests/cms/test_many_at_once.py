"""Tier and category of many pages at once: what is live, what is drafted, and what is left."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from cms.dashboard import changing
from cms.home.models import HomePage
from cms.workouts.models import WorkoutPage
from fitness.accounts.models import User
from fitness.training.models import Workout
from tests import factories
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db


def address(action: str, *chosen: Page, **asked: str) -> str:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    ids = "&".join(f"id={page.pk}" for page in chosen)
    more = "".join(f"&{name}={value}" for name, value in asked.items())
    return f"{url}?{ids}{more}"


def set_tier(client: Client, *chosen: Page, value: str = "premium") -> str:
    return client.post(address("set_tier", *chosen), {"value": value}, follow=True).content.decode()


def fresh(page: WorkoutPage) -> WorkoutPage:
    found: WorkoutPage = WorkoutPage.objects.get(pk=page.pk)
    return found


def test_live_pages_get_their_tier_and_the_catalogue_follows(admin: Client, site: HomePage) -> None:
    chosen = [pages.workout_page(), pages.workout_page(), pages.article_page()]
    before = [page.revisions.count() for page in chosen]

    html = set_tier(admin, *chosen)

    assert "3 pages were changed." in html
    assert [type(page).objects.get(pk=page.pk).access for page in chosen] == ["premium"] * 3
    assert set(Workout.objects.values_list("access", flat=True)) == {"premium"}
    assert [page.revisions.count() - count for page, count in zip(chosen, before, strict=True)] == [
        1, 1, 1,
    ]  # fmt: skip


def test_a_draft_gets_it_and_stays_a_draft(admin: Client, site: HomePage) -> None:
    page = pages.draft_workout(teaser="")

    set_tier(admin, page)

    page = fresh(page)
    assert (page.live, page.get_latest_revision_as_object().access) == (False, "premium")
    assert not Workout.objects.exists()


def test_an_open_draft_of_a_live_page_is_not_published(admin: Client, site: HomePage) -> None:
    page = pages.workout_page(title="As it is", videos=1)
    page.title = "As it will be"
    page.save_revision()

    set_tier(admin, page)

    page = fresh(page)
    draft = page.get_latest_revision_as_object()
    assert (page.title, page.access, page.has_unpublished_changes) == ("As it is", "premium", True)
    assert (draft.title, draft.access) == ("As it will be", "premium")
    assert Workout.objects.get().title == "As it is"
    assert len(page.videos.all()) == 1


def test_each_page_has_one_line_in_its_history(admin: Client, site: HomePage) -> None:
    page = pages.workout_page(access="free")
    PageLogEntry.objects.all().delete()

    set_tier(admin, page)
    set_tier(admin, page)

    entry = PageLogEntry.objects.get()
    assert entry.action == changing.SET_ACCESS
    assert entry.data == {"before": "Free for everyone", "after": "Premium"}
    history = admin.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Set tier with other pages" in history


def test_a_category_is_set_likewise(admin: Client, site: HomePage) -> None:
    page, yoga = pages.workout_page(), factories.category(name="Yoga")

    admin.post(address("set_category", page), {"value": yoga.pk})

    assert fresh(page).category == yoga
    assert Workout.objects.get().category == yoga


def scheduled(page: WorkoutPage) -> None:
    revision = page.save_revision()
    revision.approved_go_live_at = "2030-01-01T00:00:00Z"
    revision.save()


def locked(page: WorkoutPage) -> None:
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=factories.admin())


@pytest.mark.parametrize(
    ("make", "reason"),
    [(scheduled, "is scheduled"), (locked, "is locked")],
)
def test_what_somebody_else_has_in_hand_is_left(
    admin: Client, site: HomePage, make: Any, reason: str
) -> None:
    page = pages.workout_page(access="free")
    make(page)

    html = admin.get(address("set_tier", page)).content.decode()
    set_tier(admin, page)

    assert reason in html
    assert fresh(page).access == "free"


def test_a_live_page_without_a_teaser_is_not_locked(admin: Client, site: HomePage) -> None:
    bare, ready = pages.workout_page(teaser=""), pages.workout_page()

    set_tier(admin, bare, ready)

    assert (fresh(bare).access, fresh(ready).access) == ("free", "premium")


@pytest.mark.parametrize("who", ["writer", "trainer"])
def test_whoever_may_not_publish_changes_nothing_that_is_live(
    client: Client, site: HomePage, who: str
) -> None:
    user: User = getattr(factories, who)()
    client.force_login(user)
    account = user if who == "trainer" else None
    own = pages.trainer_page(account=account)
    live, draft = pages.workout_page(trainer=own), pages.draft_workout(trainer=own)
    others = pages.draft_workout()

    set_tier(client, live, draft, others)

    assert fresh(live).access == "free"
    assert fresh(draft).access == "premium"
    assert fresh(others).access == {"writer": "premium", "trainer": "free"}[who]


def test_all_means_all_that_the_list_shows(admin: Client, site: HomePage) -> None:
    member, free = pages.workout_page(access="member"), pages.workout_page(access="free")
    article = pages.article_page(access="member")
    url = reverse("workout_list:index") + "%3Faccess=member"

    admin.post(address("set_tier", next=url) + "&id=all", {"value": "premium"})

    assert (fresh(member).access, fresh(free).access) == ("premium", "free")
    article.refresh_from_db()
    assert article.access == "member"


def test_a_trainer_reads_no_titles_of_others(client: Client, site: HomePage) -> None:
    trainer = factories.trainer()
    client.force_login(trainer)
    own = pages.draft_workout(title="My plan", trainer=pages.trainer_page(account=trainer))
    others = pages.draft_workout(title="The plan of another")

    html = client.get(address("set_tier", own, others)).content.decode()

    assert ("My plan" in html, "The plan of another" in html) == (True, False)


def test_a_home_page_has_no_tier(admin: Client, site: HomePage) -> None:
    html = admin.get(address("set_tier", site)).content.decode()

    assert "neither tier nor category" in html


@pytest.mark.parametrize("value", ["", "gold"])
def test_a_tier_that_there_is_not_is_refused(admin: Client, site: HomePage, value: str) -> None:
    page = pages.workout_page(access="free")

    set_tier(admin, page, value=value)

    assert fresh(page).access == "free"
