"""Billing periods: calendar months and years that remember the day they began on."""

import calendar
import datetime as dt
from typing import Any

_DAY = 86_400


def first_end(*, start: int, recurring: dict[str, Any]) -> int:
    return next_boundary(anchor=start, recurring=recurring, after=start)


def next_boundary(*, anchor: int, recurring: dict[str, Any], after: int) -> int:
    """The first end of a period later than ``after``, counted from ``anchor``.

    Counting from the anchor brings the 31st back after a February.
    """
    steps = max(0, (after - anchor) // (_longest_days(recurring) * _DAY))
    while (end := _boundary(anchor, recurring, steps)) <= after:
        steps += 1
    return end


def _boundary(anchor: int, recurring: dict[str, Any], steps: int) -> int:
    count = int(recurring["interval_count"]) * steps
    match recurring["interval"]:
        case "day":
            return anchor + count * _DAY
        case "week":
            return anchor + count * 7 * _DAY
        case "month":
            return _plus_months(anchor, count)
        case _:
            return _plus_months(anchor, count * 12)


def _plus_months(moment: int, months: int) -> int:
    start = dt.datetime.fromtimestamp(moment, tz=dt.UTC)
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    day = min(start.day, calendar.monthrange(year, month)[1])
    return int(start.replace(year=year, month=month, day=day).timestamp())


def _longest_days(recurring: dict[str, Any]) -> int:
    longest = {"day": 1, "week": 7, "month": 31, "year": 366}
    return longest[recurring["interval"]] * int(recurring["interval_count"])
