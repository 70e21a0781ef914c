"""What members did with the catalogue."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fitness.core.models import TimestampedModel
from fitness.training.models.catalogue import Exercise, Video, Workout
from fitness.training.models.vocabulary import Trust


class WorkoutProgress(models.Model):
    """How far a member came in one video. A late sync never takes anything back.

    ``percent`` only grows; ``position_seconds`` follows the newest ``watched_at``.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    workout = models.ForeignKey(Workout, on_delete=models.CASCADE, related_name="+")
    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="+")
    percent = models.PositiveSmallIntegerField(default=0)
    position_seconds = models.PositiveIntegerField(default=0)
    watched_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "workout", "video"], name="one_progress_a_member_and_video"
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="percent_ends_at_100"),
        ]
        indexes = [models.Index("user", F("watched_at").desc(), name="continue_watching")]

    def __str__(self) -> str:
        return f"{self.percent} %"


class WorkoutLogQuerySet(models.QuerySet["WorkoutLog"]):
    def of(self, user_id: int) -> Self:
        return self.filter(user=user_id)

    def counted(self) -> Self:
        """Those that count for streaks and points: the news of them came in time."""
        return self.filter(is_counted=True)


class WorkoutLog(TimestampedModel):
    """A session that a member did. The title is a snapshot: history outlives the catalogue."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    client_id = models.UUIDField(help_text="Made on the phone: the same id is the same session.")
    workout = models.ForeignKey(
        Workout, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(max_length=120)
    occurred_at = models.DateTimeField(help_text="When the session began.")
    time_zone = models.CharField(max_length=64)
    local_day = models.DateField(help_text="The member's day it began on; never changes.")
    duration_seconds = models.PositiveIntegerField()
    trust = models.CharField(max_length=8, choices=Trust, default=Trust.SELF)
    effort = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=1000, blank=True)
    is_counted = models.BooleanField(default=True)

    objects = WorkoutLogQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "client_id"], name="a_session_is_logged_once"),
            models.CheckConstraint(
                condition=Q(duration_seconds__gt=0, duration_seconds__lte=86_400),
                name="a_session_lasts_up_to_a_day",
            ),
            models.CheckConstraint(
                condition=Q(effort=None) | Q(effort__gte=1, effort__lte=10),
                name="effort_is_one_to_ten",
            ),
        ]
        indexes = [
            models.Index("user", F("occurred_at").desc(), F("id").desc(), name="newest_sessions"),
            models.Index(
                "user", "local_day", name="counted_sessions_a_day", condition=Q(is_counted=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} on {self.local_day}"


class LoggedSet(models.Model):
    """One set of an exercise within a session."""

    log = models.ForeignKey(WorkoutLog, on_delete=models.CASCADE, related_name="sets")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    reps = models.PositiveSmallIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    weight_kg = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["log", "position"], name="one_set_a_place_in_a_log"),
            models.CheckConstraint(
                condition=Q(reps__isnull=False) | Q(seconds__isnull=False),
                name="a_set_has_reps_or_seconds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}."
