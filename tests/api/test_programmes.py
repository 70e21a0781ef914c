"""Programmes, tutorials' films and trainers on a phone."""

import uuid

import pytest
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from fitness.accounts.models import User
from fitness.training.models import Workout
from fitness.training.services import save_progress
from tests import factories
from tests.api.client import ApiClient
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db


def test_a_programme_tells_its_weeks_in_order(visitor: ApiClient) -> None:
    workouts = [pages.workout_page(title=f"Day {day}") for day in range(4)]
    programme = pages.programme_page(workouts=workouts, a_week=3)

    told = visitor.get(f"/api/content/programmes/{programme.translation_key}").json()

    assert [week["number"] for week in told["plan"]] == [1, 2]
    assert [
        (session["day"], session["workout"]["title"])
        for week in told["plan"]
        for session in week["sessions"]
    ] == [(1, "Day 0"), (2, "Day 1"), (3, "Day 2"), (1, "Day 3")]


def test_each_workout_of_a_programme_keeps_its_own_gate(api: ApiClient, member: User) -> None:
    free, dear = pages.workout_page(), pages.workout_page(access="premium")
    programme = pages.programme_page(workouts=[free, dear], access="premium")
    pages.give(member, f"programme:{programme.translation_key}")

    told = api.get(f"/api/content/programmes/{programme.translation_key}").json()

    (week,) = told["plan"]
    granted = [session["workout"]["access"]["granted"] for session in week["sessions"]]
    assert (told["access"]["granted"], granted) == (True, [True, False])


def test_a_workout_that_left_the_library_leaves_its_programme(visitor: ApiClient) -> None:
    gone = pages.workout_page()
    programme = pages.programme_page(workouts=[gone])
    gone.unpublish()

    told = visitor.get(f"/api/content/programmes/{programme.translation_key}").json()

    assert told["plan"] == []


def test_a_programme_tells_how_far_the_member_came(
    api: ApiClient, member: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page = pages.workout_page(videos=2, access="premium")
    programme = pages.programme_page(
        workouts=[page, pages.workout_page()], access="premium", cover_image=pages.image()
    )
    workout = Workout.objects.get(uid=page.translation_key)
    now = timezone.now()
    save_progress(
        user_id=member.pk, workout=workout, video=workout.places.all()[0].video,
        percent=50, position_seconds=30, watched_at=now, now=now,
    )  # fmt: skip

    with django_assert_max_num_queries(6):
        told = api.get(f"/api/content/programmes/{programme.translation_key}").json()

    assert [session["percent"] for session in told["plan"][0]["sessions"]] == [25, None]


def test_a_tutorials_video_is_named_to_whoever_may_watch_it(api: ApiClient, member: User) -> None:
    video = factories.video()
    tutorial = pages.tutorial_page(access="premium", video=video)
    path = f"/api/content/tutorials/{tutorial.translation_key}"

    locked = api.get(path)
    pages.give(member, "premium")
    opened = api.get(path)

    assert locked.json()["video"] is None
    assert str(video.uid) not in locked.content.decode()
    assert opened.json()["video"]["id"] == str(video.uid)
    assert str(video.file.name) not in opened.content.decode()


def test_workouts_name_their_trainer_and_are_found_by_them(visitor: ApiClient) -> None:
    mara = pages.trainer_page(title="Mara", role="Strength coach")
    hers = pages.workout_page(trainer=mara)
    programme = pages.programme_page(workouts=[hers])
    pages.programme_page(workouts=[pages.workout_page()])
    uid = str(mara.translation_key)

    (row,) = visitor.get(f"/api/workouts?trainer={uid}").json()["results"]
    (course,) = visitor.get(f"/api/content/programmes?trainer={uid}").json()["results"]
    detail = visitor.get(f"/api/workouts/{hers.translation_key}").json()

    assert row["id"] == str(hers.translation_key)
    assert row["trainer"] == {"id": uid, "name": "Mara", "role": "Strength coach"}
    assert detail["trainer"] == row["trainer"]
    assert course["id"] == str(programme.translation_key)
    assert visitor.get(f"/api/workouts?trainer={uuid.uuid4()}").json()["results"] == []


@pytest.mark.django_db(transaction=True)
def test_a_trainer_with_another_name_has_it_in_the_apps(visitor: ApiClient) -> None:
    mara = pages.trainer_page(title="Mara")
    workout = pages.workout_page(trainer=mara)
    path = f"/api/workouts/{workout.translation_key}"

    mara.title = "Mara Lind"
    pages.publish(mara)
    renamed = visitor.get(path).json()["trainer"]["name"]
    mara.unpublish()

    assert (renamed, visitor.get(path).json()["trainer"]) == ("Mara Lind", None)


def test_a_workout_that_left_the_library_is_named_to_phones(visitor: ApiClient) -> None:
    since = timezone.now().isoformat().replace("+00:00", "Z")
    gone = pages.workout_page()
    gone.unpublish()

    answer = visitor.get(f"/api/workouts?updated_since={since}").json()

    assert (answer["results"], answer["removed"]) == ([], [str(gone.translation_key)])
