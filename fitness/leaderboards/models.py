"""Standings: what each member has in a week or a month, summed from their points."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Period(models.TextChoices):
    WEEK = "week", "ISO week"
    MONTH = "month", "Month"

    def span(self, day: dt.date) -> tuple[dt.date, dt.date]:
        """The first and last day of the week or month that holds ``day``."""
        if self is Period.WEEK:
            monday = day - dt.timedelta(days=day.weekday())
            return monday, monday + dt.timedelta(days=6)
        first = day.replace(day=1)
        return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


class Standing(models.Model):
    """A member's points in one period. Derived: the points ledger can make it again any time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    period = models.CharField(max_length=8, choices=Period)
    starts_on = models.DateField(help_text="Its Monday, or the first of its month.")
    points = models.PositiveIntegerField()
    reached_at = models.DateTimeField(help_text="When the newest fact behind the points happened.")
    is_listed = models.BooleanField(default=False, help_text="Seen by others; off until asked for.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "period", "starts_on"], name="one_standing_a_member_and_period"
            )
        ]
        indexes = [
            models.Index(
                "period",
                "starts_on",
                F("points").desc(),
                "reached_at",
                "user",
                name="board_in_order",
                condition=Q(is_listed=True, points__gt=0),
            )
        ]

    def __str__(self) -> str:
        return f"{self.points} in the {self.period} of {self.starts_on}"
