"""What members want to find again."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F


class Kind(models.TextChoices):
    """What can be kept. A new kind needs its line here and its cards in the API."""

    WORKOUT = "workout", "Workout"
    ARTICLE = "article", "Article"


class Favorite(models.Model):
    """A thing that a member keeps close, by its kind and its name in the API.

    The name is no foreign key: articles live above this layer, and what is unpublished today
    may be back tomorrow.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind)
    target = models.UUIDField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "target"], name="a_thing_is_a_favorite_once"
            )
        ]
        indexes = [
            models.Index("user", F("created_at").desc(), F("id").desc(), name="newest_favorites")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"
