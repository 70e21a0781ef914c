"""Facts in, streaks, points and boards out: twice, late, in any order, corrected, taken back."""

import datetime as dt
import random
import uuid
from typing import Any

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from fitness.accounts.models import User
from fitness.leaderboards.models import Period, Standing
from fitness.leaderboards.selectors import board, place_of
from fitness.streaks.models import PointEntry, Streak
from fitness.streaks.selectors import DayKind, streak_of
from fitness.tracking.services import (
    LoggedDifferentlyError,
    amend_workout_log,
    change_profile,
    delete_workout_log,
    log_workout,
)
from fitness.training.models import WorkoutLog
from tests import factories

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 3, 18, tzinfo=dt.UTC)  # a Wednesday
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


def state_of(user: User) -> dict[str, Any]:
    """Everything derived about a member, in a form that can be compared."""
    streak = Streak.objects.get(user=user)
    live = PointEntry.objects.live().filter(user=user)
    return {
        "streak": (streak.length, streak.best, streak.total_days, streak.freezes, streak.frozen_on),
        "points": sorted(live.values_list("rule", "local_day", "points", "occurred_at")),
        "standings": sorted(
            Standing.objects.filter(user=user).values_list(
                "period", "starts_on", "points", "reached_at"
            )
        ),
    }


def test_a_first_session_makes_a_streak_of_one_and_a_place_on_the_board() -> None:
    member = factories.member(is_on_boards=True)

    factories.session(user=member, at=NOW, minutes=30)

    streak = streak_of(user_id=member.pk, now=NOW)
    assert (streak.current, streak.best, streak.is_done_today) == (1, 1, True)
    (row,) = board(period=Period.WEEK, day=TODAY)
    assert (row.rank, row.points, row.public_name) == (1, 15 + 1, member.profile.alias)


def test_the_same_session_told_twice_is_one(member: User) -> None:
    told: dict[str, Any] = {"user": member, "at": NOW, "client_id": uuid.uuid4()}

    first, second = factories.session(**told), factories.session(**told)

    assert first.pk == second.pk
    assert PointEntry.objects.live().filter(rule="workout").count() == 1


def test_one_id_for_two_sessions_is_refused(member: User) -> None:
    told: dict[str, Any] = {"user": member, "at": NOW, "client_id": uuid.uuid4()}
    factories.session(**told, minutes=30)

    with pytest.raises(LoggedDifferentlyError):
        factories.session(**told, minutes=31)


@pytest.mark.parametrize("seed", range(12))
def test_facts_in_any_order_end_in_the_same_state(seed: int) -> None:
    order = random.Random(seed)
    facts: list[dict[str, Any]] = [
        {
            "at": NOW - order.randrange(0, 6) * DAY - dt.timedelta(minutes=order.randrange(600)),
            "minutes": order.randrange(1, 90),
            "trust": order.choice(["self", "device"]),
            "client_id": uuid.UUID(int=order.getrandbits(128)),
        }
        for _ in range(8)
    ]
    states = []
    for _ in range(2):
        member = factories.member()
        order.shuffle(facts)
        for fact in facts:
            factories.session(user=member, now=NOW, **fact)
        states.append(state_of(member))

    assert states[0] == states[1]


def test_the_news_of_yesterday_comes_late_and_mends_the_streak(member: User) -> None:
    factories.session(user=member, at=NOW - 2 * DAY)
    factories.session(user=member, at=NOW)
    assert streak_of(user_id=member.pk, now=NOW).current == 1

    factories.session(user=member, at=NOW - DAY, now=NOW)

    assert streak_of(user_id=member.pk, now=NOW).current == 3
    bonuses = PointEntry.objects.live().filter(rule="streak").order_by("local_day")
    assert [entry.points for entry in bonuses] == [1, 2, 3]


def test_news_that_comes_after_a_week_is_kept_and_earns_nothing(member: User) -> None:
    log = factories.session(user=member, at=NOW - 8 * DAY, now=NOW)

    assert not log.is_counted
    assert not PointEntry.objects.exists()


def test_a_session_taken_back_takes_its_points_along(member: User) -> None:
    before = factories.session(user=member, at=NOW - DAY)
    kept = state_of(member)
    log = factories.session(user=member, at=NOW)

    delete_workout_log(user_id=member.pk, uid=log.uid)

    assert {**state_of(member), "standings": []} == {**kept, "standings": []}
    assert Standing.objects.get(user=member, period="week").points == 16
    reversals = PointEntry.objects.exclude(reverses=None)
    assert sum(entry.points for entry in PointEntry.objects.all()) == 16
    assert reversals.count() == 2
    assert before.uid != log.uid


def test_a_session_corrected_earns_what_it_would_have_earned(member: User) -> None:
    log = factories.session(user=member, at=NOW, minutes=60)

    amend_workout_log(user_id=member.pk, uid=log.uid, changes={"duration_seconds": 600})

    live = PointEntry.objects.live().filter(rule="workout")
    assert [entry.points for entry in live] == [5]
    assert Standing.objects.get(user=member, period="week").points == 6


def test_a_freeze_saves_a_day_and_shows_it(member: User) -> None:
    factories.done_days(user=member, count=7, until=TODAY - 2 * DAY)
    factories.session(user=member, at=NOW)

    streak = streak_of(user_id=member.pk, now=NOW)

    assert (streak.current, streak.freezes) == (8, 0)
    assert [day.state for day in streak.days[-3:]] == [
        DayKind.DONE, DayKind.FROZEN, DayKind.DONE,
    ]  # fmt: skip


def test_a_streak_ends_three_hours_after_the_missed_day(member: User) -> None:
    factories.session(user=member, at=NOW - DAY)
    midnight = dt.datetime.combine(TODAY + DAY, dt.time(), tzinfo=dt.UTC)

    before = streak_of(user_id=member.pk, now=midnight + dt.timedelta(hours=2, minutes=59))
    after = streak_of(user_id=member.pk, now=midnight + dt.timedelta(hours=3))

    assert (before.current, after.current) == (1, 0)
    assert (before.days[-2].state, after.days[-2].state) == (DayKind.OPEN, DayKind.MISSED)


def test_a_session_counts_on_the_day_it_was_where_it_was(member: User) -> None:
    change_profile(user_id=member.pk, changes={"time_zone": "America/Los_Angeles"}, now=NOW - DAY)
    at = dt.datetime(2026, 6, 3, 2, tzinfo=dt.UTC)

    here = factories.session(user=member, at=at)
    told = factories.session(user=member, at=at, time_zone="Asia/Tokyo")

    assert (here.local_day, told.local_day) == (dt.date(2026, 6, 2), dt.date(2026, 6, 3))


def test_ties_share_a_rank_and_hidden_members_move_nobody() -> None:
    for minutes in (60, 40, 40, 20):
        factories.session(user=factories.member(is_on_boards=True), at=NOW, minutes=minutes)
    hidden = factories.member()
    factories.session(user=hidden, at=NOW, minutes=50)

    assert [row.rank for row in board(period=Period.WEEK, day=TODAY)] == [1, 2, 2, 4]
    place = place_of(user_id=hidden.pk, period=Period.WEEK, day=TODAY)
    assert (place.rank, place.is_listed) == (2, False)


def test_minors_are_not_shown_to_strangers() -> None:
    minor = factories.member(is_on_boards=True, birth_date=dt.date(2010, 6, 1))

    factories.session(user=minor, at=NOW)

    assert board(period=Period.WEEK, day=TODAY) == []


def test_a_wish_to_be_on_boards_holds_at_once(member: User) -> None:
    factories.session(user=member, at=NOW)
    change_profile(user_id=member.pk, changes={"is_on_boards": True}, now=NOW)
    assert len(board(period=Period.WEEK, day=TODAY)) == 1

    change_profile(user_id=member.pk, changes={"is_on_boards": False}, now=NOW)

    assert board(period=Period.WEEK, day=TODAY) == []


def test_logging_takes_as_many_queries_for_a_veteran_as_for_a_beginner(
    member: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    factories.done_days(user=member, count=60, until=TODAY - DAY)

    with django_assert_max_num_queries(7):  # two of them are the savepoint
        log_workout(
            user_id=member.pk, client_id=uuid.uuid4(), occurred_at=NOW, duration_seconds=600,
            now=NOW, time_zone="UTC",
        )  # fmt: skip


def test_history_says_what_the_workout_was_called_then(member: User) -> None:
    workout = factories.workout(title="Old name")
    factories.session(user=member, at=NOW, workout=workout)
    workout.title = "New name"
    workout.save()

    assert WorkoutLog.objects.get().title == "Old name"
