"""Deriving streaks and points from what members logged.

Every caller holds the member's row by ``lock_streak``, so that two phones take turns.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from fitness.streaks import rules
from fitness.streaks.locks import HeldStreak
from fitness.streaks.models import PointEntry, Rule, Streak
from fitness.streaks.selectors import run_of
from fitness.training.models import Trust, WorkoutLog

type Reason = tuple[str, str, dt.date]
type Earned = dict[Reason, tuple[int, dt.datetime]]


def record_session(*, held: HeldStreak, log: WorkoutLog) -> set[dt.date]:
    """Let a newly kept session count; the days whose points changed.

    A session on a new newest day only adds to what is there. Any other is settled by deriving
    again from its day on, which gives the same figures whatever order the facts came in.
    """
    if not log.is_counted:
        return set()
    last_done_on = held.streak.last_done_on
    if last_done_on is not None and log.local_day <= last_done_on:
        return rederive(held=held, since=log.local_day)
    run = run_of(held.streak).done(log.local_day, held.is_neutral)
    _keep_run(held.streak, run)
    earned = _earned_by_workouts([log])
    earned[Rule.STREAK, "", log.local_day] = (rules.bonus(run.length), log.occurred_at)
    _add(held.user_id, earned)
    return {log.local_day}


def rederive(*, held: HeldStreak, since: dt.date) -> set[dt.date]:
    """Derive streak and points again from the facts, from ``since`` on; the days that changed.

    Doing it twice changes nothing. Points that no longer stand are reversed, never erased.
    """
    logs = list(WorkoutLog.objects.of(held.user_id).counted().filter(local_day__gte=since))
    earned = _earned_by_workouts(logs)
    was_done = PointEntry.objects.live().filter(user=held.user_id, local_day__gte=since)
    standing = {(e.rule, e.source, e.local_day): e for e in was_done}
    first = _first_facts(logs)
    lengths = _replayed_lengths(held, first.keys(), standing)
    earned |= {
        (Rule.STREAK, "", day): (lengths[day], happened_at) for day, happened_at in first.items()
    }
    return _settle(held.user_id, standing, earned)


def _replayed_lengths(
    held: HeldStreak, done_on: Collection[dt.date], standing: dict[Reason, PointEntry]
) -> dict[dt.date, int]:
    """The bonus of each done day: as it stands where the same days are done, else replayed."""
    bonuses = {
        day: entry.points for (rule, _, day), entry in standing.items() if rule == Rule.STREAK
    }
    if bonuses.keys() == set(done_on):
        return bonuses
    done_days = WorkoutLog.objects.of(held.user_id).counted().values_list("local_day", flat=True)
    replayed = rules.replay(done_days.distinct(), held.is_neutral)
    _keep_run(held.streak, replayed.run)
    return {day: rules.bonus(length) for day, length in replayed.lengths.items()}


def _first_facts(logs: Collection[WorkoutLog]) -> dict[dt.date, dt.datetime]:
    """When each day was first done."""
    first: dict[dt.date, dt.datetime] = {}
    for log in logs:
        first[log.local_day] = min(log.occurred_at, first.get(log.local_day, log.occurred_at))
    return first


def _earned_by_workouts(logs: Collection[WorkoutLog]) -> Earned:
    sessions = defaultdict(list)
    for log in logs:
        sessions[log.local_day].append(
            rules.Session(
                source=str(log.uid),
                starts_at=log.occurred_at,
                seconds=log.duration_seconds,
                is_self_reported=log.trust == Trust.SELF,
            )
        )
    happened = {str(log.uid): log.occurred_at for log in logs}
    return {
        (Rule.WORKOUT, source, day): (points, happened[source])
        for day, of_day in sessions.items()
        for source, points in rules.workout_points(of_day).items()
    }


def _settle(user_id: int, standing: dict[Reason, PointEntry], earned: Earned) -> set[dt.date]:
    """Make the live entries exactly ``earned``: reverse what differs, add what is missing."""
    wrong = [
        entry
        for reason, entry in standing.items()
        if earned.get(reason) != (entry.points, entry.occurred_at)
    ]
    if wrong:
        PointEntry.objects.filter(pk__in=[entry.pk for entry in wrong]).update(is_live=False)
        PointEntry.objects.bulk_create(
            PointEntry(
                user_id=user_id,
                rule=entry.rule,
                source=entry.source,
                local_day=entry.local_day,
                points=-entry.points,
                occurred_at=entry.occurred_at,
                reverses=entry,
                is_live=False,
            )
            for entry in wrong
        )
    wrong_reasons = {(entry.rule, entry.source, entry.local_day) for entry in wrong}
    missing = {
        reason: worth
        for reason, worth in earned.items()
        if reason not in standing or reason in wrong_reasons
    }
    _add(user_id, missing)
    return {day for _, _, day in wrong_reasons | missing.keys()}


def _add(user_id: int, earned: Earned) -> None:
    PointEntry.objects.bulk_create(
        PointEntry(
            user_id=user_id,
            rule=rule,
            source=source,
            local_day=day,
            points=points,
            occurred_at=occurred_at,
        )
        for (rule, source, day), (points, occurred_at) in earned.items()
    )


def _keep_run(streak: Streak, run: rules.Run) -> None:
    streak.first_done_on = run.first_done_on
    streak.last_done_on = run.last_done_on
    streak.length = run.length
    streak.freezes = run.freezes
    streak.best = run.best
    streak.total_days = run.total_days
    streak.frozen_on = list(run.frozen_on)
    streak.save()
