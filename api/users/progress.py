"""How the member came along: series of figures over a period."""

import datetime as dt
from typing import Any, Final

import msgspec
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.views import APIView

from api.core.answers import personal_answer
from api.core.requests import MemberRequest
from fitness.accounts.selectors import current_clock
from fitness.leaderboards.models import Period
from fitness.overview.progress import Span, Step, buckets_between, progress_of

_FIRST_DAY, _LAST_DAY = dt.date(2000, 1, 1), dt.date(2100, 1, 1)
_MOST_DAYS: Final = {Step.DAY: 366, Step.WEEK: 3660, Step.MONTH: 3660}
_SHOWN: Final = {Step.DAY: 28, Step.WEEK: 84, Step.MONTH: 365}


class ProgressQuery(serializers.Serializer[Any]):
    """A period of the member's own days, both ends included."""

    by = serializers.ChoiceField([step.value for step in Step], default=Step.DAY.value)
    to = serializers.DateField(required=False, help_text="Today, unless said.")

    def get_fields(self) -> dict[str, Any]:
        # ``from`` is a word of Python's own, so it cannot be declared above.
        since = serializers.DateField(
            required=False,
            help_text="Four weeks back, unless said; by week a quarter, by month a year.",
        )
        return {"from": since, **super().get_fields()}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        step, until = Step(attrs["by"]), attrs.get("to", self.context["today"])
        if not _FIRST_DAY <= until <= _LAST_DAY:
            raise _refusal("to", "There is nothing to tell of that day.", "out_of_range")
        since = attrs.get("from", _as_shown(until, step))
        if not _FIRST_DAY <= since <= until:
            raise _refusal("from", "Begin before the end, and after 1999.", "out_of_range")
        if (until - since).days >= _MOST_DAYS[step]:
            told = f"Ask for at most {_MOST_DAYS[step]} days by {step}."
            raise _refusal("from", told, "too_long")
        return {"since": since, "until": until, "step": step}


class BucketOut(msgspec.Struct, frozen=True):
    """Days told as one: a day, an ISO week or a month, cut to the period asked for."""

    starts_on: dt.date
    ends_on: dt.date


class SeriesOut(msgspec.Struct, frozen=True):
    """One figure, a value a bucket. ``kind`` is ``sum``, or ``level`` (null where unknown).

    ``total`` is the sum over the period, or the newest level in it.
    """

    name: str
    unit: str
    kind: str
    values: list[float | None]
    total: float | None


class PeriodOut(msgspec.Struct, frozen=True, rename={"since": "from", "until": "to"}):
    """More series come with more domains: clients draw those they know by ``name``."""

    since: dt.date
    until: dt.date
    by: str
    buckets: list[BucketOut]
    series: list[SeriesOut]


class Progress(APIView):
    @extend_schema(
        summary="Workouts, minutes, points, streak and weight over a period",
        parameters=[ProgressQuery],
        responses={200: PeriodOut},
    )
    def get(self, request: MemberRequest) -> HttpResponse:
        now, profile = timezone.now(), request.user.profile
        today = current_clock(profile).day_of(now)
        query = ProgressQuery(data=request.query_params, context={"today": today})
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        buckets = buckets_between(**asked)
        series = progress_of(Span(profile=profile, now=now, buckets=buckets))
        return personal_answer(
            PeriodOut(
                since=asked["since"],
                until=asked["until"],
                by=asked["step"].value,
                buckets=[BucketOut(bucket.starts_on, bucket.ends_on) for bucket in buckets],
                series=[
                    SeriesOut(one.name, one.unit, one.kind, list(one.values), one.total)
                    for one in series
                ],
            )
        )


def _as_shown(until: dt.date, step: Step) -> dt.date:
    """Where a period begins that nobody named: at the start of a bucket."""
    since = until - dt.timedelta(days=_SHOWN[step] - 1)
    return since if step is Step.DAY else Period(step.value).span(since)[0]


def _refusal(field: str, detail: str, code: str) -> serializers.ValidationError:
    error = serializers.ValidationError(detail, code=code)
    return serializers.ValidationError({field: error.detail})
