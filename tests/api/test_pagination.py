"""Walking through lists: nothing twice, nothing left out, whatever the order and the ties."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fitness.training.models import Workout
from tests import factories
from tests.api.client import ApiClient

ORDERS = {
    "newest": lambda row: (row.published_at, row.pk),
    "title": lambda row: (row.title, row.pk),
    "shortest": lambda row: (row.duration_seconds, row.pk),
    "longest": lambda row: (row.duration_seconds, row.pk),
}
FROM_THE_TOP = {"newest", "longest"}
BEGINNING = timezone.now() - dt.timedelta(days=30)
a_workout = st.tuples(st.integers(0, 2), st.sampled_from("abc"), st.integers(1, 3))


def lasting(minutes: int, **fields: Any) -> Workout:
    workout = factories.workout(**fields)
    workout.duration_seconds = minutes * 60
    workout.save()
    return workout


def walk(phone: ApiClient, address: str | None, way: str) -> list[list[str]]:
    pages: list[list[str]] = []
    while address:
        page: dict[str, Any] = phone.get(address).json()
        pages.append([row["id"] for row in page["results"]])
        address = page[way]
    return pages


@pytest.mark.django_db
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    shelf=st.lists(a_workout, max_size=9),
    limit=st.integers(1, 4),
    order=st.sampled_from(sorted(ORDERS)),
)
def test_every_row_is_met_once_on_the_way_down_and_on_the_way_back(
    visitor: ApiClient, shelf: list[tuple[int, str, int]], limit: int, order: str
) -> None:
    Workout.objects.all().delete()
    made = [
        lasting(minutes, title=title, published_at=BEGINNING + dt.timedelta(days))
        for days, title, minutes in shelf
    ]
    made.sort(key=ORDERS[order], reverse=order in FROM_THE_TOP)
    wanted = [str(workout.uid) for workout in made]
    address = f"/api/workouts?ordering={order}&limit={limit}"

    down = walk(visitor, address, "next")

    assert [uid for page in down for uid in page] == wanted
    assert all(len(page) == limit for page in down[:-1])
    last = address
    while following := visitor.get(last).json()["next"]:
        last = following
    back = walk(visitor, last, "previous")
    assert [uid for page in reversed(back) for uid in page] == wanted


@pytest.mark.django_db
def test_a_row_that_comes_meanwhile_moves_no_page(visitor: ApiClient) -> None:
    made = [factories.workout() for _ in range(4)]
    following = visitor.get("/api/workouts?limit=2").json()["next"]

    factories.workout()

    seen = [row["id"] for row in visitor.get(following).json()["results"]]
    assert seen == [str(made[1].uid), str(made[0].uid)]


@pytest.mark.django_db
@pytest.mark.parametrize("other", ["/api/exercises?", "/api/workouts?ordering=title&"])
def test_a_cursor_serves_the_list_it_came_from_and_no_other(visitor: ApiClient, other: str) -> None:
    for _ in range(2):
        factories.workout()
    following = visitor.get("/api/workouts?limit=1").json()["next"]
    cursor = following.partition("cursor=")[2]

    answer = visitor.get(f"{other}cursor={cursor}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/cursor"
    assert visitor.get(following.replace("cursor=", "cursor=A")).status_code == 400
