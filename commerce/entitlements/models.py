"""Who may open what, from when until when."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fitness.core.models import TimestampedModel

PREMIUM = "premium"


class EntitlementQuerySet(models.QuerySet["Entitlement"]):
    def of(self, user_id: int) -> "EntitlementQuerySet":
        return self.filter(user_id=user_id)

    def live_at(self, now: dt.datetime) -> "EntitlementQuerySet":
        """Rights that hold at ``now``: the start is included, the end is not."""
        return self.filter(
            Q(ends_at=None) | Q(ends_at__gt=now),
            Q(revoked_at=None) | Q(revoked_at__gt=now),
            starts_at__lte=now,
        )


class Entitlement(TimestampedModel):
    """A right of a member, such as ``premium``, and what gave it. It ends with time alone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    source = models.CharField(max_length=200, help_text="What gave it, as in stripe:sub_123.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True, help_text="Empty: it never ends.")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = EntitlementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "source", "key"], name="a_source_gives_a_right_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                name="right_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(key=""), name="right_has_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.key} from {self.source}"
