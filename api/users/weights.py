"""What the member weighed, and when."""

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
from api.core.idempotency import idempotent
from api.core.pagination import Cursor, Page
from api.core.requests import MemberRequest
from api.core.schema import problems
from api.users.serializers import weight_field
from fitness.accounts.models import validate_time_zone
from fitness.body import services
from fitness.body.models import Weight
from fitness.body.selectors import NEWEST_FIRST, Weighing, weight_of, weights_of
from fitness.privacy.services.health import keeping_health_data

_EARLIEST = dt.datetime(1900, 1, 2, tzinfo=dt.UTC)


class WeightChanges(serializers.Serializer[Any]):
    """What the scales showed, said anew. The day it counts on stays what it was."""

    weight_kg = weight_field()


class WeightIn(WeightChanges):
    """A weighing. ``client_id`` is made on the phone, once a weighing."""

    client_id = serializers.UUIDField()
    occurred_at = serializers.DateTimeField()
    time_zone = serializers.CharField(
        max_length=64, required=False, validators=[validate_time_zone]
    )

    def validate_occurred_at(self, at: dt.datetime) -> dt.datetime:
        if at < _EARLIEST:
            raise serializers.ValidationError("Nobody was weighed then.", code="out_of_range")
        return at


class WeightOut(msgspec.Struct, frozen=True):
    """A weighing; of several on a ``local_day`` the latest is the day's weight."""

    id: uuid.UUID
    client_id: uuid.UUID
    weight_kg: float
    occurred_at: dt.datetime
    time_zone: str
    local_day: dt.date


class Weights(APIView):
    @extend_schema(summary="The member's weights, newest first", responses={200: Page[WeightOut]})
    def get(self, request: MemberRequest) -> HttpResponse:
        cursor = Cursor(request, *NEWEST_FIRST)
        rows = cursor.rows(weights_of(request.user.pk))
        return personal_answer(cursor.as_page([_weight_out(row) for row in rows]))

    @extend_schema(
        summary="Log a weight; needs the consent to health data",
        request=WeightIn,
        responses={201: WeightOut, **problems(403)},
    )
    @idempotent
    def post(self, request: MemberRequest) -> HttpResponse:
        told = WeightIn(data=request.data)
        told.is_valid(raise_exception=True)
        user_id = request.user.pk
        with keeping_health_data(user_id=user_id):
            weight = services.log_weight(user_id=user_id, now=timezone.now(), **told.validated_data)
        return personal_answer(_weight_out(weight), status=201)


class WeightDetail(APIView):
    @extend_schema(summary="One weight", responses={200: WeightOut})
    def get(self, request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
        return personal_answer(_weight_out(weight_of(request.user.pk, uid)))

    @extend_schema(
        summary="Say anew what the scales showed", request=WeightChanges, responses={200: WeightOut}
    )
    def put(self, request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
        told = WeightChanges(data=request.data)
        told.is_valid(raise_exception=True)
        services.correct_weight(user_id=request.user.pk, uid=uid, **told.validated_data)
        return personal_answer(_weight_out(weight_of(request.user.pk, uid)))

    @extend_schema(summary="Take a weight back", responses={204: None})
    def delete(self, request: MemberRequest, uid: uuid.UUID) -> HttpResponse:
        services.delete_weight(user_id=request.user.pk, uid=uid)
        return HttpResponse(status=204)


def _weight_out(weight: Weighing | Weight) -> WeightOut:
    return WeightOut(
        id=weight.uid,
        client_id=weight.client_id,
        weight_kg=float(weight.weight_kg),
        occurred_at=weight.occurred_at,
        time_zone=weight.time_zone,
        local_day=weight.local_day,
    )
