"""Progress, sessions, streak and board on a phone that sends twice, late and wrong."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from api.core.models import AnsweredRequest
from fitness.accounts.models import User
from fitness.training.models import Workout, WorkoutLog
from tests import factories
from tests.api.client import ApiClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def workout() -> Workout:
    return factories.workout(videos=1)


def told(**fields: Any) -> dict[str, Any]:
    values = {
        "client_id": uuid.uuid4(),
        "occurred_at": timezone.now() - dt.timedelta(minutes=30),
        "duration_s": 1800,
        "time_zone": "UTC",
    }
    return values | fields


def test_a_session_gives_a_streak_and_a_place(api: ApiClient, workout: Workout) -> None:
    api.patch_json("/api/users/settings", {"is_on_boards": True, "alias": "Swift"})

    logged = api.post_json(f"/api/workouts/{workout.uid}/log", told())

    assert logged.status_code == 201
    assert api.get("/api/streak").json()["current"] == 1
    week = api.get("/api/leaderboard/weekly").json()
    swift = {"rank": 1, "name": "Swift", "avatar_url": None, "points": 16, "is_me": True}
    assert week["top"] == [swift]
    assert api.get("/api/leaderboard/monthly").json()["me"]["rank"] == 1


def test_the_same_key_and_body_get_the_first_answer_back(api: ApiClient, workout: Workout) -> None:
    body = told()
    path = f"/api/workouts/{workout.uid}/log"

    first = api.post_json(path, body, key="once")
    second = api.post_json(path, body, key="once")

    assert second.json() == first.json()
    assert (second.status_code, second["Idempotent-Replayed"]) == (201, "true")
    assert WorkoutLog.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(api: ApiClient, workout: Workout) -> None:
    path = f"/api/workouts/{workout.uid}/log"
    api.post_json(path, told(), key="once")

    answer = api.post_json(path, told(), key="once")

    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:fitcore:problem:idempotency-key-reused"


def test_a_refused_request_leaves_its_key_free(api: ApiClient, workout: Workout) -> None:
    path = f"/api/workouts/{workout.uid}/log"

    assert api.post_json(path, told(effort=11), key="once").status_code == 400
    assert not AnsweredRequest.objects.exists()
    assert api.post_json(path, told(), key="once").status_code == 201


def test_keys_of_two_members_have_nothing_to_do_with_each_other(
    api: ApiClient, workout: Workout
) -> None:
    path = f"/api/workouts/{workout.uid}/log"
    other = ApiClient(user=factories.member())

    assert api.post_json(path, told(), key="once").status_code == 201
    assert other.post_json(path, told(), key="once").status_code == 201


def test_one_session_id_with_other_content_is_a_conflict(api: ApiClient, workout: Workout) -> None:
    body = told()
    path = f"/api/workouts/{workout.uid}/log"
    api.post_json(path, body)

    assert api.post_json(path, body).status_code == 201
    answer = api.post_json(path, body | {"duration_s": 60}, key="new")
    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:fitcore:problem:logged-differently"


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"duration_s": 0}, "/duration_s"),
        ({"duration_s": "long"}, "/duration_s"),
        ({"client_id": "7"}, "/client_id"),
        ({"time_zone": "Mars/Base"}, "/time_zone"),
        ({"occurred_at": "yesterday"}, "/occurred_at"),
        ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "/occurred_at"),
        ({"effort": 11}, "/effort"),
        ({"note": "x" * 1001}, "/note"),
        ({"note": "a\u0000b"}, "/note"),
        ({"sets": [{"exercise": str(uuid.uuid4()), "reps": 3}]}, "/sets"),
        ({"sets": [{"exercise": str(uuid.uuid4())}]}, "/sets/0"),
        ({"sets": "many"}, "/sets"),
    ],
)
def test_what_is_wrong_with_a_session_is_said_field_by_field(
    api: ApiClient, workout: Workout, fields: dict[str, Any], pointer: str
) -> None:
    answer = api.post_json(f"/api/workouts/{workout.uid}/log", told(**fields))

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"].startswith(pointer)
    assert not WorkoutLog.objects.exists()


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b'{"a": NaN}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"[]", "application/json", 400),
        (b'"text"', "application/json", 400),
        (b"a=1", "application/x-www-form-urlencoded", 415),
        (b"<a/>", "text/xml", 415),
        (b'"' + b"x" * 3_000_000 + b'"', "application/json", 413),
    ],
)
def test_a_body_that_is_no_request_is_refused(
    api: ApiClient, workout: Workout, body: bytes, content_type: str, status: int
) -> None:
    answer = api.generic("POST", f"/api/workouts/{workout.uid}/log", body, content_type)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"


def test_sets_are_kept_in_order_and_can_be_told_anew(api: ApiClient, workout: Workout) -> None:
    squat = factories.exercise()
    body = told(sets=[{"exercise": squat.uid, "reps": 8, "weight_kg": 62.5}], effort=8)
    logged = api.post_json(f"/api/workouts/{workout.uid}/log", body).json()
    path = f"/api/workouts/logs/{logged['id']}"

    changed = api.put_json(path, {"duration_s": 60, "sets": [{"exercise": squat.uid, "reps": 5}]})

    assert logged["sets"] == [
        {"exercise": str(squat.uid), "reps": 8, "duration_s": None, "weight_kg": 62.5}
    ]
    assert (changed.json()["duration_s"], changed.json()["effort"]) == (60, None)
    assert [done["reps"] for done in changed.json()["sets"]] == [5]
    assert api.delete(path).status_code == 204
    assert api.get(path).status_code == 404
    assert api.get("/api/streak").json()["total_days"] == 0


def test_nobody_reads_changes_or_removes_anothers_session(api: ApiClient) -> None:
    theirs = factories.session(user=factories.member(), at=timezone.now())
    path = f"/api/workouts/logs/{theirs.uid}"

    assert api.get(path).status_code == 404
    assert api.put_json(path, {"duration_s": 60}).status_code == 404
    assert api.delete(path).status_code == 404
    assert WorkoutLog.objects.get().duration_seconds == theirs.duration_seconds


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_of_sessions_takes_the_same_queries_whatever_its_length(
    api: ApiClient, member: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        factories.session(user=member, at=timezone.now() - dt.timedelta(hours=number))

    with django_assert_num_queries(2):  # member, sessions with their sets
        assert len(api.get("/api/workouts/logs").json()["results"]) == count


def test_progress_never_goes_backwards(api: ApiClient, workout: Workout) -> None:
    now = timezone.now()
    video = workout.places.get().video.uid
    path = f"/api/workouts/{workout.uid}/progress"

    def tell(percent: int, position: int, minutes_ago: int) -> dict[str, Any]:
        body = {
            "video": video,
            "percent": percent,
            "position_s": position,
            "watched_at": now - dt.timedelta(minutes=minutes_ago),
        }
        answer: dict[str, Any] = api.post_json(path, body).json()
        return answer

    tell(60, 360, minutes_ago=10)
    late = tell(20, 120, minutes_ago=30)
    rewound = tell(30, 180, minutes_ago=1)
    finished = tell(100, 600, minutes_ago=20)

    assert (late["percent"], late["position_s"]) == (60, 360)
    assert (rewound["percent"], rewound["position_s"]) == (60, 180)
    assert (finished["percent"], finished["position_s"]) == (100, 180)
    assert finished["completed_at"] is not None


def test_progress_is_for_videos_of_the_workout(api: ApiClient, workout: Workout) -> None:
    body = {"video": uuid.uuid4(), "percent": 1, "position_s": 1, "watched_at": timezone.now()}

    assert api.post_json(f"/api/workouts/{workout.uid}/progress", body).status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/api/streak"), ("GET", "/api/leaderboard/weekly"), ("GET", "/api/workouts/logs"),
     ("GET", "/api/users/profile"), ("PATCH", "/api/users/settings")],
)  # fmt: skip
def test_a_visitor_is_asked_to_sign_in(visitor: ApiClient, method: str, path: str) -> None:
    answer = visitor.send(method, path)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("query", ["limit=0", "limit=1000", "day=never", "day=9999-12-31"])
def test_a_board_that_cannot_be_is_refused(api: ApiClient, query: str) -> None:
    assert api.get(f"/api/leaderboard/weekly?{query}").status_code == 400


def test_board_and_streak_take_few_queries(
    api: ApiClient, member: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        factories.session(user=factories.member(is_on_boards=True), at=timezone.now())
    factories.session(user=member, at=timezone.now())

    with django_assert_max_num_queries(6):
        api.get("/api/leaderboard/weekly")
    with django_assert_max_num_queries(4):
        api.get("/api/streak?days=366")


def test_boards_tell_names_and_points_and_nothing_else(api: ApiClient) -> None:
    other = factories.member(is_on_boards=True, name="Real Name")
    factories.session(user=other, at=timezone.now())

    week = api.get("/api/leaderboard/weekly")

    assert set(week.json()["top"][0]) == {"rank", "name", "avatar_url", "points", "is_me"}
    assert other.email not in week.content.decode()
    assert "Real Name" not in week.content.decode()


def test_a_profile_is_changed_in_parts_or_as_a_whole(api: ApiClient) -> None:
    path = "/api/users/profile"
    api.patch_json(path, {"time_zone": "Asia/Tokyo"})

    assert api.get(path).json()["time_zone"] == "Asia/Tokyo"
    assert api.put_json(path, {"name": "Ada"}).status_code == 400
    assert api.patch_json(path, {"day_starts_at": 7}).status_code == 400
    assert api.patch_json("/api/users/settings", {"units": "stones"}).status_code == 400
