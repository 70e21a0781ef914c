"""Who stands where this week and this month. Names are aliases; nothing else is told."""

import datetime as dt
from typing import Any, ClassVar

import msgspec
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.views import APIView

from api.core.answers import personal_answer
from api.core.pagination import MAX_LIMIT
from api.core.requests import MemberRequest
from fitness.accounts.selectors import current_clock
from fitness.leaderboards.models import Period
from fitness.leaderboards.selectors import Place, Row, board, place_of

_FIRST_DAY, _LAST_DAY = dt.date(2000, 1, 1), dt.date(2100, 1, 1)


class BoardQuery(serializers.Serializer[Any]):
    limit = serializers.IntegerField(min_value=1, max_value=MAX_LIMIT, default=20)
    day = serializers.DateField(required=False, help_text="A day of an earlier period.")

    def validate_day(self, day: dt.date) -> dt.date:
        if not _FIRST_DAY <= day <= _LAST_DAY:
            raise serializers.ValidationError("There is no board for that day.", code="no_board")
        return day


class RowOut(msgspec.Struct, frozen=True):
    """A line of a board; ties share a rank (1, 2, 2, 4). The picture is 128 pixels square."""

    rank: int
    name: str
    avatar_url: str | None
    points: int
    is_me: bool


class MyPlaceOut(msgspec.Struct, frozen=True):
    """The caller's place; unlisted, the rank they would have."""

    rank: int | None
    points: int
    is_listed: bool
    neighbours: list[RowOut]


class BoardOut(msgspec.Struct, frozen=True):
    """A board over the local days from ``starts_on`` to ``ends_on``, both included."""

    period: str
    starts_on: dt.date
    ends_on: dt.date
    top: list[RowOut]
    me: MyPlaceOut


class Board(APIView):
    period: ClassVar[Period]

    def get(self, request: MemberRequest) -> HttpResponse:
        query = BoardQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        today = current_clock(request.user.profile).day_of(timezone.now())
        day = query.validated_data.get("day", today)
        starts_on, ends_on = self.period.span(day)
        top = board(period=self.period, day=day, limit=query.validated_data["limit"])
        place = place_of(user_id=request.user.pk, period=self.period, day=day)
        return personal_answer(
            BoardOut(
                period=self.period.value,
                starts_on=starts_on,
                ends_on=ends_on,
                top=_rows(top, request.user.pk),
                me=_place(place, request.user.pk),
            )
        )


class WeeklyBoard(Board):
    period = Period.WEEK

    @extend_schema(
        summary="This week's best, and the caller's place",
        parameters=[BoardQuery],
        responses={200: BoardOut},
    )
    def get(self, request: MemberRequest) -> HttpResponse:
        return super().get(request)


class MonthlyBoard(Board):
    period = Period.MONTH

    @extend_schema(
        summary="This month's best, and the caller's place",
        parameters=[BoardQuery],
        responses={200: BoardOut},
    )
    def get(self, request: MemberRequest) -> HttpResponse:
        return super().get(request)


def _rows(rows: list[Row] | tuple[Row, ...], user_id: int) -> list[RowOut]:
    return [
        RowOut(
            rank=row.rank,
            name=row.public_name,
            avatar_url=row.avatar.small if row.avatar else None,
            points=row.points,
            is_me=row.user_id == user_id,
        )
        for row in rows
    ]


def _place(place: Place, user_id: int) -> MyPlaceOut:
    return MyPlaceOut(
        rank=place.rank,
        points=place.points,
        is_listed=place.is_listed,
        neighbours=_rows(place.neighbours, user_id),
    )
