"""What is for sale, and at what price in which store."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from fitness.core.models import TimestampedModel


class Kind(models.TextChoices):
    SUBSCRIPTION = "subscription", "Subscription"
    ONE_TIME = "one_time", "One-time purchase"


class Store(models.TextChoices):
    STRIPE = "stripe", "Stripe"


class Interval(models.TextChoices):
    NONE = "", "Once"
    MONTH = "month", "Every month"
    YEAR = "year", "Every year"


class ProductQuerySet(models.QuerySet["Product"]):
    def on_sale(self) -> "ProductQuerySet":
        """Products that have a price in some store."""
        offers = Offer.objects.filter(product=OuterRef("pk"), is_active=True)
        return self.filter(Exists(offers), is_active=True)


class Product(TimestampedModel):
    """Something a member can buy, and the rights it opens for as long as it is paid."""

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=16, choices=Kind)
    title = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    group = models.CharField(
        max_length=40,
        blank=True,
        help_text="A member has one running subscription of a group: monthly or yearly, not both.",
    )
    opens = ArrayField(models.CharField(max_length=80))
    is_active = models.BooleanField(default=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(opens__len__gt=0), name="product_opens_something"),
            models.CheckConstraint(
                condition=~Q(kind=Kind.SUBSCRIPTION) | ~Q(group=""),
                name="subscription_has_a_group",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OfferQuerySet(models.QuerySet["Offer"]):
    def on_sale(self) -> "OfferQuerySet":
        return self.filter(is_active=True, product__is_active=True)


class Offer(TimestampedModel):
    """A product at a price in one store. Who bought it keeps it when it is no longer on sale."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="offers")
    store = models.CharField(max_length=16, choices=Store, default=Store.STRIPE)
    lookup_key = models.CharField(max_length=80, help_text="Our name for the price in the store.")
    external_id = models.CharField(
        max_length=255, blank=True, help_text="The store's own name for the price, once it is made."
    )
    price_minor = models.PositiveIntegerField(help_text="In the currency's smallest unit.")
    currency = models.CharField(max_length=3, help_text="ISO 4217, lower case.")
    interval = models.CharField(max_length=8, choices=Interval, blank=True, default=Interval.NONE)
    is_active = models.BooleanField(default=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "lookup_key"], name="one_offer_a_lookup_key"),
            models.UniqueConstraint(
                fields=["store", "external_id"],
                condition=~Q(external_id=""),
                name="one_offer_a_store_price",
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[a-z]{3}$"), name="offer_names_a_currency"
            ),
        ]

    def __str__(self) -> str:
        return self.lookup_key
