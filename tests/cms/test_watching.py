"""Videos: who gets an address, and how far a member came."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.utils import timezone

from fitness.accounts.models import User
from fitness.training.models import Workout, WorkoutProgress
from tests import factories
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db


def address(kind: str, workout: Workout, place: int = 0) -> str:
    video = workout.places.order_by("position")[place].video
    return f"/train/{workout.uid}/{kind}/{video.uid}"


def playback(workout: Workout, place: int = 0) -> str:
    return address("playback", workout, place)


def progress(workout: Workout, place: int = 0) -> str:
    return address("progress", workout, place)


def test_an_open_video_has_an_address_for_a_few_minutes(client: Client) -> None:
    answer = client.post(playback(factories.workout(videos=1)))

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    ends = dt.datetime.fromisoformat(answer.json()["expires_at"]) - timezone.now()
    assert dt.timedelta(minutes=4) < ends <= dt.timedelta(minutes=5)
    assert client.get(answer.json()["url"]).status_code == 200


def test_a_locked_video_has_no_address_and_says_what_opens_it(signed_in: Client) -> None:
    offer = pages.monthly()

    answer = signed_in.post(playback(factories.workout(videos=1, access="premium")))

    assert answer.status_code == 403
    assert answer.json()["reason"] == "locked"
    assert [found["uid"] for found in answer.json()["offers"]] == [str(offer.uid)]
    assert "url" not in answer.json()


def test_premium_opens_it(signed_in: Client, member: User) -> None:
    pages.give(member, "premium")

    answer = signed_in.post(playback(factories.workout(videos=1, access="premium")))

    assert answer.status_code == 200


def test_a_sample_is_for_everyone_and_only_the_sample(client: Client) -> None:
    workout = factories.workout(videos=2, samples=1, access="premium")

    assert client.post(playback(workout, 0)).status_code == 200
    assert client.post(playback(workout, 1)).status_code == 403


def test_what_is_free_for_members_asks_visitors_to_sign_in(client: Client) -> None:
    answer = client.post(playback(factories.workout(videos=1, access="member")))

    assert (answer.status_code, answer.json()["reason"]) == (403, "sign_in")


def test_a_video_that_is_not_in_the_workout_is_unknown(client: Client) -> None:
    workout = factories.workout(videos=1)
    other = factories.workout(videos=1)

    mixed = playback(other).replace(str(other.uid), str(workout.uid))

    assert client.post(mixed).status_code == 404
    assert client.post(f"/train/{uuid.uuid4()}/playback/{uuid.uuid4()}").status_code == 404


def test_a_withdrawn_workout_has_no_addresses(client: Client) -> None:
    workout = factories.workout(videos=1)
    Workout.objects.update(is_published=False)

    assert client.post(playback(workout)).status_code == 404


def test_an_address_is_asked_for_by_post(client: Client) -> None:
    assert client.get(playback(factories.workout(videos=1))).status_code == 405


def test_progress_is_kept_and_never_falls(signed_in: Client) -> None:
    url = progress(factories.workout(videos=1))

    signed_in.post(url, {"percent": 80, "position_seconds": 480})
    answer = signed_in.post(url, {"percent": 20, "position_seconds": 120})

    kept = WorkoutProgress.objects.get()
    assert answer.status_code == 204
    assert (kept.percent, kept.position_seconds) == (80, 120)


def test_progress_may_come_as_json(signed_in: Client) -> None:
    sent = {"percent": 10, "position_seconds": 60}

    answer = signed_in.post(
        progress(factories.workout(videos=1)), sent, content_type="application/json"
    )

    assert answer.status_code == 204


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"percent": 101, "position_seconds": 1},
        {"percent": -1, "position_seconds": 1},
        {"percent": "much", "position_seconds": 1},
        {"percent": 1, "position_seconds": 10**12},
        {"percent": 1, "position_seconds": 1, "watched_at": "yesterday"},
    ],
)
@pytest.mark.parametrize("kind", ["form", "json"])
def test_nonsense_progress_is_refused(signed_in: Client, sent: dict[str, Any], kind: str) -> None:
    url = progress(factories.workout(videos=1))
    encoded = {"json": "application/json", "form": MULTIPART_CONTENT}[kind]

    answer = signed_in.post(url, sent, content_type=encoded)

    assert answer.status_code == 400
    assert answer.json()["detail"]
    assert not WorkoutProgress.objects.exists()


@pytest.mark.parametrize("body", ["{", "[1]", "null", '"x"', "\xff"])
def test_progress_in_broken_json_is_refused(signed_in: Client, body: str) -> None:
    url = progress(factories.workout(videos=1))

    answer = signed_in.post(url, body.encode("latin-1"), content_type="application/json")

    assert answer.status_code == 400


def test_a_locked_video_keeps_no_progress(signed_in: Client) -> None:
    url = progress(factories.workout(videos=1, access="premium"))

    answer = signed_in.post(url, {"percent": 10, "position_seconds": 1})

    assert answer.status_code == 403


def test_visitors_have_no_progress(client: Client) -> None:
    url = progress(factories.workout(videos=1))

    assert client.post(url, {"percent": 1, "position_seconds": 1}).status_code == 401
