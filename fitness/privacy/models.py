"""What members agreed to, what they asked us for, and who changed what of whom."""

import uuid
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Kind(models.TextChoices):
    """What a member can agree to."""

    TERMS = "terms", "Terms of use"
    HEALTH = "health", "Use of health data"
    MARKETING = "marketing", "News and offers"


class How(models.TextChoices):
    """Where the member said so."""

    REGISTRATION = "registration", "While joining"
    APP = "app", "In an app"
    WEB = "web", "On the site"


class Consent(models.Model):
    """That a member agreed to a text, or took it back. A line is never changed, only followed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind)
    version = models.CharField(max_length=16, help_text="Which wording the member was shown.")
    is_given = models.BooleanField()
    at = models.DateTimeField()
    how = models.CharField(max_length=16, choices=How)

    class Meta:
        indexes = [models.Index(fields=["user", "kind", "-id"], name="newest_consent_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.version} {'given' if self.is_given else 'withdrawn'}"


class ExportState(models.TextChoices):
    WAITING = "waiting", "Waiting for its turn"
    BUILDING = "building", "Being built"
    READY = "ready", "Ready"
    FAILED = "failed", "Failed"


UNFINISHED = (ExportState.WAITING, ExportState.BUILDING)


def private_storage() -> Storage:
    """Where no static route reaches: every address is signed and ends."""
    return storages["private"]


class Export(models.Model):
    """A copy of everything we hold on a member, asked for by the member."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=16, choices=ExportState, default=ExportState.WAITING)
    asked_at = models.DateTimeField()
    moved_at = models.DateTimeField(help_text="When the work on it last went on.")
    ready_at = models.DateTimeField(null=True, blank=True)
    rows_done = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    file = models.FileField(storage=private_storage, blank=True, max_length=200)
    size_bytes = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state__in=UNFINISHED),
                name="one_export_of_a_member_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["user", "asked_at"], name="newest_export_of_member")]

    def __str__(self) -> str:
        return f"Export {self.uid} ({self.state})"

    @property
    def percent(self) -> int:
        """How far the work is; 100 only when it can be fetched."""
        if self.state == ExportState.READY:
            return 100
        return min(99, self.rows_done * 100 // self.rows_total) if self.rows_total else 0


class Closure(models.Model):
    """A member asked to be erased. Until ``due_at`` it can be undone, and then it is for good.

    Afterwards the line stays without its member: proof that it was done, of whom it does not say.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    billing_ended_at = models.DateTimeField(null=True, blank=True)
    hidden = models.JSONField(
        default=dict, blank=True, help_text="Of the profile; given back when it is undone."
    )
    accounts_elsewhere = models.JSONField(
        default=list,
        blank=True,
        help_text="The member's names at stores, until the stores' last news has come.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(undone_at=None, erased_at=None),
                name="an_account_is_closed_once",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(erased_at=None),
                name="what_is_erased_is_not_undone",
            ),
        ]

    def __str__(self) -> str:
        return f"Closure {self.uid}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be carried out or undone."""
        return self.undone_at is None and self.erased_at is None


class AuditEntry(models.Model):
    """Somebody changed a member's account, a right, a price or a permission.

    Written by the database itself (``audit/triggers.sql``), whatever way the change came, and
    refused there to whoever would change or remove it.
    """

    at = models.DateTimeField(default=timezone.now)
    model = models.CharField(max_length=80)
    row = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=8)
    subject_id = models.BigIntegerField(null=True, help_text="Whose account or right it is.")
    actor_kind = models.CharField(max_length=16, blank=True)
    actor_id = models.BigIntegerField(null=True)
    through = models.CharField(max_length=120, blank=True, help_text="Which page, call or task.")
    request_id = models.CharField(max_length=64, blank=True)
    before: Any = models.JSONField(default=dict)
    after: Any = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["subject_id", "-id"], name="audit_of_a_member"),
            models.Index(fields=["actor_id", "-id"], name="audit_of_an_actor"),
            models.Index(fields=["model", "-id"], name="audit_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.model} {self.row}"
