"""Weeks of training that look lived: who keeps which habit, what they did and when."""

import datetime as dt
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from config.demo.content.reading import MemberText
from config.demo.names import dice, uid
from fitness.accounts.models import User
from fitness.tracking.services import log_workout
from fitness.training.models import Trust, Workout, WorkoutLog

_ELSEWHERE = ("Evening run", "Swim", "Bike to work", "Football with friends", "Gym", "Long walk")
_AT_HOME = 0.75
_SAVED_AFTER = dt.timedelta(minutes=2)


@dataclass(frozen=True)
class Session:
    """Something a member did, before it is told to the product."""

    client_id: uuid.UUID
    began_at: dt.datetime
    seconds: int
    workout: Workout | None
    title: str
    effort: int

    @property
    def saved_at(self) -> dt.datetime:
        return self.began_at + dt.timedelta(seconds=self.seconds) + _SAVED_AFTER


def catch_up(
    user: User,
    text: MemberText,
    *,
    workouts: Sequence[Workout],
    seed: int,
    until: dt.datetime,
) -> int:
    """Log what the member did from joining until then and has not told yet; how much it was."""
    told = set(WorkoutLog.objects.of(user.pk).values_list("client_id", flat=True))
    new = [
        session
        for session in sessions(text, workouts, seed=seed, since=user.date_joined, until=until)
        if session.client_id not in told
    ]
    for session in new:
        log_workout(
            user_id=user.pk,
            client_id=session.client_id,
            occurred_at=session.began_at,
            duration_seconds=session.seconds,
            now=session.saved_at,
            workout=session.workout,
            title=session.title,
            time_zone=text.time_zone,
            trust=Trust.VIDEO if session.workout else Trust.SELF,
            effort=session.effort,
        )
    return len(new)


def sessions(
    text: MemberText,
    workouts: Sequence[Workout],
    *,
    seed: int,
    since: dt.datetime,
    until: dt.datetime,
) -> Iterator[Session]:
    """What the member's habit and the seed make of each day, in order."""
    zone = ZoneInfo(text.time_zone)
    day, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    while day <= last:
        session = _session(text, workouts, seed=seed, day=day, zone=zone)
        if session and since <= session.began_at and session.saved_at <= until:
            yield session
        day += dt.timedelta(days=1)


def _session(
    text: MemberText, workouts: Sequence[Workout], *, seed: int, day: dt.date, zone: ZoneInfo
) -> Session | None:
    habit, name = text.habit, f"session:{text.alias}:{day}"
    chance = dice(seed=seed, name=name)
    if day.weekday() not in habit.days or chance.random() > habit.keeps:
        return None
    begins = dt.time(habit.hour, chance.randrange(60))
    began_at = dt.datetime.combine(day, begins, tzinfo=zone).astimezone(dt.UTC)
    seconds = chance.randint(*habit.minutes) * 60 + chance.randrange(60)
    workout = chance.choice(workouts) if workouts and chance.random() < _AT_HOME else None
    return Session(
        client_id=uid(seed=seed, name=name),
        began_at=began_at,
        seconds=seconds,
        workout=workout,
        title=workout.title if workout else chance.choice(_ELSEWHERE),
        effort=chance.randint(4, 9),
    )
