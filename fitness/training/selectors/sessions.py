"""What is asked of members' sessions."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from fitness.core.errors import MissingError
from fitness.core.paging import PreparedRows
from fitness.training.models import LoggedSet, WorkoutLog

NEWEST_FIRST = ("-occurred_at", "-id")


@dataclass(frozen=True, slots=True)
class DoneSet:
    """One set of a session; reps, seconds or both."""

    exercise_uid: uuid.UUID
    reps: int | None
    seconds: int | None
    weight_kg: float | None


@dataclass(frozen=True, slots=True)
class Session:
    """A session that a member did, with its sets in order."""

    id: int
    uid: uuid.UUID
    client_id: uuid.UUID
    workout_uid: uuid.UUID | None
    title: str
    occurred_at: dt.datetime
    time_zone: str
    local_day: dt.date
    duration_seconds: int
    effort: int | None
    note: str
    is_counted: bool
    sets: Sequence[DoneSet] = ()


class NoSuchSessionError(MissingError):
    code = "no_such_session"


def sessions_of(user_id: int) -> PreparedRows[Session]:
    """The member's sessions; one query whatever their number."""
    return PreparedRows(_session, _of_member, user_id=user_id)


def session_of(user_id: int, uid: uuid.UUID) -> Session:
    """One session of the member's. Raises ``NoSuchSessionError``; one query."""
    found = PreparedRows(_session, _of_member, user_id=user_id, uid=uid)
    for session in found.part(NEWEST_FIRST, place=None, limit=1):
        return session
    raise NoSuchSessionError("There is no such session.")


def as_session(log: WorkoutLog) -> Session:
    """A session that was kept this moment and has no sets; no query if its workout is loaded."""
    return Session(
        id=log.pk,
        uid=log.uid,
        client_id=log.client_id,
        workout_uid=log.workout.uid if log.workout else None,
        title=log.title,
        occurred_at=log.occurred_at,
        time_zone=log.time_zone,
        local_day=log.local_day,
        duration_seconds=log.duration_seconds,
        effort=log.effort,
        note=log.note,
        is_counted=log.is_counted,
    )


def _of_member(*, user_id: Any, **named: Any) -> QuerySet[WorkoutLog, Any]:
    sets = LoggedSet.objects.filter(log=OuterRef("pk")).order_by("position")
    done = JSONObject(
        exercise_uid="exercise__uid", reps="reps", seconds="seconds", weight_kg="weight_kg"
    )
    return (
        WorkoutLog.objects.of(user_id)
        .filter(**named)
        .values_list(
            "id", "uid", "client_id", "workout__uid", "title", "occurred_at", "time_zone",
            "local_day", "duration_seconds", "effort", "note", "is_counted",
            ArraySubquery(sets.values(done=done)),
        )
    )  # fmt: skip


def _session(*columns: Any) -> Session:
    *told, sets = columns
    values = [*told, [_done_set(done) for done in sets]]
    return Session(*values)


def _done_set(done: Mapping[str, Any]) -> DoneSet:
    return DoneSet(**{**done, "exercise_uid": uuid.UUID(done["exercise_uid"])})
