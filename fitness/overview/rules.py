"""How a trend is drawn through figures that jump from day to day."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

# What is left of an old value a day later. Of one before ``LEAD`` nothing is to be seen, so
# the trend is the same from wherever it is asked.
_KEPT_A_DAY: Final = 0.9
LEAD: Final = dt.timedelta(days=120)


def trend(by_day: Mapping[dt.date, float]) -> dict[dt.date, float]:
    """The figures smoothed: each day's pulls the trend a tenth of the way to it.

    After a gap it pulls as far as if it had been there on every day of the gap.
    """
    smooth: dict[dt.date, float] = {}
    level, before = 0.0, None
    for day in sorted(by_day):
        pull = 1.0 if before is None else 1 - _KEPT_A_DAY ** (day - before).days
        level += pull * (by_day[day] - level)
        smooth[day], before = round(level, 2), day
    return smooth
