"""What is asked of a member's body and weight."""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from fitness.accounts.models import Profile
from fitness.body.models import Body, Diet, Weight
from fitness.core.errors import MissingError
from fitness.core.paging import PreparedRows
from fitness.core.prepared import Prepared

NEWEST_FIRST = ("-occurred_at", "-id")
_TOLD = (
    "sex", "height_cm", "activity_level", "diet", "allergens", "goal", "target_weight_kg"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BodyView:
    """What a member told of their body, and what they weigh."""

    sex: str = ""
    height_cm: Decimal | None = None
    activity_level: str = ""
    diet: str = Diet.EVERYTHING.value
    allergens: tuple[str, ...] | list[str] = ()
    goal: str = ""
    target_weight_kg: Decimal | None = None
    weight_kg: Decimal | None = None
    weighed_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Weighing:
    """One weighing."""

    id: int
    uid: uuid.UUID
    client_id: uuid.UUID
    weight_kg: Decimal
    occurred_at: dt.datetime
    time_zone: str
    local_day: dt.date


class NoSuchWeightError(MissingError):
    code = "no_such_weight"


def _told(user_id: Any) -> QuerySet[Profile, Any]:
    """From the profile, so that a weight is found for whoever told nothing else."""
    body = Body.objects.filter(user=OuterRef("user_id"))
    newest = Weight.objects.filter(user=OuterRef("user_id")).newest()
    return Profile.objects.filter(user=user_id).values_list(
        Subquery(body.values("user_id")),
        *(Subquery(body.values(name)) for name in _TOLD),
        Subquery(newest.values("weight_kg")[:1]),
        Subquery(newest.values("local_day")[:1]),
    )


_BODY = Prepared(_told, "user_id")
_DAYS = Prepared(
    lambda user_id, since, until: (
        Weight.objects.of(user_id)
        .filter(local_day__gte=since, local_day__lte=until)
        .order_by("local_day", "-occurred_at", "-id")
        .distinct("local_day")
        .values_list("local_day", "weight_kg")
    ),
    "user_id",
    "since",
    "until",
)


def body_of(user_id: int) -> BodyView:
    """What plans know of the member; nothing is unknown to nobody. One query."""
    for told, *values, weight_kg, weighed_on in _BODY.rows(user_id=user_id):
        known = dict(zip(_TOLD, values, strict=True)) if told else {}
        return BodyView(**known, weight_kg=weight_kg, weighed_on=weighed_on)
    return BodyView()


def weights_of(user_id: int) -> PreparedRows[Weighing]:
    """The member's weighings; one query whatever their number."""
    return PreparedRows(Weighing, _of_member, user_id=user_id)


def weight_of(user_id: int, uid: uuid.UUID) -> Weighing:
    """One weighing of the member's. Raises ``NoSuchWeightError``; one query."""
    found = PreparedRows(Weighing, _of_member, user_id=user_id, uid=uid)
    for weighing in found.part(NEWEST_FIRST, place=None, limit=1):
        return weighing
    raise NoSuchWeightError("There is no such weight.")


def weight_a_day(user_id: int, *, since: dt.date, until: dt.date) -> dict[dt.date, Decimal]:
    """The last weight of each day that has one, both ends included, in order; one query."""
    return dict(_DAYS.rows(user_id=user_id, since=since, until=until))


def _of_member(*, user_id: Any, **named: Any) -> QuerySet[Weight, Any]:
    return (
        Weight.objects.of(user_id)
        .filter(**named)
        .values_list("id", "uid", "client_id", "weight_kg", "occurred_at", "time_zone", "local_day")
    )
