"""The home screen in one call."""

import datetime as dt
import uuid

import msgspec
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from api.core.answers import personal_answer
from api.core.requests import MemberRequest
from api.streaks.views import DayOut
from api.users.cards import CardOut, FavoriteOut, Shelf, card_out, rights_for
from cms.core.formats import whole_minutes
from fitness.favorites.selectors import newest_favorites
from fitness.leaderboards.models import Period
from fitness.leaderboards.selectors import Place
from fitness.overview.home import Ring, home_of
from fitness.streaks.selectors import StreakView
from fitness.training.selectors import BegunWorkout, begun_workouts

_BEGUN, _FAVORITES = 3, 5


class RingOut(msgspec.Struct, frozen=True):
    """A figure on its way to a goal, within the running ``period`` (``day`` or ``week``)."""

    name: str
    value: int
    goal: int
    unit: str
    period: str


class RunOut(msgspec.Struct, frozen=True):
    """The running streak, the best one, and all days ever done."""

    current: int
    best: int
    total_days: int
    freezes: int
    is_done_today: bool


class WeekOut(msgspec.Struct, frozen=True):
    """The member's points and place of this ISO week; unlisted, the rank they would have."""

    starts_on: dt.date
    ends_on: dt.date
    points: int
    rank: int | None
    is_listed: bool


class BegunOut(msgspec.Struct, frozen=True):
    """A workout to go on with: how much of it was watched, and where the player stopped."""

    workout: uuid.UUID
    percent: int
    video: uuid.UUID
    position_s: int
    watched_at: dt.datetime
    card: CardOut


class ScheduledOut(msgspec.Struct, frozen=True):
    """The next workout of the member's calendar."""

    id: uuid.UUID
    title: str
    starts_at: dt.datetime
    workout: uuid.UUID | None


class PlanOut(msgspec.Struct, frozen=True):
    """The meal plan that today belongs to."""

    id: uuid.UUID
    title: str


class DashboardOut(msgspec.Struct, frozen=True):
    """The home screen. More rings come with more domains; clients draw those they know."""

    today: dt.date
    rings: list[RingOut]
    streak: RunOut
    days: list[DayOut]
    week: WeekOut
    next_scheduled: ScheduledOut | None
    plan_of_the_day: PlanOut | None
    continue_watching: list[BegunOut]
    favorites: list[FavoriteOut]
    unread_count: int


class Dashboard(APIView):
    @extend_schema(summary="Everything the home screen shows", responses={200: DashboardOut})
    def get(self, request: MemberRequest) -> HttpResponse:
        user_id, now = request.user.pk, timezone.now()
        home = home_of(profile=request.user.profile, now=now)
        begun = begun_workouts(user_id, limit=_BEGUN)
        shelf = Shelf(newest_favorites(user_id, limit=_FAVORITES))
        rights = rights_for([*begun, *shelf.items], user_id=user_id, now=now)
        streak = home.streak
        return personal_answer(
            DashboardOut(
                today=streak.today,
                rings=[_ring(ring) for ring in home.rings],
                streak=_run(streak),
                days=[DayOut(day.day, day.state, day.deadline) for day in streak.days],
                week=_week(home.place, streak.today),
                next_scheduled=None,
                plan_of_the_day=None,
                continue_watching=[_begun(workout, rights) for workout in begun],
                favorites=shelf.out(rights),
                unread_count=0,
            )
        )


def _ring(ring: Ring) -> RingOut:
    return RingOut(
        name=ring.name, value=ring.value, goal=ring.goal, unit=ring.unit, period=ring.period
    )


def _run(streak: StreakView) -> RunOut:
    return RunOut(
        current=streak.current,
        best=streak.best,
        total_days=streak.total_days,
        freezes=streak.freezes,
        is_done_today=streak.is_done_today,
    )


def _week(place: Place, today: dt.date) -> WeekOut:
    starts_on, ends_on = Period.WEEK.span(today)
    return WeekOut(
        starts_on=starts_on,
        ends_on=ends_on,
        points=place.points,
        rank=place.rank,
        is_listed=place.is_listed,
    )


def _begun(begun: BegunWorkout, rights: frozenset[str]) -> BegunOut:
    return BegunOut(
        workout=begun.uid,
        percent=begun.percent,
        video=begun.video_uid,
        position_s=begun.position_seconds,
        watched_at=begun.watched_at,
        card=card_out(begun, minutes=whole_minutes(begun.duration_seconds), rights=rights),
    )
