"""A member's day at a glance. The home screen and the page of the day tell the same figures."""

import datetime as dt
from dataclasses import dataclass

from fitness.accounts.models import Profile
from fitness.leaderboards.models import Period
from fitness.leaderboards.selectors import Place, standing_of
from fitness.streaks.selectors import StreakView, streak_of
from fitness.training.selectors import DoneDay, days_of

_NOTHING = DoneDay(workouts=0, seconds=0)


@dataclass(frozen=True, slots=True)
class Ring:
    """A figure on its way to a goal, within the ``period`` (a day or a week) that is running."""

    name: str
    value: int
    goal: int
    unit: str
    period: str

    @property
    def percent(self) -> int:
        """How full the ring is; a goal outdone is a full one."""
        return min(self.value * 100 // self.goal, 100)


@dataclass(frozen=True, slots=True)
class Home:
    """Today's rings, the streak with its last seven days, and this week's place."""

    streak: StreakView
    rings: tuple[Ring, ...]
    place: Place


def home_of(*, profile: Profile, now: dt.datetime) -> Home:
    """How the member's day stands; four queries whatever the history."""
    user_id = profile.user_id
    streak = streak_of(user_id=user_id, now=now, profile=profile)
    monday, sunday = Period.WEEK.span(streak.today)
    days = days_of(user_id, since=monday, until=sunday)
    today = days.get(streak.today, _NOTHING)
    return Home(
        streak=streak,
        rings=(
            Ring("minutes", today.seconds // 60, profile.goal_minutes_a_day, "min", "day"),
            Ring(
                "workouts",
                sum(day.workouts for day in days.values()),
                profile.goal_workouts_a_week,
                "count",
                "week",
            ),
        ),
        place=standing_of(user_id=user_id, period=Period.WEEK, day=streak.today),
    )
