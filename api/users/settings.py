"""The member's settings: display, privacy and reminders."""

from typing import Any

import msgspec
from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from api.core.answers import personal_answer
from api.core.requests import MemberRequest
from api.users.serializers import SettingsIn
from fitness.accounts.models import Profile
from fitness.notifications.selectors import reminders_of
from fitness.notifications.services import set_reminders
from fitness.tracking.services import change_profile


class ReminderOut(msgspec.Struct, frozen=True):
    """A reminder at a time of the member's own clock (``07:30``); 1 is Monday."""

    kind: str
    at: str
    weekdays: list[int]
    channels: list[str]
    is_on: bool


class SettingsOut(msgspec.Struct, frozen=True):
    alias: str
    is_on_boards: bool
    units: str
    language: str
    reminders: list[ReminderOut]


class SettingsView(APIView):
    @extend_schema(summary="The member's settings", responses={200: SettingsOut})
    def get(self, request: MemberRequest) -> HttpResponse:
        return _settings(request.user.profile)

    @extend_schema(summary="Replace the settings", request=SettingsIn, responses={200: SettingsOut})
    def put(self, request: MemberRequest) -> HttpResponse:
        return _settings(_changed(request, SettingsIn(data=request.data)))

    @extend_schema(
        summary="Change some settings; a list of reminders replaces the list",
        request=SettingsIn,
        responses={200: SettingsOut},
    )
    def patch(self, request: MemberRequest) -> HttpResponse:
        return _settings(_changed(request, SettingsIn(data=request.data, partial=True)))


@transaction.atomic
def _changed(request: MemberRequest, told: SettingsIn) -> Profile:
    told.is_valid(raise_exception=True)
    changes: dict[str, Any] = dict(told.validated_data)
    wishes = changes.pop("reminders", None)
    if wishes is not None:
        set_reminders(user_id=request.user.pk, wishes=wishes)
    return change_profile(user_id=request.user.pk, changes=changes, now=timezone.now())


def _settings(profile: Profile) -> HttpResponse:
    return personal_answer(
        SettingsOut(
            alias=profile.alias,
            is_on_boards=profile.is_on_boards,
            units=profile.units,
            language=profile.language,
            reminders=[
                ReminderOut(
                    kind=wish.kind,
                    at=f"{wish.at:%H:%M}",
                    weekdays=wish.weekdays,
                    channels=wish.channels,
                    is_on=wish.is_on,
                )
                for wish in reminders_of(profile.user_id)
            ],
        )
    )
