"""Two phones, eight threads, one PostgreSQL: what happens once happens once."""

import datetime as dt
import functools
import uuid
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from fitness.accounts.models import SignIn, User
from fitness.leaderboards.models import Standing
from fitness.streaks.models import PointEntry, Streak
from fitness.training.models import WorkoutLog, WorkoutProgress
from tests import factories
from tests.api.client import ApiClient, openapi
from tests.database import add_what_migrations_add
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
THREADS = 8


@pytest.fixture(autouse=True)
def _first_pages() -> None:
    add_what_migrations_add()
    openapi()  # made once, and not by eight at once


def body(**fields: Any) -> dict[str, Any]:
    return {
        "client_id": uuid.uuid4(),
        "occurred_at": timezone.now() - dt.timedelta(hours=1),
        "duration_s": 1800,
    } | fields


@pytest.mark.parametrize("key", ["", "once"])
def test_a_session_sent_eight_times_at_once_is_one(member: User, key: str) -> None:
    path = f"/api/workouts/{factories.workout().uid}/log"
    told = body()

    answers = at_once(lambda _: ApiClient(user=member).post_json(path, told, key=key))

    assert {answer.status_code for answer in answers} <= {201, 409}
    assert any(answer.status_code == 201 for answer in answers)
    assert WorkoutLog.objects.count() == 1
    assert PointEntry.objects.live().filter(rule="workout").count() == 1


def test_eight_sessions_at_once_count_as_if_they_had_come_in_turn(member: User) -> None:
    path = f"/api/workouts/{factories.workout().uid}/log"
    start = timezone.now().replace(hour=8) - dt.timedelta(days=1)

    at_once(
        lambda number: ApiClient(user=member).post_json(
            path,
            body(occurred_at=start + dt.timedelta(minutes=20 * number), duration_s=900),
        )
    )

    assert WorkoutLog.objects.count() == THREADS
    assert Streak.objects.get().total_days == 1
    live = PointEntry.objects.live()
    assert sum(entry.points for entry in live.filter(rule="workout")) == 30
    assert live.filter(rule="streak").count() == 1
    assert Standing.objects.get(period="week").points == 31


def test_progress_from_eight_devices_keeps_the_furthest(member: User) -> None:
    workout = factories.workout(videos=1)
    video, now = workout.places.get().video.uid, timezone.now()

    at_once(
        lambda number: ApiClient(user=member).post_json(
            f"/api/workouts/{workout.uid}/progress",
            {
                "video": video,
                "percent": 10 * number,
                "position_s": number,
                "watched_at": now - dt.timedelta(minutes=number),
            },
        )
    )

    progress = WorkoutProgress.objects.get()
    assert (progress.percent, progress.position_seconds) == (70, 0)


def test_eight_trades_of_one_refresh_token_give_one_pair(member: User) -> None:
    for _ in range(5):
        trade = functools.partial(
            ApiClient().post_json,
            "/api/auth/refresh-token",
            {"refresh": ApiClient(user=member).tokens.refresh},
        )

        answers = at_once(lambda _, trade=trade: trade())  # type: ignore[misc]

        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.content for answer in answers}) == 1
    assert set(SignIn.objects.values_list("generation", flat=True)) == {1}


def test_one_address_registered_eight_times_at_once_is_one_account() -> None:
    said = {"email": "new@example.com", "password": "a long enough sentence"}

    answers = at_once(lambda _: ApiClient().post_json("/api/auth/register", said))

    codes = [answer.status_code for answer in answers]
    assert (codes.count(201), codes.count(429)) == (5, 3)  # as many letters as an hour may bring
    assert User.objects.count() == 1
    assert EmailAddress.objects.count() == 1
