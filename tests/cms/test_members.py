"""A member's own day: what was done, the streak and the board."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from commerce.checkout.services import sync_catalog
from fitness.accounts.models import Profile, User
from fitness.training.models import Workout, WorkoutLog
from tests import factories
from tests.commerce import goods
from tests.stripe import Shop

pytestmark = pytest.mark.django_db


def done(workout: Workout) -> str:
    return f"/train/{workout.uid}/done"


def _progress(workout: Workout) -> str:
    return f"/train/{workout.uid}/progress/{workout.places.get().video.uid}"


def test_a_workout_is_logged_by_its_own_length(signed_in: Client, member: User) -> None:
    answer = signed_in.post(done(factories.workout(title="Full body", videos=2)))

    log = WorkoutLog.objects.get(user=member)
    assert (log.title, log.duration_seconds) == ("Full body", 1200)
    assert (answer.status_code, answer.url) == (302, "/today")


def test_the_minutes_given_are_what_counts(signed_in: Client) -> None:
    signed_in.post(done(factories.workout(videos=1)), {"minutes": 45})

    assert WorkoutLog.objects.get().duration_seconds == 45 * 60


def test_htmx_gets_the_streak_at_once(signed_in: Client) -> None:
    answer = signed_in.post(done(factories.workout(videos=2)), headers={"HX-Request": "true"})

    html = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in html
    assert "Day one is in." in html
    assert answer.context["streak"].current == 1
    assert answer.context["points"] > 0


def test_a_second_tap_is_the_same_session(signed_in: Client) -> None:
    workout = factories.workout(videos=1)
    tap = {"client_id": str(uuid.uuid4())}

    answers = [signed_in.post(done(workout), tap, headers={"HX-Request": "true"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert WorkoutLog.objects.count() == 1


@pytest.mark.parametrize("sent", [{"minutes": 0}, {"minutes": "x"}, {"client_id": "x"}])
def test_a_session_that_makes_no_sense_is_refused(signed_in: Client, sent: dict[str, Any]) -> None:
    answer = signed_in.post(done(factories.workout(videos=1)), sent)

    assert answer.status_code == 400
    assert not WorkoutLog.objects.exists()


def test_a_workout_without_videos_asks_for_the_minutes(signed_in: Client) -> None:
    workout = factories.workout()

    asked = signed_in.post(done(workout))
    told = signed_in.post(done(workout), {"minutes": 20})

    assert (asked.status_code, asked.content) == (400, b"Say how many minutes it took.")
    assert told.status_code == 302


def test_an_unknown_workout_is_not_found(signed_in: Client) -> None:
    assert signed_in.post(f"/train/{uuid.uuid4()}/done").status_code == 404


def test_visitors_sign_in_before_they_log(client: Client) -> None:
    answer = client.post(done(factories.workout()))

    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in?next=")


def test_today_shows_streak_board_and_what_was_done(signed_in: Client, member: User) -> None:
    now = timezone.now()
    factories.session(user=member, at=now - dt.timedelta(hours=1), title="Morning run")

    answer = signed_in.get("/today")

    assert answer.status_code == 200
    assert "Morning run" in answer.content.decode()
    assert answer.context["points"] == answer.context["place"].points
    assert "no-store" in answer["Cache-Control"]


def test_a_new_member_has_a_day_too(signed_in: Client) -> None:
    assert signed_in.get("/today").status_code == 200


def test_what_was_begun_can_be_gone_on_with(signed_in: Client) -> None:
    begun, finished = factories.workout(videos=1), factories.workout(videos=1)
    factories.workout(videos=1)
    signed_in.post(_progress(begun), {"percent": 40, "position_seconds": 1})
    signed_in.post(_progress(finished), {"percent": 100, "position_seconds": 600})

    cards = signed_in.get("/today").context["continue_watching"]

    assert [(card.uid, card.percent) for card in cards] == [(begun.uid, 40)]


def test_visitors_have_no_day(client: Client) -> None:
    assert client.get("/today").url == "/sign-in?next=/today"


def test_a_day_after_a_long_history_costs_no_more_than_a_short_one(
    signed_in: Client, member: User, django_assert_max_num_queries: Any
) -> None:
    now = timezone.now()
    factories.session(user=member, at=now - dt.timedelta(hours=1))
    signed_in.get("/today")
    with django_assert_max_num_queries(20) as short:
        signed_in.get("/today")
    factories.done_days(user=member, count=20, until=now.date() - dt.timedelta(days=1))

    with django_assert_max_num_queries(len(short)):
        signed_in.get("/today")


def test_a_member_joins_under_a_name_and_leaves_again(signed_in: Client, member: User) -> None:
    signed_in.post("/settings/board", {"is_on_boards": "on", "alias": "Kettle Belle"})
    joined = Profile.objects.get(user=member)
    signed_in.post("/settings/board", {"is_on_boards": ""})
    left = Profile.objects.get(user=member)

    assert (joined.is_on_boards, joined.alias) == (True, "Kettle Belle")
    assert (left.is_on_boards, left.alias) == (False, "Kettle Belle")


@pytest.mark.parametrize("alias", ["", "   ", "me@example.com", "x" * 31])
def test_a_name_that_will_not_do_is_refused(signed_in: Client, member: User, alias: str) -> None:
    signed_in.post("/settings/board", {"is_on_boards": "on", "alias": alias})

    assert not Profile.objects.get(user=member).is_on_boards


def test_htmx_gets_the_board_alone(signed_in: Client) -> None:
    answer = signed_in.post(
        "/settings/board",
        {"is_on_boards": "on", "alias": "Kettle Belle"},
        headers={"HX-Request": "true"},
    )

    html = answer.content.decode()
    assert "Kettle Belle" in html
    assert "<html" not in html


def test_two_clicks_on_one_buy_button_are_one_way_to_the_till(
    signed_in: Client, shop: Shop
) -> None:
    offer = goods.monthly()
    sync_catalog()
    attempt = {"attempt": str(uuid.uuid4())}

    first, second = (signed_in.post(f"/plans/{offer.uid}/buy", attempt) for _ in range(2))

    assert (first.status_code, first.url) == (303, second.url)
