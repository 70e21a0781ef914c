"""Nothing about the body is kept of members who did not agree, or who took it back."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone

from fitness.accounts.models import User
from fitness.body.models import Body, Weight
from fitness.privacy.models import Kind
from fitness.privacy.rules import TEXTS
from tests.api.client import ApiClient

pytestmark = pytest.mark.django_db
PROFILE, WEIGHTS, CONSENTS = "/api/users/profile", "/api/users/weights", "/api/users/consents"
VERSION = TEXTS[Kind.HEALTH].version


def weighing(**fields: Any) -> dict[str, Any]:
    at = timezone.now() - dt.timedelta(hours=1)
    return {"client_id": uuid.uuid4(), "weight_kg": 70.5, "occurred_at": at} | fields


def say(api: ApiClient, *, is_given: bool) -> None:
    told = {"kind": "health", "is_given": is_given, "version": VERSION}
    assert api.put_json(CONSENTS, told).status_code == 200


@pytest.mark.parametrize(
    "told",
    [
        {"weight_kg": 70}, {"height_cm": 170}, {"sex": "female"}, {"activity_level": "light"},
        {"diet": "vegan"}, {"allergens": ["milk"]}, {"goal": "lose_weight"},
        {"target_weight_kg": 60}, {"name": "Anna", "height_cm": 170},
    ],
)  # fmt: skip
def test_what_is_said_of_the_body_needs_the_consent(
    api: ApiClient, member: User, told: dict[str, Any]
) -> None:
    refused = api.patch_json(PROFILE, told)

    assert (refused.status_code, refused.json()["type"]) == (
        403,
        "urn:fitcore:problem:consent-needed",
    )
    assert (refused.json()["kind"], refused.json()["version"]) == ("health", VERSION)
    assert not Body.objects.filter(user=member).exists()
    assert not Weight.objects.of(member.pk).exists()
    assert api.get(PROFILE).json()["name"] == ""


def test_a_weight_needs_the_consent_and_can_be_sent_again_with_it(
    api: ApiClient, member: User
) -> None:
    told, key = weighing(), str(uuid.uuid4())
    refused = api.post_json(WEIGHTS, told, key=key)
    say(api, is_given=True)

    kept = api.post_json(WEIGHTS, told, key=key)

    assert (refused.status_code, kept.status_code) == (403, 201)
    assert Weight.objects.of(member.pk).count() == 1


def test_a_profile_that_says_nothing_of_the_body_needs_none(api: ApiClient) -> None:
    shown = api.get(PROFILE).json()
    whole = {
        name: shown[name] for name in shown if name not in {"id", "email", "avatar", "weighed_on"}
    }

    answer = api.put_json(PROFILE, whole | {"name": "Anna"})

    assert (answer.status_code, answer.json()["name"]) == (200, "Anna")


def test_taking_it_back_deletes_what_was_kept(api: ApiClient, member: User) -> None:
    say(api, is_given=True)
    api.patch_json(PROFILE, {"height_cm": 170, "weight_kg": 70, "name": "Anna"})
    assert Body.objects.filter(user=member).exists()

    say(api, is_given=False)

    shown = api.get(PROFILE).json()
    assert (shown["name"], shown["height_cm"], shown["weight_kg"]) == ("Anna", None, None)
    assert not Body.objects.filter(user=member).exists()
    assert not Weight.objects.of(member.pk).exists()
    assert api.post_json(WEIGHTS, weighing()).status_code == 403
