"""What a member earned, and how long they have kept at it: both derived from facts."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fitness.core.models import TimestampedModel


class Rule(models.TextChoices):
    """Why points were given."""

    WORKOUT = "workout", "Minutes trained"
    STREAK = "streak", "Days in a row"


class PointEntryQuerySet(models.QuerySet["PointEntry"]):
    def live(self) -> Self:
        """The entries that stand; their sum is what the member has."""
        return self.filter(is_live=True)


class PointEntry(models.Model):
    """One line of a member's points. Lines are never changed or removed, only reversed.

    A correction is a negative line that names the one it reverses; the reason can then be
    earned anew.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    rule = models.CharField(max_length=16, choices=Rule)
    source = models.CharField(max_length=64, blank=True, help_text="What it was given for.")
    local_day = models.DateField()
    points = models.SmallIntegerField()
    occurred_at = models.DateTimeField(help_text="When the fact behind it happened.")
    created_at = models.DateTimeField(auto_now_add=True)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="reversal"
    )
    is_live = models.BooleanField(default=True)

    objects = PointEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "rule", "source", "local_day"],
                condition=Q(is_live=True),
                name="a_reason_earns_once",
            ),
            models.CheckConstraint(
                condition=Q(is_live=False) | Q(points__gt=0), name="live_points_are_positive"
            ),
            models.CheckConstraint(
                condition=Q(reverses=None) | Q(is_live=False, points__lt=0),
                name="a_reversal_takes_points_away",
            ),
        ]
        indexes = [
            models.Index("user", "local_day", name="live_points_a_day", condition=Q(is_live=True))
        ]

    def __str__(self) -> str:
        return f"{self.points:+d} {self.rule} on {self.local_day}"


class Streak(TimestampedModel):
    """Where a member's run stood after their newest done day. Reading it adds the days since."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="streak"
    )
    first_done_on = models.DateField(null=True, blank=True)
    last_done_on = models.DateField(null=True, blank=True)
    length = models.PositiveIntegerField(default=0, help_text="Done days of the running streak.")
    freezes = models.PositiveSmallIntegerField(default=0)
    best = models.PositiveIntegerField(default=0)
    total_days = models.PositiveIntegerField(default=0)
    frozen_on = ArrayField(models.DateField(), default=list, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(freezes__lte=2), name="at_most_two_freezes"),
            models.CheckConstraint(
                condition=Q(length__lte=F("best"), best__lte=F("total_days")),
                name="a_streak_is_no_longer_than_the_best",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.length} days"
