"""The phones that members are signed in on."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from fitness.accounts.models.members import User


class EndReason(models.TextChoices):
    """Why a phone is signed in no more."""

    SIGNED_OUT = "signed_out", "Signed out on the phone"
    ENDED = "ended", "Ended from another device"
    PASSWORD = "password", "The password was changed"
    REUSED = "reused", "A spent refresh token was used again"
    CLOSED = "closed", "The account was closed"


class SignInQuerySet(models.QuerySet["SignIn"]):
    def of(self, user_id: int) -> Self:
        return self.filter(user=user_id)

    def live_at(self, now: dt.datetime) -> Self:
        """Those that a refresh token can still keep up."""
        return self.filter(ended_at=None, expires_at__gt=now)


class SignIn(models.Model):
    """A phone that is signed in: one row, however often its refresh token was traded.

    The token of the newest ``generation`` can be traded; using an older one ends the sign-in.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    device = models.CharField(max_length=120, blank=True, help_text="As the phone names itself.")
    address = models.GenericIPAddressField(null=True, blank=True)
    password_mark = models.CharField(
        max_length=16, help_text="Of the password it was made with; another one ends it."
    )
    factor = models.PositiveBigIntegerField(
        null=True, blank=True, help_text="The second factor that was shown, if any was."
    )
    generation = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    rotated_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=16, choices=EndReason, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="")
                | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="an_ended_sign_in_says_why",
            )
        ]
        indexes = [
            models.Index(
                "user",
                F("rotated_at").desc(),
                F("id").desc(),
                name="live_sign_ins",
                condition=Q(ended_at=None),
            ),
            models.Index("expires_at", name="sign_ins_by_expiry"),
        ]

    def __str__(self) -> str:
        return self.device or f"Sign-in {self.uid}"
