"""Four weeks of sessions, and what the rules give for them."""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection

from bench.data.chance import at, drawn_uuid
from fitness.accounts.models import User
from fitness.accounts.selectors import current_clock
from fitness.streaks import rules
from fitness.streaks.models import PointEntry, Rule, Streak
from fitness.training.models import (
    Exercise,
    LoggedSet,
    Trust,
    Workout,
    WorkoutLog,
    WorkoutProgress,
    WorkoutVideo,
)

_DAYS = 28
_SHARE_OF_DAYS = 0.37
_EVENING = 18 * 60
_SETS_EVERY = 10  # sessions

# What ``sum_up`` writes for one member, for all of them at once.
_STANDINGS = """
    INSERT INTO leaderboards_standing (user_id, period, starts_on, points, reached_at, is_listed)
    SELECT entry.user_id, span.period, span.starts_on, SUM(entry.points), MAX(entry.occurred_at),
           profile.is_on_boards
      FROM streaks_pointentry entry
      JOIN accounts_profile profile ON profile.user_id = entry.user_id
     CROSS JOIN LATERAL (VALUES ('week', date_trunc('week', entry.local_day)::date),
                                ('month', date_trunc('month', entry.local_day)::date)
           ) AS span (period, starts_on)
     GROUP BY entry.user_id, span.period, span.starts_on, profile.is_on_boards
"""


def is_rested(number: int) -> bool:
    """Whether the member with this number last trained two days ago, and not today."""
    return number % 2 == 1


def add_sessions(
    *, members: Sequence[User], workouts: Sequence[Workout], today: dt.date, chance: random.Random
) -> None:
    """About ten sessions a member, with points, streaks, standings and progress in videos."""
    logs = [
        _log(member, at(day, minutes), workouts=workouts, chance=chance)
        for number, member in enumerate(members)
        for day, minutes in _evenings(number, today, chance)
    ]
    WorkoutLog.objects.bulk_create(logs, batch_size=2000)
    _add_sets(logs)
    _add_progress(logs)
    _add_points(logs)
    with connection.cursor() as cursor:
        cursor.execute(_STANDINGS)


def _evenings(number: int, today: dt.date, chance: random.Random) -> Iterator[tuple[dt.date, int]]:
    for back in range(_DAYS, 1, -1):
        if chance.random() < _SHARE_OF_DAYS:
            yield today - dt.timedelta(days=back), _EVENING + chance.randrange(60)
    if not is_rested(number):
        yield today, chance.randrange(30)


def _log(
    member: User, occurred_at: dt.datetime, *, workouts: Sequence[Workout], chance: random.Random
) -> WorkoutLog:
    clock = current_clock(member.profile)
    workout = chance.choice(workouts)
    return WorkoutLog(
        uid=drawn_uuid(chance),
        client_id=drawn_uuid(chance),
        user=member,
        workout=workout,
        title=workout.title,
        occurred_at=occurred_at,
        time_zone=clock.zone,
        local_day=clock.day_of(occurred_at),
        duration_seconds=chance.randrange(10, 60) * 60,
        trust=chance.choice([Trust.SELF, Trust.SELF, Trust.VIDEO]),
    )


def _add_sets(logs: Sequence[WorkoutLog]) -> None:
    exercises = Exercise.objects.order_by("pk")[:3]
    LoggedSet.objects.bulk_create(
        [
            LoggedSet(log=log, exercise=exercise, position=place, reps=12, weight_kg=20)
            for log in logs[::_SETS_EVERY]
            for place, exercise in enumerate(exercises, start=1)
        ],
        batch_size=2000,
    )


def _add_progress(logs: Sequence[WorkoutLog]) -> None:
    """Each member's newest session was half watched."""
    newest = {log.user_id: log for log in logs}
    firsts = WorkoutVideo.objects.filter(position=1).values_list("workout", "video")
    first_video: dict[int | None, int] = dict(firsts)
    WorkoutProgress.objects.bulk_create(
        [
            WorkoutProgress(
                user_id=log.user_id,
                workout_id=log.workout_id or 0,
                video_id=first_video[log.workout_id],
                percent=50,
                position_seconds=240,
                watched_at=log.occurred_at,
            )
            for log in newest.values()
        ],
        batch_size=2000,
    )


def _add_points(logs: Sequence[WorkoutLog]) -> None:
    by_member: dict[int, list[WorkoutLog]] = defaultdict(list)
    for log in logs:
        by_member[log.user_id].append(log)
    streaks: list[Streak] = []
    entries: list[PointEntry] = []
    for user_id, own in by_member.items():
        replayed = rules.replay((log.local_day for log in own), lambda day: False)
        streaks.append(_streak(user_id, replayed.run))
        entries += _entries(user_id, own, replayed.lengths)
    Streak.objects.bulk_create(streaks, batch_size=2000)
    PointEntry.objects.bulk_create(entries, batch_size=2000)


def _streak(user_id: int, run: rules.Run) -> Streak:
    return Streak(
        user_id=user_id,
        first_done_on=run.first_done_on,
        last_done_on=run.last_done_on,
        length=run.length,
        freezes=run.freezes,
        best=run.best,
        total_days=run.total_days,
        frozen_on=list(run.frozen_on),
    )


def _entries(
    user_id: int, logs: Iterable[WorkoutLog], lengths: dict[dt.date, int]
) -> Iterator[PointEntry]:
    by_day: dict[dt.date, list[WorkoutLog]] = defaultdict(list)
    for log in logs:
        by_day[log.local_day].append(log)
    for day, of_day in by_day.items():
        happened = {str(log.uid): log.occurred_at for log in of_day}
        for source, points in rules.workout_points(map(_as_session, of_day)).items():
            yield PointEntry(
                user_id=user_id,
                rule=Rule.WORKOUT,
                source=source,
                local_day=day,
                points=points,
                occurred_at=happened[source],
            )
        yield PointEntry(
            user_id=user_id,
            rule=Rule.STREAK,
            local_day=day,
            points=rules.bonus(lengths[day]),
            occurred_at=min(happened.values()),
        )


def _as_session(log: WorkoutLog) -> rules.Session:
    return rules.Session(
        source=str(log.uid),
        starts_at=log.occurred_at,
        seconds=log.duration_seconds,
        is_self_reported=log.trust == Trust.SELF,
    )
