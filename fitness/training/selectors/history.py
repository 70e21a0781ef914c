"""What is asked of all that a member did: sums by day, and what was begun."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum

from fitness.core.prepared import Prepared
from fitness.training.models import WorkoutLog, WorkoutProgress, WorkoutVideo, workout_key


@dataclass(frozen=True, slots=True)
class DoneDay:
    """What a member did on one of their days, counted for the streak or not."""

    workouts: int
    seconds: int


@dataclass(frozen=True, slots=True)
class BegunWorkout:
    """A workout that a member began to watch and did not finish, and where they stopped."""

    uid: uuid.UUID
    title: str
    path: str
    access: str
    difficulty: str
    duration_seconds: int
    cover: dict[str, Any]
    cover_alt: str
    category_name: str | None
    category_hue: int | None
    percent: int
    watched_at: dt.datetime
    video_uid: uuid.UUID
    position_seconds: int

    @property
    def entitlement_key(self) -> str:
        """The right that opens this workout alone."""
        return workout_key(self.uid)


def days_of(user_id: int, *, since: dt.date, until: dt.date) -> dict[dt.date, DoneDay]:
    """What the member did on each day that has sessions, both ends included; one query."""
    rows = _DAYS.rows(user_id=user_id, since=since, until=until)
    return {day: DoneDay(*done) for day, *done in rows}


def counted_days_of(user_id: int, *, until: dt.date) -> list[dt.date]:
    """Every day up to ``until`` that counts for the streak; one query."""
    return [day for (day,) in _COUNTED_DAYS.rows(user_id=user_id, until=until)]


def begun_workouts(user_id: int, *, limit: int) -> list[BegunWorkout]:
    """What the member began and did not finish, the last watched first; one query."""
    return [_begun(*row) for row in _BEGUN.rows(limit, user_id=user_id)]


_DAYS = Prepared(
    lambda user_id, since, until: (
        WorkoutLog.objects.of(user_id)
        .filter(local_day__gte=since, local_day__lte=until)
        .values("local_day")
        .annotate(workouts=Count("*"), seconds=Sum("duration_seconds"))
        .order_by("local_day")
        .values_list("local_day", "workouts", "seconds")
    ),
    "user_id",
    "since",
    "until",
)
_COUNTED_DAYS = Prepared(
    lambda user_id, until: (
        WorkoutLog.objects.of(user_id)
        .counted()
        .filter(local_day__lte=until)
        .values_list("local_day")
        .distinct()
    ),
    "user_id",
    "until",
)


def _begun_by(user_id: Any) -> QuerySet[WorkoutProgress, Any]:
    """From what was watched, so that the library's size does not matter."""
    videos = (
        WorkoutVideo.objects.filter(workout=OuterRef("workout"))
        .order_by()
        .values("workout")
        .annotate(count=Count("pk"))
        .values("count")
    )
    still_there = WorkoutVideo.objects.filter(workout=OuterRef("workout"), video=OuterRef("video"))
    return (
        WorkoutProgress.objects.filter(
            user=user_id, workout__owner=None, workout__is_published=True
        )
        .values(
            "workout__uid", "workout__title", "workout__path", "workout__access",
            "workout__difficulty", "workout__duration_seconds", "workout__cover",
            "workout__cover_alt", "workout__category__name", "workout__category__hue",
            videos=Subquery(videos),
        )
        .annotate(
            watched=Sum("percent", filter=Exists(still_there)),
            at=Max("watched_at"),
            last_videos=ArrayAgg("video__uid", order_by=F("watched_at").desc()),
            last_places=ArrayAgg("position_seconds", order_by=F("watched_at").desc()),
            unfinished=Count("pk", filter=Q(completed_at=None)),
        )
        .filter(unfinished__gt=0)
        .order_by("-at")
        .values_list(
            "workout__uid", "workout__title", "workout__path", "workout__access",
            "workout__difficulty", "workout__duration_seconds", "workout__cover",
            "workout__cover_alt", "workout__category__name", "workout__category__hue",
            "videos", "watched", "at", "last_videos", "last_places",
        )
    )  # fmt: skip


_BEGUN = Prepared(_begun_by, "user_id")


def _begun(*columns: Any) -> BegunWorkout:
    *told, videos, watched, at, last_videos, last_places = columns
    percent = (watched or 0) // videos if videos else 0
    values = [*told, percent, at, last_videos[0], last_places[0]]
    return BegunWorkout(*values)
