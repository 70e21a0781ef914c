"""What members wish to be told."""

import datetime as dt
from dataclasses import dataclass

from fitness.core.prepared import Prepared
from fitness.notifications.models import Reminder


@dataclass(frozen=True, slots=True)
class Wish:
    """One reminder that a member set."""

    kind: str
    at: dt.time
    weekdays: list[int]
    channels: list[str]
    is_on: bool


_REMINDERS = Prepared(
    lambda user_id: (
        Reminder.objects.filter(user=user_id)
        .order_by("at", "kind")
        .values_list("kind", "at", "weekdays", "channels", "is_on")
    ),
    "user_id",
)


def reminders_of(user_id: int) -> list[Wish]:
    """The member's reminders by the time of day; one query."""
    return [Wish(*row) for row in _REMINDERS.rows(user_id=user_id)]
