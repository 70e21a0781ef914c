"""What editors asked the assistant for, and what it cost."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class Kind(models.TextChoices):
    TEASER = "teaser", "Teaser"
    DESCRIPTION = "description", "Description for search engines"
    ALT_TEXT = "alt_text", "Alternative text"
    TUTORIAL = "tutorial", "Tutorial"


class State(models.TextChoices):
    WAITING = "waiting", "Waiting"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"
    ACCEPTED = "accepted", "Accepted"
    DISMISSED = "dismissed", "Dismissed"


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def forgettable(self, *, now: dt.datetime) -> Self:
        """Those whose words nobody took for a day."""
        return self.filter(asked_at__lt=now - dt.timedelta(days=1)).filter(answer__isnull=False)


class Suggestion(models.Model):
    """A draft that an editor asked for. Its words are kept until they are taken or left.

    The row stays, with what it cost; what was asked about is not in it.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=16, choices=Kind)
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sent = models.BinaryField(
        null=True, blank=True, help_text="A picture that is not in the house yet, until answered."
    )
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    answer = models.JSONField(null=True, blank=True)
    trouble = models.CharField(max_length=200, blank=True)
    model = models.CharField(max_length=80, blank=True)
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-asked_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="ready") | Q(answer__isnull=True),
                name="words_are_kept_until_they_are_taken_or_left",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.asked_at:%Y-%m-%d %H:%M}"
