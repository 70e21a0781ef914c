"""How long the member has kept at it."""

import datetime as dt
from typing import Any

import msgspec
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.views import APIView

from api.core.answers import personal_answer
from api.core.requests import MemberRequest
from fitness.streaks.selectors import streak_of


class StreakQuery(serializers.Serializer[Any]):
    days = serializers.IntegerField(
        min_value=1, max_value=366, default=28, help_text="How many days back to tell."
    )


class DayOut(msgspec.Struct, frozen=True):
    """One day and what it was to the streak; an open day is missed at ``deadline``."""

    day: dt.date
    state: str
    deadline: dt.datetime


class StreakOut(msgspec.Struct, frozen=True):
    """The running streak, the best one, and all days ever done."""

    current: int
    best: int
    total_days: int
    freezes: int
    today: dt.date
    is_done_today: bool
    days: list[DayOut]


class Streak(APIView):
    @extend_schema(
        summary="The member's streak, and why", parameters=[StreakQuery], responses={200: StreakOut}
    )
    def get(self, request: MemberRequest) -> HttpResponse:
        query = StreakQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        streak = streak_of(
            user_id=request.user.pk,
            now=timezone.now(),
            days=query.validated_data["days"],
            profile=request.user.profile,
        )
        return personal_answer(
            StreakOut(
                current=streak.current,
                best=streak.best,
                total_days=streak.total_days,
                freezes=streak.freezes,
                today=streak.today,
                is_done_today=streak.is_done_today,
                days=[
                    DayOut(day=day.day, state=day.state, deadline=day.deadline)
                    for day in streak.days
                ],
            )
        )
