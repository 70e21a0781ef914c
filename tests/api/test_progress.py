"""Progress on a phone: what is asked, and the form of what is answered."""

import datetime as dt

import pytest
import time_machine
from pytest_django.fixtures import DjangoAssertNumQueries

from fitness.accounts.models import User
from tests import factories
from tests.api.client import ApiClient

pytestmark = pytest.mark.django_db
PROGRESS = "/api/users/progress"
NOON = dt.datetime(2026, 7, 8, 12, tzinfo=dt.UTC)


def test_a_period_is_told_as_named_series(member: User) -> None:
    factories.done_days(user=member, count=3, until=NOON.date())

    with time_machine.travel(NOON, tick=False):
        shown = ApiClient(user=member).get(f"{PROGRESS}?from=2026-07-01&to=2026-07-10&by=week")

    told = shown.json()
    assert (told["from"], told["to"], told["by"]) == ("2026-07-01", "2026-07-10", "week")
    assert told["buckets"] == [
        {"starts_on": "2026-07-01", "ends_on": "2026-07-05"},
        {"starts_on": "2026-07-06", "ends_on": "2026-07-10"},
    ]
    series = {one["name"]: one for one in told["series"]}
    assert list(series) == [
        "workouts", "minutes", "active_days", "points", "streak", "weight", "weight_trend",
    ]  # fmt: skip
    assert series["minutes"] == {
        "name": "minutes", "unit": "min", "kind": "sum", "values": [0, 90], "total": 90,
    }  # fmt: skip
    assert series["streak"]["values"] == [0, None]
    assert series["weight"]["total"] is None


@pytest.mark.parametrize(
    ("query", "buckets"), [("", 28), ("?by=day", 28), ("?by=week", 13), ("?by=month", 13)]
)
def test_a_period_that_nobody_named_ends_today(member: User, query: str, buckets: int) -> None:
    with time_machine.travel(NOON, tick=False):
        told = ApiClient(user=member).get(PROGRESS + query).json()

    assert told["to"] == "2026-07-08"
    assert len(told["buckets"]) == buckets


@pytest.mark.parametrize(
    ("query", "pointer"),
    [("from=2026-02-30", "/from"), ("from=yesterday", "/from"),
     ("from=2026-07-02&to=2026-07-01", "/from"), ("from=1999-12-31&to=2000-01-02", "/from"),
     ("to=0001-01-01", "/to"), ("to=9999-12-31", "/to"), ("by=hour", "/by"),
     ("from=2024-01-01&to=2026-01-01", "/from"), ("to=2026%0001", "/to"),
     ("from=2000-01-01&to=2026-01-01&by=month", "/from")],
)  # fmt: skip
def test_a_period_that_cannot_be_told_is_refused(api: ApiClient, query: str, pointer: str) -> None:
    answer = api.get(f"{PROGRESS}?{query}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_progress_takes_six_statements(
    api: ApiClient, member: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    factories.done_days(user=member, count=9, until=NOON.date())

    with django_assert_num_queries(6):
        api.get(f"{PROGRESS}?from=2020-01-01&to=2026-07-08&by=month")
