"""Where facts about members enter: each is kept, and all that follows from it derived, at once.

One transaction a fact, one lock a member. Facts may come twice, late and in any order.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from fitness.accounts.models import Profile
from fitness.accounts.selectors import current_clock
from fitness.accounts.services import change_profile as change_account_profile
from fitness.accounts.services import mark_verified, profile_of
from fitness.body.services import describe_body, weigh_now
from fitness.core.clock import Clock, clock_at
from fitness.core.errors import ConflictError, MissingError
from fitness.leaderboards.services import relist, sum_up
from fitness.streaks import rules
from fitness.streaks.locks import HeldStreak, lock_streak
from fitness.streaks.services import record_session, rederive
from fitness.training.models import LoggedSet, Trust, Workout, WorkoutLog

_LOGGED_ONCE = "a_session_is_logged_once"


@dataclass(frozen=True, slots=True)
class NewSet:
    """One set as the member tells it, in order; reps, seconds or both."""

    exercise_id: int
    reps: int | None = None
    seconds: int | None = None
    weight_kg: Decimal | None = None


class LoggedDifferentlyError(ConflictError):
    """The phone's id already names another session; a changed session is sent as PUT."""

    code = "logged_differently"


def log_workout(
    *,
    user_id: int,
    client_id: uuid.UUID,
    occurred_at: dt.datetime,
    duration_seconds: int,
    now: dt.datetime,
    workout: Workout | None = None,
    title: str = "",
    time_zone: str = "",
    trust: str = Trust.SELF,
    effort: int | None = None,
    note: str = "",
    sets: Sequence[NewSet] = (),
) -> WorkoutLog:
    """Keep a session that the member did; streak, points and boards follow at once.

    The same ``client_id`` with the same content is the same session and changes nothing; with
    other content it raises ``LoggedDifferentlyError``. News that comes more than a week late
    is kept for the member's charts and earns nothing.
    """
    log = WorkoutLog(
        user_id=user_id,
        client_id=client_id,
        workout=workout,
        title=title or (workout.title if workout else "Workout"),
        occurred_at=occurred_at,
        time_zone=time_zone,
        duration_seconds=duration_seconds,
        trust=trust,
        effort=effort,
        note=note,
        is_counted=rules.counts(occurred_at=occurred_at, now=now),
    )
    try:
        return _keep_new(log, sets)
    except IntegrityError as error:
        if _LOGGED_ONCE not in str(error):
            raise
    return _same_as(log)


@transaction.atomic
def _keep_new(log: WorkoutLog, sets: Sequence[NewSet]) -> WorkoutLog:
    held = lock_streak(user_id=log.user_id)
    clock = _clock_for(held, log)
    log.time_zone, log.local_day = clock.zone, clock.day_of(log.occurred_at)
    log.save(force_insert=True)
    _keep_sets(log, sets)
    days = record_session(held=held, log=log)
    sum_up(profile=held.profile, days=days)
    return log


@transaction.atomic
def amend_workout_log(
    *, user_id: int, uid: uuid.UUID, changes: dict[str, Any], sets: Sequence[NewSet] | None = None
) -> WorkoutLog:
    """Change what the member said of a session; the day it counts on stays what it was.

    ``changes`` may hold ``duration_seconds``, ``effort`` and ``note``. ``sets`` replaces all
    sets; ``None`` leaves them. Raises ``MissingError`` for a session that is not theirs.
    """
    held = lock_streak(user_id=user_id)
    log = _own_log(user_id, uid)
    for field, value in changes.items():
        setattr(log, field, value)
    log.save(update_fields=[*changes, "updated_at"])
    if sets is not None:
        log.sets.all().delete()
        _keep_sets(log, sets)
    _follow(held, since=log.local_day)
    return log


@transaction.atomic
def delete_workout_log(*, user_id: int, uid: uuid.UUID) -> None:
    """Take a session back, and what it earned with it. Raises ``MissingError``."""
    held = lock_streak(user_id=user_id)
    log = _own_log(user_id, uid)
    log.delete()
    _follow(held, since=log.local_day)


@transaction.atomic
def change_profile(
    *,
    user_id: int,
    changes: dict[str, object],
    now: dt.datetime,
    body: dict[str, Any] | None = None,
    weight_kg: Decimal | None = None,
) -> Profile:
    """Set what the member says of themselves, and leave the rest; all of it or nothing.

    A wish to be on boards, or off, holds at once. A weight that is news is a weighing of now.
    """
    profile = change_account_profile(user_id=user_id, changes=changes, now=now)
    if {"is_on_boards", "birth_date"} & changes.keys():
        relist(profile=profile, today=current_clock(profile).day_of(now))
    if body:
        describe_body(user_id=user_id, changes=body)
    if weight_kg is not None:
        weigh_now(user_id=user_id, weight_kg=weight_kg, now=now)
    return profile


@transaction.atomic
def confirm_address(*, user_id: int, now: dt.datetime) -> None:
    """The address is known to be the member's: they may buy, and others see them on boards."""
    if mark_verified(user_id=user_id, now=now):
        profile = Profile.objects.select_related("user").get(pk=profile_of(user_id=user_id).pk)
        relist(profile=profile, today=current_clock(profile).day_of(now))


def _clock_for(held: HeldStreak, log: WorkoutLog) -> Clock:
    """The clock a session is dated by: the zone sent with it, else the member's at that time."""
    if log.time_zone:
        return Clock(zone=log.time_zone, day_starts_at=held.profile.day_starts_at)
    return clock_at(held.clocks, log.occurred_at)


def _keep_sets(log: WorkoutLog, sets: Iterable[NewSet]) -> None:
    LoggedSet.objects.bulk_create(
        LoggedSet(
            log=log,
            position=position,
            exercise_id=new.exercise_id,
            reps=new.reps,
            seconds=new.seconds,
            weight_kg=new.weight_kg,
        )
        for position, new in enumerate(sets, start=1)
    )


def _follow(held: HeldStreak, *, since: dt.date) -> None:
    days = rederive(held=held, since=since)
    sum_up(profile=held.profile, days=days)


def _own_log(user_id: int, uid: uuid.UUID) -> WorkoutLog:
    log = WorkoutLog.objects.of(user_id).filter(uid=uid).first()
    if log is None:
        raise MissingError("There is no such session.")
    return log


def _same_as(sent: WorkoutLog) -> WorkoutLog:
    kept = WorkoutLog.objects.of(sent.user_id).get(client_id=sent.client_id)
    told = ("workout_id", "occurred_at", "duration_seconds", "trust", "effort", "note")
    if any(getattr(kept, field) != getattr(sent, field) for field in told):
        raise LoggedDifferentlyError(
            "A session with this client_id is already kept with other content. Change it by PUT."
        )
    return kept
