"""What a day is: the golden cases of every clock that people live by."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fitness.core.clock import Clock, clock_at, day_ends, existed_for, was_too_short

HOUR = dt.timedelta(hours=1)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Warsaw", "2026-03-29", 23),
        ("Europe/Warsaw", "2026-10-25", 25),
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("Australia/Lord_Howe", "2026-10-04", 23.5),
        ("America/Santiago", "2026-09-06", 23),
        ("Africa/Cairo", "2026-04-24", 23),
        ("Pacific/Apia", "2011-12-30", 0),
        ("Pacific/Apia", "2011-12-29", 24),
        ("UTC", "2026-01-01", 24),
    ],
)
def test_a_day_is_as_long_as_the_clocks_made_it(zone: str, day: str, hours: float) -> None:
    clock, date = Clock(zone), dt.date.fromisoformat(day)

    assert clock.ends(date) - clock.starts(date) == hours * HOUR


def test_a_day_without_a_midnight_starts_when_the_clocks_land() -> None:
    assert Clock("America/Santiago").starts(dt.date(2026, 9, 6)) == at("2026-09-06T01:00:00-03:00")


def test_the_last_millisecond_belongs_to_its_day() -> None:
    clock = Clock("Europe/Berlin")

    assert clock.day_of(at("2026-06-01T23:59:59.999+02:00")) == dt.date(2026, 6, 1)
    assert clock.day_of(at("2026-06-02T00:00:00+02:00")) == dt.date(2026, 6, 2)


def test_who_starts_the_day_at_four_trains_yesterday_until_then() -> None:
    clock = Clock("Europe/Berlin", day_starts_at=4)

    assert clock.day_of(at("2026-06-02T03:59:59+02:00")) == dt.date(2026, 6, 1)
    assert clock.day_of(at("2026-06-02T04:00:00+02:00")) == dt.date(2026, 6, 2)


def test_flying_west_at_half_past_eleven_leaves_the_day_open_until_its_end_there() -> None:
    clocks = [
        Clock("Europe/Warsaw"),
        Clock("America/Los_Angeles", since=at("2026-06-01T23:30:00+02:00")),
    ]

    assert day_ends(clocks, dt.date(2026, 6, 1)) == at("2026-06-02T00:00:00-07:00")
    assert not was_too_short(clocks, dt.date(2026, 6, 1))


def test_crossing_the_date_line_eastward_skips_a_day_that_nobody_can_miss() -> None:
    clocks = [
        Clock("America/Los_Angeles"),
        Clock("Pacific/Auckland", since=at("2026-06-01T22:00:00-07:00")),
    ]

    # It is Tuesday 17:00 in Auckland when the member lands: Tuesday existed for seven hours.
    assert existed_for(clocks, dt.date(2026, 6, 2)) == 7 * HOUR
    assert was_too_short(clocks, dt.date(2026, 6, 2))
    assert not was_too_short(clocks, dt.date(2026, 6, 3))


def test_three_zones_in_a_day_end_it_at_the_latest_of_them() -> None:
    clocks = [
        Clock("Asia/Tokyo"),
        Clock("Europe/London", since=at("2026-06-01T12:00:00+09:00")),
        Clock("America/New_York", since=at("2026-06-01T12:00:00+01:00")),
    ]

    assert day_ends(clocks, dt.date(2026, 6, 1)) == at("2026-06-02T00:00:00-04:00")


def test_the_clock_of_a_fact_is_the_one_in_force_then() -> None:
    change = at("2026-06-01T12:00:00+00:00")
    clocks = [Clock("Asia/Tokyo"), Clock("Europe/London", since=change)]

    assert clock_at(clocks, change - HOUR).zone == "Asia/Tokyo"
    assert clock_at(clocks, change).zone == "Europe/London"


@given(
    st.sampled_from(
        ["UTC", "Europe/Berlin", "America/Santiago", "Africa/Cairo", "Australia/Lord_Howe",
         "Pacific/Apia", "Asia/Kathmandu", "America/Los_Angeles", "Pacific/Kiritimati"]
    ),
    st.integers(0, 6),
    st.datetimes(dt.datetime(2010, 1, 2), dt.datetime(2030, 1, 1)),
)  # fmt: skip
def test_every_instant_lies_within_its_day(zone: str, hour: int, instant: dt.datetime) -> None:
    clock, moment = Clock(zone, hour), instant.replace(tzinfo=dt.UTC)

    day = clock.day_of(moment)

    assert clock.starts(day) <= moment < clock.ends(day)
