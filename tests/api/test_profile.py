# ruff: noqa: RUF001 - letters that look alike
"""The member's profile and settings on a phone."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from fitness.accounts.models import Profile, User, ZoneChange
from fitness.body.models import Body, Weight
from tests import factories
from tests.api.client import ApiClient

pytestmark = pytest.mark.django_db
PROFILE, SETTINGS = "/api/users/profile", "/api/users/settings"
WHOLE: dict[str, Any] = {
    "name": "Anna Nowak",
    "birth_date": "1990-05-17",
    "sex": "female",
    "height_cm": 171.5,
    "weight_kg": 64.35,
    "activity_level": "moderate",
    "diet": "vegetarian",
    "allergens": ["milk", "nuts"],
    "goal": "build_muscle",
    "target_weight_kg": 66.0,
    "goal_minutes_a_day": 45,
    "goal_workouts_a_week": 4,
    "time_zone": "Europe/Warsaw",
    "day_starts_at": 4,
    "language": "pl",
    "units": "imperial",
}
REMINDER: dict[str, Any] = {
    "kind": "workout",
    "at": "07:30",
    "weekdays": [1, 3, 5],
    "channels": ["email", "push"],
    "is_on": True,
}


@pytest.fixture(autouse=True)
def _agreed(member: User) -> None:
    factories.agree_to_health(member)


def test_a_profile_is_replaced_and_read_back(api: ApiClient) -> None:
    put = api.put_json(PROFILE, WHOLE).json()
    got = api.get(PROFILE).json()

    assert put == got
    assert {name: got[name] for name in WHOLE} == WHOLE
    assert got["weighed_on"] is not None
    assert got["avatar"] is None


def test_an_answer_sent_back_changes_nothing(api: ApiClient, member: User) -> None:
    before = api.put_json(PROFILE, WHOLE).json()

    after = api.put_json(PROFILE, before)

    assert after.status_code == 200
    assert after.json() == before
    assert Weight.objects.count() == 1
    assert ZoneChange.objects.filter(user=member).count() == 2


def test_who_told_nothing_has_an_empty_profile(api: ApiClient) -> None:
    got = api.get(PROFILE).json()

    assert (got["sex"], got["goal"], got["activity_level"]) == ("", "", "")
    assert (got["height_cm"], got["weight_kg"], got["weighed_on"]) == (None, None, None)
    assert (got["diet"], got["allergens"]) == ("everything", [])


def test_a_put_that_forgets_a_field_is_refused_and_erases_nothing(api: ApiClient) -> None:
    api.put_json(PROFILE, WHOLE)

    answer = api.put_json(PROFILE, {**WHOLE, "allergens": None, "name": "Other"})
    without = api.put_json(PROFILE, {n: v for n, v in WHOLE.items() if n != "allergens"})

    assert (answer.status_code, without.status_code) == (400, 400)
    assert without.json()["errors"][0] == {
        "pointer": "/allergens",
        "code": "required",
        "detail": "This field is required.",
    }
    assert api.get(PROFILE).json()["allergens"] == ["milk", "nuts"]


@pytest.mark.parametrize("field", list(WHOLE))
def test_each_part_is_changed_alone(api: ApiClient, field: str) -> None:
    before = api.get(PROFILE).json()

    after = api.patch_json(PROFILE, {field: WHOLE[field]}).json()

    assert after[field] == WHOLE[field]
    changed = {name for name in before if before[name] != after[name]}
    assert changed == ({field, "weighed_on"} if field == "weight_kg" else {field})


def test_what_was_said_can_be_unsaid(api: ApiClient) -> None:
    api.put_json(PROFILE, WHOLE)

    unsaid: dict[str, Any] = {
        "sex": "",
        "goal": "",
        "height_cm": None,
        "allergens": [],
        "birth_date": None,
    }
    after = api.patch_json(PROFILE, unsaid).json()

    assert {name: after[name] for name in unsaid} == unsaid
    assert after["diet"] == "vegetarian"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("weight_kg", 19.99, "min_value"), ("weight_kg", 500.01, "max_value"),
     ("weight_kg", 70.123, "max_decimal_places"), ("weight_kg", "NaN", "invalid"),
     ("weight_kg", "Infinity", "invalid"), ("weight_kg", 1e300, "max_digits"),
     ("weight_kg", {"kg": 70}, "invalid"), ("weight_kg", [70], "invalid"),
     ("weight_kg", True, "invalid"), ("height_cm", 49.9, "min_value"),
     ("height_cm", 272.1, "max_value"), ("height_cm", -180, "min_value"),
     ("target_weight_kg", 5, "min_value"), ("birth_date", "2999-01-01", "out_of_range"),
     ("birth_date", "1899-12-31", "out_of_range"), ("birth_date", "2020-01-01", "too_young"),
     ("birth_date", "17.5.1990", "invalid"), ("birth_date", 19900517, "invalid"),
     ("sex", "robot", "invalid_choice"), ("sex", None, "null"), ("diet", "", "invalid_choice"),
     ("allergens", ["sand"], "invalid_choice"), ("allergens", "milk", "not_a_list"),
     ("allergens", ["milk"] * 99, "max_length"), ("goal", ["lose_weight"], "invalid_choice"),
     ("goal", {}, "invalid_choice"), ("time_zone", "Mars/Base", "time_zone"),
     ("time_zone", "../../etc/passwd", "time_zone"), ("day_starts_at", 7, "max_value"),
     ("goal_minutes_a_day", 0, "min_value"), ("goal_minutes_a_day", 10**30, "max_value"),
     ("name", "a\x00b", "null_characters_not_allowed"), ("name", "x" * 81, "max_length"),
     ("name", ["Anna"], "invalid"), ("name", "\ud800", None), ("units", "stones", "invalid_choice"),
     ("language", "x", "invalid"), ("language", "en/..", "invalid")],
)  # fmt: skip
def test_what_no_member_can_be_is_refused_with_the_reason(
    api: ApiClient, field: str, value: Any, code: str | None
) -> None:
    before = api.get(PROFILE).json()

    answer = api.patch_json(PROFILE, {field: value})

    assert answer.status_code == 400
    if code:
        error = answer.json()["errors"][0]
        assert error["pointer"].startswith(f"/{field}")
        assert error["code"] == code
    assert api.get(PROFILE).json() == before


def test_a_range_is_said_in_words(api: ApiClient) -> None:
    answer = api.patch_json(PROFILE, {"weight_kg": 7, "height_cm": 300})

    said = {error["detail"] for error in answer.json()["errors"]}
    assert said == {"Give a weight from 20 to 500 kg.", "Give a height from 50 to 272 cm."}


@pytest.mark.parametrize(
    ("time_zone", "status"), [("Pacific/Auckland", 200), ("America/Lima", 400)]
)
def test_thirteen_is_reached_on_the_members_own_day(time_zone: str, status: int) -> None:
    with time_machine.travel(dt.datetime(2026, 6, 9, 20, tzinfo=dt.UTC), tick=False):
        phone = ApiClient(user=factories.member(time_zone=time_zone))
        answer = phone.patch_json(PROFILE, {"birth_date": "2013-06-10"})

    assert answer.status_code == status


def test_what_is_not_the_members_to_set_is_ignored(api: ApiClient, member: User) -> None:
    """Every field of every model behind the two answers, sent to every write."""
    stolen = {
        "id": str(factories.member().uid), "uid": str(factories.member().uid), "pk": 1, "user": 1,
        "user_id": 1, "email": "thief@example.com", "is_staff": True, "is_superuser": True,
        "is_active": False, "password": "x", "verified_at": "2026-01-01T00:00:00Z", "groups": [1],
        "user_permissions": [1], "avatar": "avatars/aa/stolen", "created_at": "2000-01-01",
        "updated_at": "2000-01-01", "last_login": "2000-01-01", "date_joined": "2000-01-01",
        "first_name": "X", "last_name": "X", "weighed_on": "2000-01-01", "local_day": "2000-01-01",
    }  # fmt: skip
    before = User.objects.filter(pk=member.pk).values().get()

    for path in (PROFILE, SETTINGS):
        whole = api.get(path).json()
        assert api.patch_json(path, stolen).status_code == 200
        assert api.put_json(path, {**whole, **stolen}).status_code == 200

    assert User.objects.filter(pk=member.pk).values().get() == before
    profile = Profile.objects.get(user=member)
    assert (profile.avatar, profile.created_at.year) == ("", timezone.now().year)
    assert not Body.objects.exclude(user=member).exists()
    assert not Weight.objects.exists()


def test_a_profile_costs_two_statements(
    api: ApiClient, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    api.put_json(PROFILE, WHOLE)

    with django_assert_num_queries(2):
        api.get(PROFILE)
    with django_assert_num_queries(2):
        api.get(SETTINGS)


def test_settings_are_replaced_and_read_back(api: ApiClient) -> None:
    told = {
        "alias": "Swift",
        "is_on_boards": True,
        "units": "imperial",
        "language": "en-GB",
        "reminders": [REMINDER, {**REMINDER, "kind": "water", "at": "09:00"}],
    }

    put = api.put_json(SETTINGS, told).json()

    assert put == told
    assert api.get(SETTINGS).json() == told
    assert api.get(PROFILE).json()["units"] == "imperial"


def test_reminders_are_replaced_as_a_list_and_left_alone_otherwise(api: ApiClient) -> None:
    api.patch_json(SETTINGS, {"reminders": [REMINDER]})

    kept = api.patch_json(SETTINGS, {"alias": "Swift"}).json()
    emptied = api.patch_json(SETTINGS, {"reminders": []}).json()

    assert kept["reminders"] == [REMINDER]
    assert emptied["reminders"] == []


def test_a_reminder_has_sensible_defaults(api: ApiClient) -> None:
    told = {"kind": "streak", "at": "20:15:59", "channels": ["push", "push"]}

    answer = api.patch_json(SETTINGS, {"reminders": [told]}).json()

    assert answer["reminders"] == [
        {
            "kind": "streak",
            "at": "20:15",
            "weekdays": [1, 2, 3, 4, 5, 6, 7],
            "channels": ["push"],
            "is_on": True,
        }
    ]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"at": None}, "null"), ({"kind": "nag"}, "invalid_choice"),
     ({"at": "25:00"}, "invalid"), ({"at": 7}, "invalid"),
     ({"weekdays": []}, "min_length"), ({"weekdays": [0]}, "min_value"),
     ({"weekdays": [8]}, "max_value"), ({"weekdays": "daily"}, "not_a_list"),
     ({"channels": []}, "min_length"), ({"channels": ["pigeon"]}, "invalid_choice")],
)  # fmt: skip
def test_a_reminder_that_cannot_ring_is_refused(
    api: ApiClient, wrong: dict[str, Any], code: str
) -> None:
    answer = api.patch_json(SETTINGS, {"reminders": [REMINDER | wrong]})

    assert answer.status_code == 400
    error = answer.json()["errors"][0]
    assert error["pointer"].startswith(f"/reminders/0/{next(iter(wrong))}")
    assert error["code"] == code


@pytest.mark.parametrize("reminders", [[{}], [REMINDER] * 2, [REMINDER] * 31, ["ring"], {}, None])
def test_a_list_of_reminders_that_makes_no_sense_is_refused(api: ApiClient, reminders: Any) -> None:
    assert api.patch_json(SETTINGS, {"reminders": reminders}).status_code == 400


@pytest.mark.parametrize(
    ("alias", "code"),
    [("Аdmin", "mixed_scripts"), ("FitCоre", "mixed_scripts"), ("Admin", "reserved"),
     ("a@b.example", "address"), ("a\x00", "null_characters_not_allowed"),
     ("x" * 41, "max_length")],
)  # fmt: skip
def test_an_alias_that_deceives_is_refused(api: ApiClient, alias: str, code: str) -> None:
    answer = api.patch_json(SETTINGS, {"alias": alias})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"] == code


def test_names_are_kept_in_their_one_spelling(api: ApiClient) -> None:
    alias = api.patch_json(SETTINGS, {"alias": "  Sw\u200bift\u202e  One "}).json()["alias"]
    name = api.patch_json(PROFILE, {"name": "Zoe\u0308"}).json()["name"]

    assert (alias, name) == ("Swift One", "Zoë")
