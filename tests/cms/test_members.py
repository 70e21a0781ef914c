"""What visitors and members do outside the editors' pages: watch, train, buy, stand on boards."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.utils import timezone

from commerce.catalog.models import Offer, Product
from fitness.accounts.models import Profile, User
from fitness.training.models import Workout, WorkoutLog, WorkoutProgress
from tests import factories
from tests.cms.test_gate import give

pytestmark = pytest.mark.django_db


def playback(workout: Workout, place: int = 0) -> str:
    return f"/train/{workout.uid}/playback/{_video(workout, place)}"


def progress(workout: Workout, place: int = 0) -> str:
    return f"/train/{workout.uid}/progress/{_video(workout, place)}"


def done(workout: Workout) -> str:
    return f"/train/{workout.uid}/done"


def _video(workout: Workout, place: int) -> uuid.UUID:
    return workout.places.order_by("position")[place].video.uid


def monthly() -> Offer:
    product = Product.objects.create(
        slug="monthly", kind="subscription", title="Monthly", group="premium", opens=["premium"]
    )
    return Offer.objects.create(
        product=product, lookup_key="monthly", price_minor=999, currency="eur", interval="month"
    )


class TestWatching:
    def test_an_open_video_has_an_address_for_a_few_minutes(self, client: Client) -> None:
        answer = client.post(playback(factories.workout(videos=1)))

        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"
        ends = dt.datetime.fromisoformat(answer.json()["expires_at"]) - timezone.now()
        assert dt.timedelta(minutes=4) < ends <= dt.timedelta(minutes=5)
        assert client.get(answer.json()["url"]).status_code == 200

    def test_a_locked_video_has_no_address_and_says_what_opens_it(self, signed_in: Client) -> None:
        offer = monthly()

        answer = signed_in.post(playback(factories.workout(videos=1, access="premium")))

        assert answer.status_code == 403
        assert answer.json()["reason"] == "locked"
        assert [found["uid"] for found in answer.json()["offers"]] == [str(offer.uid)]
        assert "url" not in answer.json()

    def test_premium_opens_it(self, signed_in: Client, member: User) -> None:
        give(member, "premium")

        answer = signed_in.post(playback(factories.workout(videos=1, access="premium")))

        assert answer.status_code == 200

    def test_a_sample_is_for_everyone_and_only_the_sample(self, client: Client) -> None:
        workout = factories.workout(videos=2, samples=1, access="premium")

        assert client.post(playback(workout, 0)).status_code == 200
        assert client.post(playback(workout, 1)).status_code == 403

    def test_what_is_free_for_members_asks_visitors_to_sign_in(self, client: Client) -> None:
        answer = client.post(playback(factories.workout(videos=1, access="member")))

        assert (answer.status_code, answer.json()["reason"]) == (403, "sign_in")

    def test_a_video_that_is_not_in_the_workout_is_unknown(self, client: Client) -> None:
        workout = factories.workout(videos=1)
        other = factories.workout(videos=1)

        mixed = f"/train/{workout.uid}/playback/{_video(other, 0)}"

        assert client.post(mixed).status_code == 404
        assert client.post(f"/train/{uuid.uuid4()}/playback/{uuid.uuid4()}").status_code == 404

    def test_a_withdrawn_workout_has_no_addresses(self, client: Client) -> None:
        workout = factories.workout(videos=1)
        Workout.objects.update(is_published=False)

        assert client.post(playback(workout)).status_code == 404

    def test_an_address_is_asked_for_by_post(self, client: Client) -> None:
        assert client.get(playback(factories.workout(videos=1))).status_code == 405


class TestProgress:
    def test_it_is_kept_and_never_falls(self, signed_in: Client) -> None:
        address = progress(factories.workout(videos=1))

        signed_in.post(address, {"percent": 80, "position_seconds": 480})
        answer = signed_in.post(address, {"percent": 20, "position_seconds": 120})

        kept = WorkoutProgress.objects.get()
        assert answer.status_code == 204
        assert (kept.percent, kept.position_seconds) == (80, 120)

    def test_json_is_understood_as_well(self, signed_in: Client) -> None:
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
    def test_nonsense_is_refused(self, signed_in: Client, sent: dict[str, Any], kind: str) -> None:
        address = progress(factories.workout(videos=1))
        encoded = {"json": "application/json", "form": MULTIPART_CONTENT}[kind]

        answer = signed_in.post(address, sent, content_type=encoded)

        assert answer.status_code == 400
        assert answer.json()["detail"]
        assert not WorkoutProgress.objects.exists()

    @pytest.mark.parametrize("body", ["{", "[1]", "null", '"x"', "\xff"])
    def test_broken_json_is_refused(self, signed_in: Client, body: str) -> None:
        address = progress(factories.workout(videos=1))

        answer = signed_in.post(address, body.encode("latin-1"), content_type="application/json")

        assert answer.status_code == 400

    def test_a_locked_video_keeps_none(self, signed_in: Client) -> None:
        address = progress(factories.workout(videos=1, access="premium"))

        answer = signed_in.post(address, {"percent": 10, "position_seconds": 1})

        assert answer.status_code == 403

    def test_visitors_have_none(self, client: Client) -> None:
        address = progress(factories.workout(videos=1))

        assert client.post(address, {"percent": 1, "position_seconds": 1}).status_code == 401


class TestDone:
    def test_a_workout_is_logged_by_its_own_length(self, signed_in: Client, member: User) -> None:
        answer = signed_in.post(done(factories.workout(title="Full body", videos=2)))

        log = WorkoutLog.objects.get(user=member)
        assert (log.title, log.duration_seconds) == ("Full body", 1200)
        assert (answer.status_code, answer.url) == (302, "/today")

    def test_the_minutes_given_are_what_counts(self, signed_in: Client) -> None:
        signed_in.post(done(factories.workout(videos=1)), {"minutes": 45})

        assert WorkoutLog.objects.get().duration_seconds == 45 * 60

    def test_htmx_gets_the_streak_at_once(self, signed_in: Client) -> None:
        answer = signed_in.post(done(factories.workout(videos=2)), headers={"HX-Request": "true"})

        html = answer.content.decode()
        assert answer.status_code == 200
        assert "<html" not in html
        assert "Day one is in." in html
        assert answer.context["streak"].current == 1
        assert answer.context["points"] > 0

    def test_a_second_tap_is_the_same_session(self, signed_in: Client) -> None:
        workout = factories.workout(videos=1)
        tap = {"client_id": str(uuid.uuid4())}

        answers = [
            signed_in.post(done(workout), tap, headers={"HX-Request": "true"}) for _ in range(2)
        ]

        assert [answer.status_code for answer in answers] == [200, 200]
        assert WorkoutLog.objects.count() == 1

    @pytest.mark.parametrize("sent", [{"minutes": 0}, {"minutes": "x"}, {"client_id": "x"}])
    def test_nonsense_is_refused(self, signed_in: Client, sent: dict[str, Any]) -> None:
        answer = signed_in.post(done(factories.workout(videos=1)), sent)

        assert answer.status_code == 400
        assert not WorkoutLog.objects.exists()

    def test_a_workout_without_videos_asks_for_the_minutes(self, signed_in: Client) -> None:
        workout = factories.workout()

        asked = signed_in.post(done(workout))
        told = signed_in.post(done(workout), {"minutes": 20})

        assert (asked.status_code, asked.content) == (400, b"Say how many minutes it took.")
        assert told.status_code == 302

    def test_an_unknown_workout_is_not_found(self, signed_in: Client) -> None:
        assert signed_in.post(f"/train/{uuid.uuid4()}/done").status_code == 404

    def test_visitors_sign_in_first(self, client: Client) -> None:
        answer = client.post(done(factories.workout()))

        assert answer.status_code == 302
        assert answer.url.startswith("/sign-in?next=")


class TestToday:
    def test_it_shows_streak_board_and_what_was_done(self, signed_in: Client, member: User) -> None:
        now = timezone.now()
        factories.session(user=member, at=now - dt.timedelta(hours=1), title="Morning run")

        answer = signed_in.get("/today")

        assert answer.status_code == 200
        assert "Morning run" in answer.content.decode()
        assert answer.context["points"] == answer.context["place"].points
        assert "no-store" in answer["Cache-Control"]

    def test_a_new_member_has_a_day_too(self, signed_in: Client) -> None:
        assert signed_in.get("/today").status_code == 200

    def test_what_was_begun_can_be_gone_on_with(self, signed_in: Client) -> None:
        begun, finished = factories.workout(videos=1), factories.workout(videos=1)
        factories.workout(videos=1)
        signed_in.post(progress(begun), {"percent": 40, "position_seconds": 1})
        signed_in.post(progress(finished), {"percent": 100, "position_seconds": 600})

        cards = signed_in.get("/today").context["continue_watching"]

        assert [(card.uid, card.percent) for card in cards] == [(begun.uid, 40)]

    def test_visitors_sign_in_first(self, client: Client) -> None:
        assert client.get("/today").url == "/sign-in?next=/today"

    def test_a_long_history_costs_no_more_than_a_short_one(
        self, signed_in: Client, member: User, django_assert_max_num_queries: Any
    ) -> None:
        now = timezone.now()
        factories.session(user=member, at=now - dt.timedelta(hours=1))
        signed_in.get("/today")
        with django_assert_max_num_queries(20) as short:
            signed_in.get("/today")
        factories.done_days(user=member, count=20, until=now.date() - dt.timedelta(days=1))

        with django_assert_max_num_queries(len(short)):
            signed_in.get("/today")


class TestBoard:
    def test_a_member_joins_under_a_name_and_leaves_again(
        self, signed_in: Client, member: User
    ) -> None:
        signed_in.post("/settings/board", {"is_on_boards": "on", "alias": "Kettle Belle"})
        joined = Profile.objects.get(user=member)
        signed_in.post("/settings/board", {"is_on_boards": ""})
        left = Profile.objects.get(user=member)

        assert (joined.is_on_boards, joined.alias) == (True, "Kettle Belle")
        assert (left.is_on_boards, left.alias) == (False, "Kettle Belle")

    @pytest.mark.parametrize("alias", ["", "   ", "me@example.com", "x" * 31])
    def test_a_name_that_will_not_do_is_refused(
        self, signed_in: Client, member: User, alias: str
    ) -> None:
        signed_in.post("/settings/board", {"is_on_boards": "on", "alias": alias})

        assert not Profile.objects.get(user=member).is_on_boards

    def test_htmx_gets_the_board_alone(self, signed_in: Client) -> None:
        answer = signed_in.post(
            "/settings/board",
            {"is_on_boards": "on", "alias": "Kettle Belle"},
            headers={"HX-Request": "true"},
        )

        html = answer.content.decode()
        assert "Kettle Belle" in html
        assert "<html" not in html


class TestBuying:
    def test_plans_show_what_is_on_sale(self, client: Client) -> None:
        monthly()

        answer = client.get("/plans")

        assert [offer.title for offer in answer.context["plans"]] == ["Monthly"]
        assert answer.context["rights"] == {"has_premium": False}

    def test_plans_know_who_has_premium(self, signed_in: Client, member: User) -> None:
        give(member, "premium")

        assert signed_in.get("/plans").context["rights"] == {"has_premium": True}

    def test_visitors_sign_in_before_they_buy(self, client: Client) -> None:
        answer = client.post(f"/plans/{monthly().uid}/buy")

        assert (answer.status_code, answer.url) == (302, "/sign-in?next=/plans")

    def test_what_is_not_on_sale_is_not_found(self, signed_in: Client) -> None:
        assert signed_in.post(f"/plans/{uuid.uuid4()}/buy").status_code == 404

    def test_a_store_that_does_not_answer_is_said_so(self, signed_in: Client) -> None:
        offer = monthly()
        Offer.objects.update(external_id="price_123")

        answer = signed_in.post(f"/plans/{offer.uid}/buy")

        assert answer.status_code == 503
        assert answer.context["error"]
        assert answer.context["error"] in answer.content.decode()

    def test_the_way_back_waits_until_the_right_is_there(
        self, signed_in: Client, member: User
    ) -> None:
        offer = monthly()
        address = f"/checkout/done?offer={offer.uid}&session_id=cs_1"

        before = signed_in.get(address)
        give(member, "premium")
        after = signed_in.get(address, headers={"HX-Request": "true"})

        assert (before.context["is_open"], before.context["is_late"]) == (False, False)
        assert after.context["is_open"] is True
        assert "<html" not in after.content.decode()

    def test_the_way_back_says_so_when_it_takes_longer(self, signed_in: Client) -> None:
        address = f"/checkout/done?offer={monthly().uid}&session_id="
        signed_in.get(f"{address}cs_1")

        with time_machine.travel(timezone.now() + dt.timedelta(seconds=40)):
            late = signed_in.get(f"{address}cs_1").context["is_late"]
            another = signed_in.get(f"{address}cs_2").context["is_late"]

        assert (late, another) == (True, False)

    @pytest.mark.parametrize("offer", ["", "nonsense", str(uuid.uuid4())])
    def test_the_way_back_without_a_known_offer_waits_for_premium(
        self, signed_in: Client, offer: str
    ) -> None:
        assert signed_in.get(f"/checkout/done?offer={offer}").context["is_open"] is False
