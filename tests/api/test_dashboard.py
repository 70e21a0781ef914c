"""The home screen in one call."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from fitness.accounts.models import User
from fitness.training.models import Trust, WorkoutLog
from fitness.training.services import save_progress
from tests import factories
from tests.api.client import ApiClient
from tests.api.test_favorites import keep
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db
DASHBOARD = "/api/users/dashboard"
NOON = dt.datetime(2026, 7, 8, 12, tzinfo=dt.UTC)  # a Wednesday


def home(user: User, now: dt.datetime = NOON) -> dict[str, Any]:
    with time_machine.travel(now, tick=False):
        answer = ApiClient(user=user).get(DASHBOARD)
    assert answer.status_code == 200
    shown: dict[str, Any] = answer.json()
    return shown


def watch(user: User, percent: int, **workout: Any) -> Any:
    made = factories.workout(videos=2, **workout)
    save_progress(
        user_id=user.pk,
        workout=made,
        video=made.places.order_by("position")[0].video,
        percent=percent,
        position_seconds=percent * 6,
        watched_at=NOON - dt.timedelta(hours=1),
        now=NOON,
    )
    return made


def test_who_just_joined_has_a_home_screen(member: User) -> None:
    shown = home(member)

    assert shown["today"] == "2026-07-08"
    assert shown["rings"] == [
        {"name": "minutes", "value": 0, "goal": 30, "unit": "min", "period": "day"},
        {"name": "workouts", "value": 0, "goal": 3, "unit": "count", "period": "week"},
    ]
    assert shown["streak"]["current"] == 0
    assert [day["day"] for day in shown["days"]][-1] == "2026-07-08"
    assert len(shown["days"]) == 7
    assert shown["week"] == {
        "starts_on": "2026-07-06",
        "ends_on": "2026-07-12",
        "points": 0,
        "rank": None,
        "is_listed": False,
    }
    assert (shown["next_scheduled"], shown["plan_of_the_day"], shown["unread_count"]) == (
        None,
        None,
        0,
    )
    assert (shown["continue_watching"], shown["favorites"]) == ([], [])


def test_rings_fill_by_the_members_day_and_week() -> None:
    user = factories.member(goal_minutes_a_day=40, goal_workouts_a_week=4)
    for hours_ago, minutes in ((1, 20), (3, 15), (26, 30), (75, 45)):
        factories.session(user=user, at=NOON - dt.timedelta(hours=hours_ago), minutes=minutes)

    rings = {ring["name"]: ring for ring in home(user)["rings"]}

    assert (rings["minutes"]["value"], rings["minutes"]["goal"]) == (35, 40)
    assert (rings["workouts"]["value"], rings["workouts"]["goal"]) == (3, 4)


def test_the_home_screen_agrees_with_board_and_streak(member: User) -> None:
    factories.done_days(user=member, count=9, until=NOON.date())
    for points in (30, 60):
        rival = factories.member(is_on_boards=True)
        factories.session(user=rival, at=NOON, minutes=points, trust=Trust.DEVICE)

    shown = home(member)
    with time_machine.travel(NOON, tick=False):
        phone = ApiClient(user=member)
        board, streak = phone.get("/api/leaderboard/weekly").json(), phone.get("/api/streak").json()

    assert (shown["week"]["rank"], shown["week"]["points"]) == (
        board["me"]["rank"],
        board["me"]["points"],
    )
    assert shown["streak"] == {name: streak[name] for name in shown["streak"]}
    assert shown["days"] == streak["days"][-7:]


def test_the_page_of_the_day_tells_the_same_figures(client: Client, member: User) -> None:
    factories.done_days(user=member, count=3, until=NOON.date())

    with time_machine.travel(NOON, tick=False):
        client.force_login(member)
        page = client.get("/today").context
    shown = home(member)

    assert [(ring.name, ring.value, ring.goal) for ring in page["rings"]] == [
        (ring["name"], ring["value"], ring["goal"]) for ring in shown["rings"]
    ]
    assert page["streak"].current == shown["streak"]["current"] == 3
    assert page["points"] == shown["week"]["points"]


def test_what_was_begun_is_offered_where_it_stopped(member: User) -> None:
    begun = watch(member, 50, access="premium")

    (first,) = home(member)["continue_watching"]

    assert first["workout"] == str(begun.uid)
    assert (first["percent"], first["position_s"]) == (25, 300)
    assert first["video"] == str(begun.places.order_by("position")[0].video.uid)
    assert first["card"]["access"] == {"required": "premium", "granted": False}


def test_what_was_finished_or_unpublished_is_not_offered(member: User) -> None:
    watch(member, 100)
    gone = watch(member, 10)
    type(gone).objects.filter(pk=gone.pk).update(is_published=False)

    assert home(member)["continue_watching"] == []


def test_the_newest_favourites_are_shown(member: User, api: ApiClient) -> None:
    for _ in range(7):
        keep(api, "workout", factories.workout().uid)
    article = pages.article_page()
    keep(api, "article", article.translation_key)

    shown = home(member)["favorites"]

    assert [row["kind"] for row in shown] == ["article", *["workout"] * 4]
    assert shown[0]["card"]["title"] == article.title


@pytest.mark.parametrize("sessions", [1, 400])
def test_a_home_screen_takes_eight_statements_whatever_the_history(
    member: User, sessions: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    WorkoutLog.objects.bulk_create(
        WorkoutLog(
            user=member,
            client_id=f"00000000-0000-4000-8000-{number:012}",
            title="Run",
            occurred_at=NOON - dt.timedelta(days=number),
            local_day=NOON.date() - dt.timedelta(days=number),
            time_zone="UTC",
            duration_seconds=1800,
        )
        for number in range(1, sessions)
    )
    factories.session(user=member, at=NOON - dt.timedelta(hours=1))
    api = ApiClient(user=member)
    for _ in range(min(sessions, 9)):
        watch(member, 40, access="premium")
        keep(api, "workout", factories.workout(access="premium").uid)
        keep(api, "article", pages.article_page(access="premium").translation_key)

    with time_machine.travel(NOON, tick=False):
        phone = ApiClient(user=member)
        # member; clocks, run and done days; sums; place; begun; favourites; articles; rights
        with django_assert_num_queries(8):
            shown = phone.get(DASHBOARD).json()

    assert shown["favorites"]
    assert shown["continue_watching"]
    assert shown["streak"]["total_days"] >= 1
