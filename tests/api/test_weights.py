"""What a member weighed: dated, corrected, deleted."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from fitness.accounts.models import User
from fitness.body.models import Weight
from tests import factories
from tests.api.client import ApiClient

pytestmark = pytest.mark.django_db
WEIGHTS, PROFILE = "/api/users/weights", "/api/users/profile"


@pytest.fixture(autouse=True)
def _agreed(member: User) -> None:
    factories.agree_to_health(member)


def told(**fields: Any) -> dict[str, Any]:
    at = timezone.now() - dt.timedelta(hours=1)
    return {"client_id": uuid.uuid4(), "weight_kg": 70.5, "occurred_at": at} | fields


def test_a_weight_is_logged_corrected_and_taken_back(api: ApiClient) -> None:
    made = api.post_json(WEIGHTS, told())
    path = f"{WEIGHTS}/{made.json()['id']}"

    corrected = api.put_json(path, {"weight_kg": 71})
    read = api.get(path)
    deleted = api.delete(path)

    assert (made.status_code, made.json()["weight_kg"]) == (201, 70.5)
    assert corrected.json() == read.json() == made.json() | {"weight_kg": 71}
    assert (deleted.status_code, api.get(path).status_code) == (204, 404)
    assert api.delete(path).status_code == 404
    assert api.put_json(path, {"weight_kg": 71}).status_code == 404


def test_the_latest_weighing_is_the_members_weight(api: ApiClient) -> None:
    now = timezone.now()
    latest = api.post_json(WEIGHTS, told(weight_kg=70, occurred_at=now - dt.timedelta(days=1)))
    api.post_json(WEIGHTS, told(weight_kg=80, occurred_at=now - dt.timedelta(days=9)))

    assert api.get(PROFILE).json()["weight_kg"] == 70
    api.delete(f"{WEIGHTS}/{latest.json()['id']}")
    assert api.get(PROFILE).json()["weight_kg"] == 80


def test_a_profile_that_says_the_same_weight_is_no_news(api: ApiClient) -> None:
    for weight_kg in (70, 70.0, "70.00", None, 71):
        assert api.patch_json(PROFILE, {"weight_kg": weight_kg}).status_code == 200

    assert [row["weight_kg"] for row in api.get(WEIGHTS).json()["results"]] == [71, 70]


def test_a_weight_falls_on_the_day_of_the_clock_it_happened_by() -> None:
    traveller = factories.member(time_zone="Asia/Tokyo")
    factories.agree_to_health(traveller)
    phone = ApiClient(user=traveller)
    at = dt.datetime(2026, 3, 1, 18, 30, tzinfo=dt.UTC)  # 3:30 the next morning in Tokyo

    home = phone.post_json(WEIGHTS, told(occurred_at=at)).json()
    away = phone.post_json(WEIGHTS, told(occurred_at=at, time_zone="America/Lima")).json()

    assert (home["local_day"], home["time_zone"]) == ("2026-03-02", "Asia/Tokyo")
    assert (away["local_day"], away["time_zone"]) == ("2026-03-01", "America/Lima")


def test_a_weight_sent_again_is_one(api: ApiClient) -> None:
    body = told()

    answers = [api.post_json(WEIGHTS, body, key=key) for key in ("a", "a", "b", "")]

    assert {answer.json()["id"] for answer in answers} == {str(Weight.objects.get().uid)}
    assert api.post_json(WEIGHTS, body | {"weight_kg": 99}).status_code == 409


@pytest.mark.parametrize(
    ("wrong", "status"),
    [({"weight_kg": 5}, 400), ({"weight_kg": None}, 400), ({"client_id": "x"}, 400),
     ({"occurred_at": "2999-01-01T00:00:00Z"}, 422), ({"occurred_at": "0001-01-01T00:00:00Z"}, 400),
     ({"occurred_at": "9999-12-31T23:59:59Z"}, 422), ({"time_zone": "Mars/Base"}, 400),
     ({"occurred_at": "9999-12-31T23:59:59-14:00"}, 400)],
)  # fmt: skip
def test_a_weight_that_cannot_be_is_refused(
    api: ApiClient, wrong: dict[str, Any], status: int
) -> None:
    assert api.post_json(WEIGHTS, told(**wrong)).status_code == status
    assert not Weight.objects.exists()


def test_the_weights_of_others_are_not_there(api: ApiClient) -> None:
    stranger = factories.member()
    factories.agree_to_health(stranger)
    other = ApiClient(user=stranger)
    path = f"{WEIGHTS}/{other.post_json(WEIGHTS, told()).json()['id']}"

    refused = [api.get(path), api.put_json(path, {"weight_kg": 99}), api.delete(path)]

    assert [answer.status_code for answer in refused] == [404] * 3
    assert api.get(WEIGHTS).json()["results"] == []
    assert other.get(path).json()["weight_kg"] == 70.5


@pytest.mark.parametrize("count", [1, 20])
def test_a_list_of_weights_takes_two_statements(
    api: ApiClient, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        at = timezone.now() - dt.timedelta(days=number)
        api.post_json(WEIGHTS, told(occurred_at=at))

    with django_assert_num_queries(2):
        assert len(api.get(WEIGHTS).json()["results"]) == count
