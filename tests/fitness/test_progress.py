"""Progress against a plain reference: facts are summed by the day they were kept on."""

import datetime as dt
import uuid
from collections.abc import Sequence
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import DjangoAssertNumQueries

from fitness.accounts.models import User
from fitness.body.services import log_weight
from fitness.overview.progress import Series, Span, Step, buckets_between, progress_of
from fitness.overview.rules import trend
from fitness.streaks.models import PointEntry
from fitness.streaks.selectors import streak_of
from fitness.tracking.services import change_profile
from fitness.training.models import WorkoutLog
from tests import factories

NOW = dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)
ZONES = ("Europe/Warsaw", "America/Los_Angeles", "Pacific/Apia", "Australia/Lord_Howe")
days = st.dates(dt.date(2019, 12, 1), dt.date(2021, 2, 1))


def told(user: User, since: dt.date, until: dt.date, step: Step) -> dict[str, Series]:
    buckets = buckets_between(since, until, step)
    user.profile.refresh_from_db()
    return {one.name: one for one in progress_of(Span(user.profile, NOW, buckets))}


@given(days, st.integers(0, 800), st.sampled_from(Step))
def test_buckets_hold_every_day_once_and_break_where_weeks_and_months_do(
    since: dt.date, length: int, step: Step
) -> None:
    until = since + dt.timedelta(days=length)

    buckets = buckets_between(since, until, step)

    held = [
        bucket.starts_on + dt.timedelta(days=n)
        for bucket in buckets
        for n in range((bucket.ends_on - bucket.starts_on).days + 1)
    ]
    assert held == [since + dt.timedelta(days=n) for n in range(length + 1)]
    for bucket in buckets:
        assert name_of(bucket.starts_on, step) == name_of(bucket.ends_on, step)
    names = [name_of(bucket.starts_on, step) for bucket in buckets]
    assert len(set(names)) == len(names)


def name_of(day: dt.date, step: Step) -> tuple[int, ...]:
    """The bucket's own name: the date, the ISO year and week, or the year and month."""
    if step is Step.WEEK:
        return day.isocalendar()[:2]
    return (day.year, day.month) if step is Step.MONTH else (day.year, day.month, day.day)


facts = st.lists(
    st.tuples(
        st.integers(0, 200 * 24),  # hours ago
        st.integers(1, 180),  # minutes
        st.sampled_from(ZONES),
        st.decimals(Decimal(50), Decimal(90), places=1),
    ),
    max_size=8,
)


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(facts=facts, back=st.integers(0, 220), step=st.sampled_from(Step))
def test_figures_are_those_of_a_plain_sum_over_local_days(
    facts: list[tuple[int, int, str, Decimal]], back: int, step: Step
) -> None:
    """Days of 23 to 25 hours, skipped dates, and a member who travels between the facts."""
    with transaction.atomic():
        user = factories.member(time_zone="Europe/Warsaw")
        for hours, minutes, zone, weight in sorted(facts, reverse=True):
            at = NOW - dt.timedelta(hours=hours)
            change_profile(user_id=user.pk, changes={"time_zone": zone}, now=at)
            factories.session(user=user, at=at, minutes=minutes, now=min(at, NOW))
            log_weight(
                user_id=user.pk, client_id=uuid.uuid4(), weight_kg=weight, occurred_at=at, now=NOW
            )
        until = NOW.date() + dt.timedelta(days=1)
        since = until - dt.timedelta(days=back)

        shown = told(user, since, until, step)

        logs = [log for log in WorkoutLog.objects.of(user.pk) if since <= log.local_day <= until]
        names = [name_of(one.starts_on, step) for one in buckets_between(since, until, step)]
        for place, name in enumerate(names):
            here = [log for log in logs if name_of(log.local_day, step) == name]
            earned = PointEntry.objects.live().filter(user=user).values_list("local_day", "points")
            assert shown["workouts"].values[place] == len(here)
            assert shown["minutes"].values[place] == sum(x.duration_seconds for x in here) // 60
            assert shown["active_days"].values[place] == len({log.local_day for log in here})
            assert shown["points"].values[place] == sum(
                points
                for day, points in earned
                if name_of(day, step) == name and since <= day <= until
            )
        for name_ in ("workouts", "active_days", "points"):
            assert shown[name_].total == sum(value or 0 for value in shown[name_].values)
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("gaps", [[1] * 20, [1, 1, 1, 3, 1, 1, 2, 1], [9, 1, 1, 1, 1, 1, 1, 1, 2]])
def test_the_streak_of_today_is_where_the_series_ends(member: User, gaps: Sequence[int]) -> None:
    day = NOW.date()
    ends = [day := day - dt.timedelta(days=gap) for gap in gaps]
    for end in reversed(ends):
        factories.done_days(user=member, count=1, until=end)

    shown = told(member, NOW.date() - dt.timedelta(days=40), NOW.date(), Step.DAY)["streak"]

    assert shown.values[-1] == shown.total == streak_of(user_id=member.pk, now=NOW).current
    assert max(value or 0 for value in shown.values) == streak_of(user_id=member.pk, now=NOW).best


@pytest.mark.django_db
def test_days_to_come_have_no_streak_yet(member: User) -> None:
    shown = told(member, NOW.date(), NOW.date() + dt.timedelta(days=2), Step.DAY)["streak"]

    assert list(shown.values) == [0, None, None]


@pytest.mark.django_db
def test_the_last_weight_of_a_day_counts_and_days_without_one_stay_empty(member: User) -> None:
    for hours, weight in ((0, 70), (3, 72), (72, 74)):
        log_weight(
            user_id=member.pk,
            client_id=uuid.uuid4(),
            weight_kg=Decimal(weight),
            occurred_at=NOW - dt.timedelta(hours=hours),
            now=NOW,
        )

    shown = told(member, NOW.date() - dt.timedelta(days=3), NOW.date(), Step.DAY)

    assert list(shown["weight"].values) == [74, None, None, 70]
    assert list(shown["weight_trend"].values) == [74, None, None, pytest.approx(72.92, abs=0.01)]


def test_a_trend_is_where_a_steady_weight_is_and_lags_behind_a_jump() -> None:
    start = dt.date(2026, 1, 1)
    weights = {start + dt.timedelta(days=n): 80.0 if n < 10 else 70.0 for n in range(60)}

    smooth = list(trend(weights).values())

    assert smooth[:10] == [80.0] * 10
    assert smooth[10] == pytest.approx(79.0)
    assert smooth[-1] == pytest.approx(70.0, abs=0.1)
    assert smooth[10:] == sorted(smooth[10:], reverse=True)


@given(st.dictionaries(st.integers(0, 400), st.floats(40, 150), min_size=1, max_size=60))
def test_a_trend_never_leaves_what_was_measured(measured: dict[int, float]) -> None:
    by_day = {dt.date(2026, 1, 1) + dt.timedelta(days=n): kg for n, kg in measured.items()}

    smooth = trend(by_day)

    assert smooth.keys() == by_day.keys()
    low, high = min(measured.values()) - 0.01, max(measured.values()) + 0.01
    assert all(low <= level <= high for level in smooth.values())


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 60])
def test_progress_takes_five_statements_whatever_the_history(
    member: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    factories.done_days(user=member, count=count, until=NOW.date())
    buckets = buckets_between(dt.date(2020, 1, 1), NOW.date(), Step.MONTH)

    with django_assert_num_queries(5):  # sessions; points; clocks, counted days; weights
        progress_of(Span(member.profile, NOW, buckets))
