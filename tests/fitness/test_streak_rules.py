"""The rules of streaks and points against plain references, over many histories."""

import datetime as dt
import itertools
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from fitness.streaks import rules

START = dt.date(2026, 1, 5)
NOON = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)


def never(day: dt.date) -> bool:
    return False


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


def plain_replay(done: set[int], last: int) -> tuple[int, int, int, int]:
    """Day by day, as one would tell it: current, best, total, freezes after the day ``last``."""
    current = best = total = freezes = 0
    for number in range(last + 1):
        if number in done:
            current, total = current + 1, total + 1
            best = max(best, current)
            if total % 7 == 0 and freezes < 2:
                freezes += 1
        elif current and freezes:
            freezes -= 1
        else:
            current = 0
    return current, best, total, freezes


@given(st.sets(st.integers(0, 60), min_size=1))
def test_a_replay_tells_the_story_day_by_day(done: set[int]) -> None:
    run = rules.replay([day(number) for number in done], never).run

    assert (run.length, run.best, run.total_days, run.freezes) == plain_replay(done, max(done))


@given(st.sets(st.integers(0, 60), min_size=1), st.integers(0, 20))
def test_the_days_since_the_newest_done_one_are_added_when_read(done: set[int], later: int) -> None:
    run = rules.replay([day(number) for number in done], never).run

    now = run.until(day(max(done) + later + 1), never)

    assert now.length == plain_replay(done, max(done) + later)[0]


@given(st.sets(st.integers(0, 40), min_size=1), st.randoms(use_true_random=False))
def test_the_order_in_which_days_are_told_makes_no_difference(
    done: set[int], order: random.Random
) -> None:
    told = [day(number) for number in done]
    order.shuffle(told)

    assert rules.replay(told, never) == rules.replay(sorted(told), never)


@given(st.sets(st.integers(0, 40), min_size=1), st.sets(st.integers(0, 40)))
def test_a_day_that_hardly_existed_is_as_if_it_never_was(done: set[int], neutral: set[int]) -> None:
    skipped = sorted(neutral - done)
    squeezed = {number - sum(gone < number for gone in skipped) for number in done}

    run = rules.replay([day(n) for n in done], lambda at: (at - START).days in skipped).run

    told = (run.length, run.best, run.total_days, run.freezes)
    assert told == plain_replay(squeezed, max(squeezed))


def test_every_seventh_day_earns_a_freeze_and_two_are_held() -> None:
    run = rules.replay([day(number) for number in range(28)], never).run

    assert (run.length, run.freezes) == (28, 2)


def test_a_freeze_saves_a_missed_day_and_a_second_gap_ends_the_run() -> None:
    done = [day(number) for number in range(7)] + [day(8), day(10)]

    run = rules.replay(done, never).run

    assert run.frozen_on == (day(7),)
    assert (run.length, run.best) == (1, 8)


sessions = st.lists(
    st.builds(
        rules.Session,
        source=st.integers(0, 10_000).map(str),
        starts_at=st.integers(0, 20 * 60).map(lambda m: NOON + dt.timedelta(minutes=m)),
        seconds=st.integers(1, 4 * 3600),
        is_self_reported=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda session: session.source,
)


@given(sessions)
def test_a_day_of_training_never_gives_more_than_its_limits(day_of: list[rules.Session]) -> None:
    earned = rules.workout_points(day_of)

    told = {session.source for session in day_of if session.is_self_reported}
    assert sum(earned.values()) <= rules.MINUTES_A_DAY
    assert sum(earned[source] for source in earned.keys() & told) <= 30
    assert all(points > 0 for points in earned.values())


@given(sessions)
@settings(max_examples=50)
def test_points_are_the_same_in_any_order(day_of: list[rules.Session]) -> None:
    expected = rules.workout_points(day_of)

    for order in itertools.islice(itertools.permutations(day_of), 24):
        assert rules.workout_points(order) == expected


@given(sessions)
def test_points_agree_with_counting_second_by_second(day_of: list[rules.Session]) -> None:
    earned = rules.workout_points(day_of)

    taken: set[int] = set()
    left, told_left = 60, 30
    for session in sorted(day_of, key=lambda s: (s.is_self_reported, s.starts_at, s.source)):
        start = int((session.starts_at - NOON).total_seconds())
        own = set(range(start, start + session.seconds)) - taken
        taken |= own
        minutes = len(own) // 60
        points = (
            min(minutes // 2, told_left, left) if session.is_self_reported else min(minutes, left)
        )
        told_left -= points if session.is_self_reported else 0
        left -= points
        assert earned.get(session.source, 0) == points


def test_a_minute_that_two_sessions_cover_counts_once_for_the_trusted_one() -> None:
    watch = rules.Session("watch", NOON, 30 * 60, is_self_reported=False)
    told = rules.Session("told", NOON + dt.timedelta(minutes=20), 30 * 60, is_self_reported=True)

    assert rules.workout_points([told, watch]) == {"watch": 30, "told": 10}
