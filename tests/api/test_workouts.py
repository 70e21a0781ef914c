"""The library on a phone: lists, detail, gating, conventions."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from commerce.entitlements.services import set_rights
from fitness.accounts.models import User
from fitness.training.models import Workout
from tests import factories
from tests.api.client import ApiClient

pytestmark = pytest.mark.django_db
SECRET = "The secret part."


def give_premium(user: User) -> None:
    now = timezone.now()
    set_rights(
        user_id=user.pk,
        source="test",
        keys=["premium"],
        starts_at=now - dt.timedelta(days=1),
        ends_at=now + dt.timedelta(days=1),
        now=now,
    )


def own_workout(user: User) -> Workout:
    return Workout.objects.create(owner=user, title="Mine", published_at=timezone.now())


def test_the_library_lists_the_newest_first(visitor: ApiClient) -> None:
    older, newer = factories.workout(), factories.workout()

    listed = visitor.get("/api/workouts").json()["results"]

    assert [row["id"] for row in listed] == [str(newer.uid), str(older.uid)]


@pytest.mark.parametrize("count", [1, 30])
def test_a_list_takes_the_same_queries_whatever_its_length(
    api: ApiClient, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        factories.workout(access="premium", category_id=factories.category().pk)

    with django_assert_num_queries(3):  # member, workouts, rights and offers
        assert api.get("/api/workouts").status_code == 200


def test_pages_follow_each_other_without_a_gap_or_a_double(visitor: ApiClient) -> None:
    made = [factories.workout() for _ in range(5)]

    first = visitor.get("/api/workouts?limit=2").json()
    second = visitor.get(first["next"]).json()
    third = visitor.get(second["next"]).json()

    seen = [row["id"] for page in (first, second, third) for row in page["results"]]
    assert seen == [str(workout.uid) for workout in reversed(made)]
    assert third["next"] is None
    assert visitor.get(second["previous"]).json()["results"] == first["results"]


@pytest.mark.parametrize(
    "query",
    ["limit=101", "limit=0", "limit=many", "limit=-1", "cursor=nonsense", "difficulty=heroic",
     "ordering=password", "min_duration_s=-1", "updated_since=yesterday", "category=%00"],
)  # fmt: skip
def test_a_bad_query_is_refused_with_the_field_that_is_wrong(
    visitor: ApiClient, query: str
) -> None:
    answer = visitor.get(f"/api/workouts?{query}")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["pointer"] == "/" + query.split("=", maxsplit=1)[0]


def test_filters_hold_at_once(visitor: ApiClient) -> None:
    shelf = factories.category(slug="strength")
    wanted = factories.workout(category_id=shelf.pk, equipment=["barbell"], difficulty="advanced")
    factories.workout(category_id=shelf.pk, equipment=["mat"], difficulty="advanced")
    factories.workout(equipment=["barbell"], difficulty="advanced")

    path = "/api/workouts?category=strength&equipment=barbell&difficulty=advanced"
    listed = visitor.get(path).json()["results"]

    assert [row["id"] for row in listed] == [str(wanted.uid)]


def test_members_see_their_own_workouts_and_nobody_elses(api: ApiClient, member: User) -> None:
    mine, others = own_workout(member), own_workout(factories.member())

    listed = api.get("/api/workouts?source=own").json()["results"]

    assert [row["id"] for row in listed] == [str(mine.uid)]
    assert api.get(f"/api/workouts/{others.uid}").status_code == 404


def test_a_locked_workout_has_its_teaser_and_neither_body_nor_address(api: ApiClient) -> None:
    workout = factories.workout(access="premium", videos=2)

    detail = api.get(f"/api/workouts/{workout.uid}")
    videos = api.get(f"/api/workouts/{workout.uid}/videos")

    assert detail.json()["access"] | {"offers": []} == {
        "required": "premium", "granted": False, "reason": "locked", "offers": [],
    }  # fmt: skip
    assert detail.json()["teaser"] == "What waits inside."
    assert detail.json()["body"] == []
    assert SECRET not in detail.content.decode()
    assert [row["playback"] for row in videos.json()["results"]] == [None, None]


def test_a_sample_plays_for_everyone_and_the_rest_does_not(visitor: ApiClient) -> None:
    workout = factories.workout(access="premium", videos=2, samples=1)

    sample, rest = visitor.get(f"/api/workouts/{workout.uid}/videos").json()["results"]

    assert visitor.get(sample["playback"]["url"]).status_code == 200
    assert (rest["is_open"], rest["playback"]) == (False, None)


def test_the_right_opens_body_and_videos(api: ApiClient, member: User) -> None:
    workout = factories.workout(access="premium", videos=1)
    give_premium(member)

    detail = api.get(f"/api/workouts/{workout.uid}").json()
    (video,) = api.get(f"/api/workouts/{workout.uid}/videos").json()["results"]

    assert detail["access"]["granted"] is True
    assert SECRET in str(detail["body"])
    assert b"".join(api.get(video["playback"]["url"]).streaming_content) == b"moving pictures"


def test_detail_and_videos_take_few_queries(
    api: ApiClient, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    workout = factories.workout(access="premium", videos=4, exercises=6)

    for path in ("", "/videos"):
        with django_assert_max_num_queries(6):
            assert api.get(f"/api/workouts/{workout.uid}{path}").status_code == 200


def test_an_unpublished_workout_is_gone_and_a_members_log_of_it_stays(
    api: ApiClient, member: User
) -> None:
    from fitness.training.services import withdraw_workout

    workout = factories.workout()
    factories.session(user=member, at=timezone.now(), workout=workout)

    withdraw_workout(uid=workout.uid)

    assert api.get(f"/api/workouts/{workout.uid}").status_code == 404
    assert api.get("/api/workouts/logs").json()["results"][0]["title"] == workout.title


def test_who_has_the_list_already_gets_304(visitor: ApiClient) -> None:
    factories.workout()
    etag = visitor.get("/api/workouts")["ETag"]

    again = visitor.get("/api/workouts", headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("access", ["free", "premium"])
@pytest.mark.parametrize("is_one", [False, True])
def test_a_member_learns_in_three_queries_that_nothing_changed(
    api: ApiClient,
    access: str,
    is_one: bool,  # noqa: FBT001
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    workout = factories.workout(access=access, videos=2, exercises=3)
    path = f"/api/workouts/{workout.uid}" if is_one else "/api/workouts"
    etag = api.get(path)["ETag"]

    with django_assert_max_num_queries(3):
        again = api.get(path, headers={"If-None-Match": etag})

    assert again.status_code == 304


def test_what_a_member_buys_changes_what_they_have(api: ApiClient, member: User) -> None:
    workout = factories.workout(access="premium")
    etag = api.get(f"/api/workouts/{workout.uid}")["ETag"]

    give_premium(member)

    again = api.get(f"/api/workouts/{workout.uid}", headers={"If-None-Match": etag})
    assert again.json()["access"] | {"offers": []} == {
        "required": "premium", "granted": True, "reason": "right", "offers": [],
    }  # fmt: skip


def test_own_workouts_stand_among_the_librarys_in_order(api: ApiClient, member: User) -> None:
    made = [factories.workout(), own_workout(member), factories.workout(), own_workout(member)]

    first = api.get("/api/workouts?limit=2").json()
    rest = api.get(first["next"]).json()
    back = api.get(rest["previous"]).json()

    shown = [row["id"] for row in first["results"] + rest["results"]]
    newest = sorted(made, key=lambda workout: (workout.published_at, workout.pk), reverse=True)
    assert shown == [str(workout.uid) for workout in newest]
    assert back["results"] == first["results"]


def test_answers_say_who_may_keep_them(api: ApiClient, visitor: ApiClient) -> None:
    workout = factories.workout(videos=1)

    assert visitor.get("/api/workouts")["Cache-Control"] == "public, max-age=60"
    assert api.get("/api/workouts")["Cache-Control"] == "private, no-cache"
    assert api.get(f"/api/workouts/{workout.uid}/videos")["Cache-Control"] == "no-store"
    assert "Authorization" in visitor.get("/api/workouts")["Vary"]


@pytest.mark.parametrize(
    "path",
    [
        f"/api/workouts/{uuid.UUID(int=1)}",
        "/api/workouts/42",
        "/api/workouts/",
        "/api/nothing",
        "/api/",
    ],
)
def test_an_unknown_address_is_a_problem_document(visitor: ApiClient, path: str) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_categories_tell_how_much_is_on_the_shelf(visitor: ApiClient) -> None:
    shelf = factories.category(name="Strength", slug="strength", hue=20)
    factories.workout(category_id=shelf.pk)

    assert visitor.get("/api/workouts/categories").json()["results"] == [
        {"slug": "strength", "name": "Strength", "hue": 20, "workouts": 1}
    ]


def test_featured_is_what_editors_chose(visitor: ApiClient) -> None:
    chosen = factories.workout(is_featured=True)
    factories.workout()

    listed = visitor.get("/api/workouts/featured").json()["results"]

    assert [row["id"] for row in listed] == [str(chosen.uid)]


def test_playback_is_given_by_right_and_refused_with_what_would_open_it(
    api: ApiClient, member: User
) -> None:
    workout = factories.workout(access="premium", videos=1)
    video = workout.places.get().video
    path = f"/api/content/playback/{video.uid}"

    assert api.post_json(path).json()["type"] == "urn:fitcore:problem:locked"
    give_premium(member)
    assert api.get(api.post_json(path).json()["url"]).status_code == 200
    assert api.post_json(f"/api/content/playback/{uuid.uuid4()}").status_code == 404


def test_the_exercise_library_answers_by_muscle(visitor: ApiClient) -> None:
    wanted = factories.exercise(muscles=["chest"])
    factories.exercise(muscles=["back"])

    (row,) = visitor.get("/api/exercises?muscle=chest").json()["results"]

    assert row["id"] == str(wanted.uid)
    assert visitor.get(f"/api/exercises/{wanted.uid}").json()["steps"] == ["Stand.", "Move."]
