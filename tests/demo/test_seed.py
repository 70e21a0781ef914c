"""A small demo, seeded through the real pages and services."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import WorkflowState

from cms.articles.models import ArticlePage
from cms.media.models import Caption, Transcode
from cms.workouts.models import WorkoutPage
from commerce.catalog.selectors import offers_opening, plans
from commerce.entitlements.selectors import rights_of
from config.demo import people, site
from config.demo.content.reading import Content, read
from config.demo.seed import go_on, seed_demo
from fitness.accounts.models import User
from fitness.leaderboards.models import Period
from fitness.leaderboards.selectors import board
from fitness.streaks.models import PointEntry
from fitness.streaks.selectors import streak_of
from fitness.training.models import Category, Exercise, Video, Workout, WorkoutLog
from tests.stripe import Shop

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
SATURDAY = dt.datetime(2026, 11, 21, 22, tzinfo=dt.UTC)
COUNTED: tuple[Any, ...] = (
    Category, Exercise, Video, Workout, WorkoutPage, ArticlePage, User, WorkoutLog, PointEntry,
)  # fmt: skip


@pytest.fixture
def content() -> Content:
    """Two workouts with three videos, a page or two of each other kind, and six members."""
    everything = read()
    workouts = {workout.slug: workout for workout in everything.workouts}
    course = workouts["first-pull-up"]
    return replace(
        everything,
        workouts=[workouts["desk-reset"], replace(course, videos=course.videos[:1])],
        articles=everything.articles[1:2],
        tutorials=[replace(text, video="") for text in everything.tutorials[:2]],
        programmes=[
            replace(text, sessions=[(1, 1, "desk-reset"), (1, 3, "first-pull-up")])
            for text in everything.programmes
        ],
        members=everything.members[:6],
    )


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where what one test drew waits for the next."""
    return tmp_path_factory.mktemp("drawn")


@pytest.fixture
def seeded(
    content: Content, shop: Shop, settings: Settings, drawn: Path
) -> Callable[[], list[str]]:
    settings.VAR = drawn

    def seed() -> list[str]:
        said: list[str] = []
        seed_demo(content=content, seed=1, now=SATURDAY, say=said.append)
        return said

    return seed


def test_a_stranger_meets_a_product(seeded: Callable[[], list[str]]) -> None:
    said = seeded()

    course = Workout.objects.published().get(slug="first-pull-up")
    assert "videos 3/3" in said
    assert [video.duration_seconds > 60 for video in Video.objects.all()] == [True] * 3
    assert all(video.poster and video.size_bytes for video in Video.objects.all())
    assert len(course.cover["sizes"]) == 3
    assert course.duration_seconds > 60
    assert course.published_at is not None
    assert course.published_at < SATURDAY
    for path in ("/", "/workouts/", course.path, "/articles/five-minutes-before/"):
        assert Client().get(path).status_code == 200, path


def test_the_shop_sells_two_plans_and_one_workout(seeded: Callable[[], list[str]]) -> None:
    seeded()

    course = Workout.objects.get(slug="first-pull-up")
    single = offers_opening(keys=[course.entitlement_key])
    assert [(plan.price_minor, plan.interval) for plan in plans()] == [
        (999, "month"),
        (7999, "year"),
    ]
    assert [(card.price_minor, card.kind) for card in single] == [(499, "one_time")]


def test_editors_find_something_to_do(seeded: Callable[[], list[str]]) -> None:
    seeded()
    seeded()

    assert WorkflowState.objects.active().count() == 1
    [waiting] = ArticlePage.objects.exclude(go_live_at=None)
    assert not waiting.live
    assert Transcode.objects.count() == Caption.objects.count() == 3


def test_everybody_trains_and_stands_on_the_board(seeded: Callable[[], list[str]]) -> None:
    seeded()

    rows = board(period=Period.WEEK, day=SATURDAY.date(), limit=20)
    robin = User.objects.get(email=people.FREE)
    assert len(rows) == 8
    assert rows[0].public_name
    assert all(row.points > 0 for row in rows)
    assert streak_of(user_id=robin.pk, now=SATURDAY).total_days > 14
    assert not WorkoutLog.objects.filter(occurred_at__gt=SATURDAY).exists()


def test_three_people_can_sign_in_and_one_has_premium(seeded: Callable[[], list[str]]) -> None:
    seeded()

    free, premium = (User.objects.get(email=e) for e in (people.FREE, people.PREMIUM_MEMBER))
    assert rights_of(user_id=free.pk, now=SATURDAY) == frozenset()
    assert rights_of(user_id=premium.pk, now=SATURDAY) == {"premium"}
    editor = Client()
    assert editor.login(email=people.EDITOR, password=people.PASSWORD)
    edit_page = editor.get(f"/cms/pages/{WorkoutPage.objects.all()[0].pk}/edit/")
    assert b"action-publish" in edit_page.content


def test_seeding_twice_changes_nothing(seeded: Callable[[], list[str]]) -> None:
    seeded()
    before = _facts()

    said = seeded()

    assert _facts() == before
    assert "sessions 0 logged" in said


def test_members_train_on_while_the_demo_is_off(
    seeded: Callable[[], list[str]], content: Content
) -> None:
    seeded()
    said: list[str] = []

    go_on(content, seed=1, now=SATURDAY + dt.timedelta(days=7), say=said.append)

    next_week = board(period=Period.WEEK, day=SATURDAY.date() + dt.timedelta(days=7), limit=20)
    assert len(next_week) == 8


def test_without_stripe_there_are_pages_all_the_same(
    seeded: Callable[[], list[str]], settings: Settings
) -> None:
    settings.STRIPE_API_HOST = "http://127.0.0.1:9"

    said = seeded()

    assert any("sync_catalog" in line for line in said)
    assert Workout.objects.published().count() == 2


def test_a_site_of_somebody_else_is_left_alone() -> None:
    site.build_site()

    call_command("seed_demo", if_empty=True)

    assert not User.objects.exists()
    assert not Workout.objects.exists()


def test_production_is_never_seeded(settings: Settings) -> None:
    settings.SETTINGS_MODULE = "config.settings.production"

    with pytest.raises(CommandError, match="not for production"):
        call_command("seed_demo")


def _facts() -> list[object]:
    counts = [model.objects.count() for model in COUNTED]
    pages = list(WorkoutPage.objects.order_by("pk").values_list("pk", "latest_revision", "slug"))
    rights = [rights_of(user_id=user.pk, now=timezone.now()) for user in User.objects.all()]
    return [*counts, pages, rights]
