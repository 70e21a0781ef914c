"""What an editor asked for that takes longer than they wait."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models

ACCESS, CATEGORY = "access", "category_id"


class BulkChange(models.Model):
    """One value for many pages, page by page, while nobody waits for it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    title = models.CharField(max_length=120, help_text="What is done: Set tier: Premium.")
    field_name = models.CharField(max_length=16, choices=[(ACCESS, "Tier"), (CATEGORY, "Category")])
    value: Any = models.JSONField()
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["editor", "-asked_at"])]

    def __str__(self) -> str:
        return self.title


class Turn(models.TextChoices):
    WAITING = "waiting", "Waiting"
    CHANGED = "changed", "Changed"
    LEFT = "left", "Left as it was"


class BulkChangePage(models.Model):
    """A page whose turn comes, or came; ``why`` says what kept it as it was."""

    change = models.ForeignKey(BulkChange, on_delete=models.CASCADE, related_name="pages")
    page_id = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    turn = models.CharField(max_length=7, choices=Turn, default=Turn.WAITING)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "page_id"], name="a_page_has_one_turn"),
        ]
        indexes = [models.Index(fields=["change", "turn"])]

    def __str__(self) -> str:
        return self.title
