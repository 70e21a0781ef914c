"""What the API remembers of the requests it answered."""

from django.conf import settings
from django.db import models


class AnsweredRequest(models.Model):
    """The first answer to a member's ``Idempotency-Key``, given again to whoever repeats it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, help_text="Of the method, the path and the body.")
    status = models.PositiveSmallIntegerField()
    body = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="a_key_is_answered_once")
        ]

    def __str__(self) -> str:
        return f"{self.status} for {self.key}"
