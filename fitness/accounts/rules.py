"""Who may be a member, as pure functions."""

import datetime as dt

from django.core.exceptions import ValidationError

YOUNGEST = 13
_FIRST_BIRTH_DATE = dt.date(1900, 1, 1)


def check_birth_date(born: dt.date | None, *, today: dt.date) -> dt.date | None:
    """The date, unless nobody alive was born then or the member would be a child.

    Raises ``ValidationError``. Not saying is always fine.
    """
    if born is None:
        return None
    if not _FIRST_BIRTH_DATE <= born <= today:
        raise ValidationError("Nobody of that age trains here.", code="out_of_range")
    if age_on(today, born=born) < YOUNGEST:
        raise ValidationError(f"FitCore is for people of {YOUNGEST} and over.", code="too_young")
    return born


def age_on(day: dt.date, *, born: dt.date) -> int:
    """Full years; who was born on 29 February turns on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
