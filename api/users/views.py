"""The member's own profile and settings."""

import datetime as dt
import uuid
from typing import Any

import msgspec
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.views import APIView

from api.core.answers import personal_answer
from api.core.requests import MemberRequest
from fitness.accounts.models import Profile, Units, validate_time_zone
from fitness.tracking import services


class ProfileIn(serializers.Serializer[Any]):
    """Who the member is and which clock they live by."""

    name = serializers.CharField(max_length=80, allow_blank=True)
    birth_date = serializers.DateField(allow_null=True)
    time_zone = serializers.CharField(max_length=64, validators=[validate_time_zone])
    day_starts_at = serializers.IntegerField(
        min_value=0, max_value=6, help_text="The hour at which the member's day begins."
    )

    def validate_birth_date(self, born: dt.date | None) -> dt.date | None:
        if born and not dt.date(1900, 1, 1) <= born <= timezone.now().date():
            raise serializers.ValidationError(
                "Nobody of that age trains here.", code="out_of_range"
            )
        return born


class SettingsIn(serializers.Serializer[Any]):
    """How the apps look to the member, and how the member looks to others."""

    alias = serializers.CharField(
        max_length=40, allow_blank=True, help_text="The name that others see on leaderboards."
    )
    is_on_boards = serializers.BooleanField(help_text="Shown on leaderboards; off until asked for.")
    units = serializers.ChoiceField(Units.choices)
    language = serializers.RegexField(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=16)


class ProfileOut(msgspec.Struct, frozen=True):
    id: uuid.UUID
    email: str
    name: str
    birth_date: dt.date | None
    time_zone: str
    day_starts_at: int


class SettingsOut(msgspec.Struct, frozen=True):
    alias: str
    is_on_boards: bool
    units: str
    language: str


class ProfileView(APIView):
    @extend_schema(summary="The member's profile", responses={200: ProfileOut})
    def get(self, request: MemberRequest) -> HttpResponse:
        return _profile(request, request.user.profile)

    @extend_schema(summary="Replace the profile", request=ProfileIn, responses={200: ProfileOut})
    def put(self, request: MemberRequest) -> HttpResponse:
        return _profile(request, _changed(request, ProfileIn(data=request.data)))

    @extend_schema(
        summary="Change parts of the profile", request=ProfileIn, responses={200: ProfileOut}
    )
    def patch(self, request: MemberRequest) -> HttpResponse:
        return _profile(request, _changed(request, ProfileIn(data=request.data, partial=True)))


class SettingsView(APIView):
    @extend_schema(summary="The member's settings", responses={200: SettingsOut})
    def get(self, request: MemberRequest) -> HttpResponse:
        return _settings(request.user.profile)

    @extend_schema(summary="Replace the settings", request=SettingsIn, responses={200: SettingsOut})
    def put(self, request: MemberRequest) -> HttpResponse:
        return _settings(_changed(request, SettingsIn(data=request.data)))

    @extend_schema(summary="Change some settings", request=SettingsIn, responses={200: SettingsOut})
    def patch(self, request: MemberRequest) -> HttpResponse:
        return _settings(_changed(request, SettingsIn(data=request.data, partial=True)))


def _changed(request: MemberRequest, told: serializers.Serializer[Any]) -> Profile:
    told.is_valid(raise_exception=True)
    return services.change_profile(
        user_id=request.user.pk, changes=told.validated_data, now=timezone.now()
    )


def _profile(request: MemberRequest, profile: Profile) -> HttpResponse:
    return personal_answer(
        ProfileOut(
            id=request.user.uid,
            email=request.user.email,
            name=profile.name,
            birth_date=profile.birth_date,
            time_zone=profile.time_zone,
            day_starts_at=profile.day_starts_at,
        )
    )


def _settings(profile: Profile) -> HttpResponse:
    return personal_answer(
        SettingsOut(
            alias=profile.alias,
            is_on_boards=profile.is_on_boards,
            units=profile.units,
            language=profile.language,
        )
    )
