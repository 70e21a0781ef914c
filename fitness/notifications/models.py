"""What members wish to be told, and how. Sending comes with the channels themselves."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from fitness.core.models import TimestampedModel


class Channel(models.TextChoices):
    PUSH = "push", "On the phone"
    EMAIL = "email", "By e-mail"
    IN_APP = "in_app", "In the app"


class ReminderKind(models.TextChoices):
    WORKOUT = "workout", "Train"
    WATER = "water", "Drink"
    MEAL = "meal", "Log a meal"
    WEIGH_IN = "weigh_in", "Step on the scales"
    STREAK = "streak", "The streak is at risk"


class Reminder(TimestampedModel):
    """A member's wish to be reminded at a time of their own clock, on some days of the week."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=ReminderKind)
    at = models.TimeField(help_text="By the member's clock, to the minute.")
    weekdays = ArrayField(models.PositiveSmallIntegerField(), help_text="ISO: 1 is Monday.")
    channels = ArrayField(models.CharField(max_length=8, choices=Channel))
    is_on = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "at"], name="one_reminder_of_a_kind_a_minute"
            ),
            models.CheckConstraint(
                condition=Q(weekdays__contained_by=list(range(1, 8)), weekdays__len__gte=1),
                name="a_reminder_has_days_of_the_week",
            ),
            models.CheckConstraint(
                condition=Q(channels__contained_by=Channel.values, channels__len__gte=1),
                name="a_reminder_has_a_way_to_the_member",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.at:%H:%M}"


EVERY_DAY = list(range(1, 8))
MOST_REMINDERS = 30
