"""What changes members' wishes."""

from collections.abc import Sequence

from django.db import transaction

from fitness.accounts.services import hold_profile
from fitness.notifications.models import Reminder
from fitness.notifications.selectors import Wish


@transaction.atomic
def set_reminders(*, user_id: int, wishes: Sequence[Wish]) -> None:
    """The member's reminders are these and no others; doing it twice changes nothing."""
    hold_profile(user_id=user_id)
    Reminder.objects.filter(user=user_id).delete()
    Reminder.objects.bulk_create(
        Reminder(
            user_id=user_id,
            kind=wish.kind,
            at=wish.at,
            weekdays=wish.weekdays,
            channels=wish.channels,
            is_on=wish.is_on,
        )
        for wish in wishes
    )
