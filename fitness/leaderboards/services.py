"""Keeping the boards in step with the points ledger."""

import datetime as dt
from collections.abc import Iterable

from django.db import connection

from fitness.accounts.models import Profile
from fitness.leaderboards.models import Period, Standing

_ADULT_YEARS = 18

# Summed anew from the ledger, never counted up, so that no order of events can bend it.
_SUM_UP = """
    INSERT INTO leaderboards_standing (user_id, period, starts_on, points, reached_at, is_listed)
    SELECT %(user)s, span.period, span.starts_on, COALESCE(SUM(entry.points), 0),
           COALESCE(MAX(entry.occurred_at), span.starts_on), %(is_listed)s
      FROM unnest(%(periods)s::text[], %(starts)s::date[], %(ends)s::date[])
           AS span (period, starts_on, ends_on)
      LEFT JOIN streaks_pointentry entry
             ON entry.user_id = %(user)s AND entry.is_live
            AND entry.local_day BETWEEN span.starts_on AND span.ends_on
     GROUP BY span.period, span.starts_on
        ON CONFLICT (user_id, period, starts_on)
        DO UPDATE SET points = EXCLUDED.points, reached_at = EXCLUDED.reached_at,
                      is_listed = EXCLUDED.is_listed
"""


def sum_up(*, profile: Profile, days: Iterable[dt.date]) -> None:
    """Make the member's standings in every period that holds one of ``days`` right; one query."""
    spans = sorted({(period, *period.span(day)) for day in days for period in Period})
    if not spans:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _SUM_UP,
            {
                "user": profile.user_id,
                "is_listed": may_be_listed(profile, max(end for _, _, end in spans)),
                "periods": [period.value for period, _, _ in spans],
                "starts": [start for _, start, _ in spans],
                "ends": [end for _, _, end in spans],
            },
        )


def relist(*, profile: Profile, today: dt.date) -> None:
    """Show the member on the running boards, or take them off, as their profile now says."""
    for period in Period:
        Standing.objects.filter(
            user_id=profile.user_id, period=period, starts_on=period.span(today)[0]
        ).update(is_listed=may_be_listed(profile, today))


def may_be_listed(profile: Profile, day: dt.date) -> bool:
    """Whether others see the member: asked for, known by mail, not under 18 as far as we know."""
    born = profile.birth_date
    is_minor = born is not None and _age(born, day) < _ADULT_YEARS
    return profile.is_on_boards and profile.user.verified_at is not None and not is_minor


def _age(born: dt.date, day: dt.date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
