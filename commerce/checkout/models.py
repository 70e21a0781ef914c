"""What we asked of a store. Written down before we ask, so that a crash loses nothing."""

import uuid

from django.conf import settings
from django.db import models

from commerce.catalog.models import Offer
from fitness.core.models import TimestampedModel


class OperationKind(models.TextChoices):
    CHECKOUT = "checkout", "Open a checkout"


class OperationState(models.TextChoices):
    STARTED = "started", "Asked, not answered yet"
    DONE = "done", "Answered"
    REFUSED = "refused", "Refused by the store"


class OutboundOperation(TimestampedModel):
    """A call that leads to money moving. Its ``uid`` is the idempotency key that the store sees."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=OperationKind)
    key = models.CharField(
        max_length=64, help_text="A digest of the member and the key that their client made."
    )
    body_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=OperationState, default=OperationState.STARTED)
    answer = models.JSONField(default=dict, blank=True, help_text="What the store said.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="operation_is_started_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"
