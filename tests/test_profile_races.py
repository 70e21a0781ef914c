"""Two phones of one member at once: both are heard, nothing is doubled, no file is left."""

import shutil
import uuid
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from fitness.accounts.models import Profile, User
from fitness.body.models import Weight
from fitness.favorites import services
from fitness.favorites.models import Favorite
from fitness.notifications.models import Reminder
from tests import factories, pictures
from tests.api.client import ApiClient
from tests.database import add_what_migrations_add
from tests.test_races import THREADS
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PROFILE = "/api/users/profile"


@pytest.fixture(autouse=True)
def _first_pages() -> None:
    add_what_migrations_add()


@pytest.fixture(autouse=True)
def _agreed(_first_pages: None, member: User) -> None:
    factories.agree_to_health(member)


def test_no_weight_is_kept_after_the_consent_was_taken_back(member: User) -> None:
    def weigh_or_take_back(number: int) -> int:
        phone = ApiClient(user=member)
        if number == THREADS // 2:
            told: dict[str, Any] = {"kind": "health", "is_given": False}
            return int(phone.put_json("/api/users/consents", told).status_code)
        return int(phone.patch_json(PROFILE, {"weight_kg": 60 + number}).status_code)

    statuses = at_once(weigh_or_take_back)

    assert set(statuses) <= {200, 403}
    assert not Weight.objects.of(member.pk).exists()


def test_eight_phones_that_change_different_fields_are_all_heard(member: User) -> None:
    told: list[dict[str, Any]] = [
        {"name": "Anna"}, {"height_cm": 170}, {"diet": "vegan"}, {"allergens": ["milk"]},
        {"goal": "get_fitter"}, {"time_zone": "Asia/Tokyo"}, {"weight_kg": 61.5},
        {"goal_minutes_a_day": 77},
    ]  # fmt: skip

    answers = at_once(lambda number: ApiClient(user=member).patch_json(PROFILE, told[number]))

    assert [answer.status_code for answer in answers] == [200] * THREADS
    profile = ApiClient(user=member).get(PROFILE).json()
    for one in told:
        assert {name: profile[name] for name in one} == one


def test_eight_phones_that_say_one_weight_make_one_weighing(member: User) -> None:
    at_once(lambda _: ApiClient(user=member).patch_json(PROFILE, {"weight_kg": 70}))

    assert Weight.objects.count() == 1


def test_a_weight_sent_eight_times_at_once_is_one(member: User) -> None:
    told = {"client_id": uuid.uuid4(), "weight_kg": 70, "occurred_at": timezone.now()}

    answers = at_once(lambda _: ApiClient(user=member).post_json("/api/users/weights", told))

    assert {answer.status_code for answer in answers} == {201}
    assert Weight.objects.count() == 1


def test_of_eight_lists_of_reminders_one_stays_whole(member: User) -> None:
    def wishes(number: int) -> dict[str, Any]:
        times = [f"{number:02}:{minute:02}" for minute in range(3)]
        return {"reminders": [{"kind": "water", "at": at, "channels": ["push"]} for at in times]}

    answers = at_once(
        lambda number: ApiClient(user=member).patch_json("/api/users/settings", wishes(number))
    )

    assert [answer.status_code for answer in answers] == [200] * THREADS
    assert Reminder.objects.count() == 3
    assert len({reminder.at.hour for reminder in Reminder.objects.all()}) == 1


def test_of_eight_pictures_one_stays_and_no_file_of_the_others(member: User) -> None:
    shutil.rmtree(default_storage.path("avatars"), ignore_errors=True)
    sent = pictures.encoded(pictures.halves())

    answers = at_once(
        lambda _: ApiClient(user=member).generic("PUT", f"{PROFILE}/avatar", sent, "image/jpeg")
    )

    assert [answer.status_code for answer in answers] == [200] * THREADS
    name = Profile.objects.get(user=member).avatar
    folders, _ = default_storage.listdir("avatars")
    left = {
        f"avatars/{folder}/{file}"
        for folder in folders
        for file in default_storage.listdir(f"avatars/{folder}")[1]
    }
    assert left == {f"{name}-512.webp", f"{name}-128.webp"}


def test_a_thing_kept_eight_times_at_once_is_one_favourite(member: User) -> None:
    told = {"kind": "workout", "target": factories.workout().uid}

    answers = at_once(lambda _: ApiClient(user=member).post_json("/api/users/favorites", told))

    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert Favorite.objects.count() == 1


def test_no_race_goes_past_the_limit_of_favourites(
    member: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_FAVORITES", 3)
    workouts = [factories.workout().uid for _ in range(THREADS)]

    answers = at_once(
        lambda number: ApiClient(user=member).post_json(
            "/api/users/favorites", {"kind": "workout", "target": workouts[number]}
        )
    )

    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [422] * 5
    assert Favorite.objects.count() == 3
