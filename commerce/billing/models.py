"""Our books, in our own words: what members subscribed to, bought and paid."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from commerce.catalog.models import Interval, Product, Store
from fitness.core.models import TimestampedModel


class Status(models.TextChoices):
    """Where a subscription stands, whatever its store calls it."""

    TRIALING = "trialing", "Trial"
    ACTIVE = "active", "Active"
    GRACE = "grace", "Renewal failed, in grace"
    RETRY = "retry", "Renewal failed, waiting for payment"
    PAUSED = "paused", "Paused"
    PENDING = "pending", "First payment pending"
    ENDED = "ended", "Ended"


class PurchaseStatus(models.TextChoices):
    PENDING = "pending", "Payment pending"
    PAID = "paid", "Paid"
    FAILED = "failed", "Not paid"


class Deal(TimestampedModel):
    """What subscriptions and purchases share: whose it is, in which store, and how new it is.

    The member is empty once the account is erased; the books stay.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    store = models.CharField(max_length=16, choices=Store)
    external_id = models.CharField(max_length=255)
    price_minor = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    revoked_at = models.DateTimeField(
        null=True, blank=True, help_text="Given back in full, or lost in a dispute."
    )
    as_of = models.DateTimeField(help_text="When the store said so; older news is ignored.")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.source

    @property
    def source(self) -> str:
        """What the member's rights say they come from."""
        return source_of(self.store, self.external_id)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def of(self, user_id: int) -> "SubscriptionQuerySet":
        return self.filter(user_id=user_id)

    def running(self) -> "SubscriptionQuerySet":
        """Those that their store will charge again, or tries to."""
        return self.exclude(status__in=[Status.PENDING, Status.ENDED])


class Subscription(Deal):
    """A member's subscription as its store last described it. The rights follow from it alone."""

    status = models.CharField(max_length=16, choices=Status)
    interval = models.CharField(max_length=8, choices=Interval)
    started_at = models.DateTimeField()
    period_start = models.DateTimeField()
    period_end = models.DateTimeField()
    trial_end = models.DateTimeField(null=True, blank=True)
    cancel_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    access_until = models.DateTimeField(
        null=True, blank=True, help_text="Empty: it gives no right now."
    )

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["store", "external_id"], name="subscription_is_kept_once"
            ),
        ]
        indexes = [models.Index(fields=["user", "status"], name="subscription_of_member")]


class PurchaseQuerySet(models.QuerySet["Purchase"]):
    def of(self, user_id: int) -> "PurchaseQuerySet":
        return self.filter(user_id=user_id)

    def owned(self) -> "PurchaseQuerySet":
        return self.filter(status=PurchaseStatus.PAID, revoked_at=None)


class Purchase(Deal):
    """Something a member bought once and keeps, unless the money goes back."""

    status = models.CharField(max_length=16, choices=PurchaseStatus)
    bought_at = models.DateTimeField()

    objects = PurchaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "external_id"], name="purchase_is_kept_once"),
        ]
        indexes = [models.Index(fields=["user", "status"], name="purchase_of_member")]


class LedgerKind(models.TextChoices):
    PAYMENT = "payment", "Payment"
    REFUND = "refund", "Refund"
    REFUND_REVERSED = "refund_reversed", "Refund that came back"
    DISPUTE_LOST = "dispute_lost", "Lost dispute"


MONEY_IN = (LedgerKind.PAYMENT, LedgerKind.REFUND_REVERSED)


class LedgerEntry(models.Model):
    """Money that moved, in the currency's smallest unit. Written once, never changed."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    store = models.CharField(max_length=16, choices=Store)
    external_id = models.CharField(max_length=255)
    kind = models.CharField(max_length=16, choices=LedgerKind)
    source = models.CharField(max_length=200, db_index=True, help_text="What it was paid for.")
    amount_minor = models.IntegerField(help_text="Above zero: we got it. Below: it went back.")
    currency = models.CharField(max_length=3)
    occurred_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "ledger entries"
        constraints = [
            models.UniqueConstraint(
                fields=["store", "external_id", "kind"], name="money_is_booked_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MONEY_IN, amount_minor__gte=0)
                | Q(~Q(kind__in=MONEY_IN), amount_minor__lte=0),
                name="money_in_is_positive_and_out_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_minor} {self.currency}"


def source_of(store: str, external_id: str) -> str:
    """The name that rights and ledger entries give to a subscription or a purchase."""
    return f"{store}:{external_id}"
