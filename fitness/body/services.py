"""What changes what we know of a member's body."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from fitness.accounts.models import Profile
from fitness.accounts.selectors import clocks_of
from fitness.accounts.services import hold_profile, profile_of
from fitness.body.models import Body, Weight
from fitness.body.selectors import NoSuchWeightError
from fitness.core.clock import Clock, clock_at
from fitness.core.errors import ConflictError, DomainError

_KEPT_ONCE = "a_weighing_is_kept_once"
_MAY_BE_AHEAD = dt.timedelta(minutes=5)


class WeighedDifferentlyError(ConflictError):
    """The phone's id already names another weighing; a changed one is sent as PUT."""

    code = "weighed_differently"


class NotYetError(DomainError):
    """The phone's clock runs ahead, or somebody weighs tomorrow's self."""

    code = "not_yet"


@transaction.atomic
def describe_body(*, user_id: int, changes: dict[str, Any]) -> None:
    """Set the given facts; what two phones say of different facts at once both stays."""
    hold_profile(user_id=user_id)
    Body.objects.update_or_create(user_id=user_id, defaults=changes)


def log_weight(
    *,
    user_id: int,
    client_id: uuid.UUID,
    weight_kg: Decimal,
    occurred_at: dt.datetime,
    now: dt.datetime,
    time_zone: str = "",
) -> Weight:
    """Keep a weighing on the member's day; the same ``client_id`` sent again changes nothing.

    Raises ``NotYetError``, or ``WeighedDifferentlyError`` when the id names another weighing.
    """
    if occurred_at > now + _MAY_BE_AHEAD:
        raise NotYetError("This weight is from the future; check the phone's clock.")
    profile = profile_of(user_id=user_id)
    clock = _clock_for(profile, occurred_at, time_zone)
    try:
        with transaction.atomic():
            return Weight.objects.create(
                user_id=user_id,
                client_id=client_id,
                weight_kg=weight_kg,
                occurred_at=occurred_at,
                time_zone=clock.zone,
                local_day=clock.day_of(occurred_at),
            )
    except IntegrityError as error:
        if _KEPT_ONCE not in str(error):
            raise
    return _same_as(user_id, client_id, (weight_kg, occurred_at))


@transaction.atomic
def weigh_now(*, user_id: int, weight_kg: Decimal, now: dt.datetime) -> None:
    """The profile says what the member weighs: kept as a weighing of now, if it is news."""
    profile = hold_profile(user_id=user_id)
    newest = Weight.objects.of(user_id).newest().first()
    if newest is not None and newest.weight_kg == weight_kg:
        return
    clock = clock_at(clocks_of(profile), now)
    Weight.objects.create(
        user_id=user_id,
        client_id=uuid.uuid4(),
        weight_kg=weight_kg,
        occurred_at=max(now, newest.occurred_at) if newest else now,
        time_zone=clock.zone,
        local_day=clock.day_of(now),
    )


def correct_weight(*, user_id: int, uid: uuid.UUID, weight_kg: Decimal) -> None:
    """Say anew what the scales showed; day and time stay. Raises ``NoSuchWeightError``."""
    if not Weight.objects.of(user_id).filter(uid=uid).update(weight_kg=weight_kg):
        raise NoSuchWeightError("There is no such weight.")


def delete_weight(*, user_id: int, uid: uuid.UUID) -> None:
    """Take a weighing back. Raises ``NoSuchWeightError``."""
    deleted, _ = Weight.objects.of(user_id).filter(uid=uid).delete()
    if not deleted:
        raise NoSuchWeightError("There is no such weight.")


def _clock_for(profile: Profile, at: dt.datetime, time_zone: str) -> Clock:
    """The zone sent with the fact, else the member's at that time."""
    if time_zone:
        return Clock(zone=time_zone, day_starts_at=profile.day_starts_at)
    return clock_at(clocks_of(profile), at)


def _same_as(user_id: int, client_id: uuid.UUID, told: tuple[Decimal, dt.datetime]) -> Weight:
    kept = Weight.objects.of(user_id).get(client_id=client_id)
    if (kept.weight_kg, kept.occurred_at) != told:
        raise WeighedDifferentlyError(
            "A weight with this client_id is already kept with other content. Change it by PUT."
        )
    return kept
