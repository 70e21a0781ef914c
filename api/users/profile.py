"""The member's own profile."""

import datetime as dt
import uuid
from contextlib import nullcontext
from typing import Self

import msgspec
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from api.core.answers import personal_answer
from api.core.requests import MemberRequest
from api.core.schema import problems
from api.users.serializers import ProfileIn
from fitness.accounts.avatars import avatar_of
from fitness.accounts.models import Profile
from fitness.body.selectors import body_of
from fitness.privacy.services.health import keeping_health_data, tells_of_health
from fitness.tracking import services

_NEEDS_CONSENT = (
    "Body, food and goals are health data: they are kept of members who agreed to the text"
    " `health` (`/api/users/consents`), and refused with 403 `consent-needed` before."
)


class AvatarOut(msgspec.Struct, frozen=True):
    """Public addresses of the member's picture, 512 and 128 pixels square."""

    large: str
    small: str

    @classmethod
    def of(cls, profile: Profile) -> Self | None:
        avatar = avatar_of(profile.avatar)
        return cls(large=avatar.large, small=avatar.small) if avatar else None


class ProfileOut(msgspec.Struct, frozen=True):
    """Empty strings and nulls are what the member did not say."""

    id: uuid.UUID
    email: str
    name: str
    avatar: AvatarOut | None
    birth_date: dt.date | None
    sex: str
    height_cm: float | None
    weight_kg: float | None
    weighed_on: dt.date | None
    activity_level: str
    diet: str
    allergens: list[str]
    goal: str
    target_weight_kg: float | None
    goal_minutes_a_day: int
    goal_workouts_a_week: int
    time_zone: str
    day_starts_at: int
    language: str
    units: str


class ProfileView(APIView):
    @extend_schema(summary="The member's profile", responses={200: ProfileOut})
    def get(self, request: MemberRequest) -> HttpResponse:
        return _profile(request, request.user.profile)

    @extend_schema(
        summary="Replace the profile",
        description=_NEEDS_CONSENT,
        request=ProfileIn,
        responses={200: ProfileOut, **problems(403)},
    )
    def put(self, request: MemberRequest) -> HttpResponse:
        return _changed(request, is_partial=False)

    @extend_schema(
        summary="Change parts of the profile",
        description=_NEEDS_CONSENT,
        request=ProfileIn,
        responses={200: ProfileOut, **problems(403)},
    )
    def patch(self, request: MemberRequest) -> HttpResponse:
        return _changed(request, is_partial=True)


def _changed(request: MemberRequest, *, is_partial: bool) -> HttpResponse:
    now = timezone.now()
    told = ProfileIn(
        data=request.data,
        partial=is_partial,
        context={"profile": request.user.profile, "now": now},
    )
    told.is_valid(raise_exception=True)
    said, user_id = told.said(), request.user.pk
    is_health = tells_of_health(body=said["body"], weight_kg=said["weight_kg"])
    with keeping_health_data(user_id=user_id) if is_health else nullcontext():
        profile = services.change_profile(user_id=user_id, now=now, **said)
    return _profile(request, profile)


def _profile(request: MemberRequest, profile: Profile) -> HttpResponse:
    body = body_of(profile.user_id)
    return personal_answer(
        ProfileOut(
            id=request.user.uid,
            email=request.user.email,
            name=profile.name,
            avatar=AvatarOut.of(profile),
            birth_date=profile.birth_date,
            sex=body.sex,
            height_cm=_number(body.height_cm),
            weight_kg=_number(body.weight_kg),
            weighed_on=body.weighed_on,
            activity_level=body.activity_level,
            diet=body.diet,
            allergens=list(body.allergens),
            goal=body.goal,
            target_weight_kg=_number(body.target_weight_kg),
            goal_minutes_a_day=profile.goal_minutes_a_day,
            goal_workouts_a_week=profile.goal_workouts_a_week,
            time_zone=profile.time_zone,
            day_starts_at=profile.day_starts_at,
            language=profile.language,
            units=profile.units,
        )
    )


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
