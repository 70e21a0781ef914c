"""Products and states of the books for tests."""

import datetime as dt
import itertools
from typing import Any

from commerce.billing.models import PurchaseStatus, Status
from commerce.billing.rules import PurchaseState, SubscriptionState
from commerce.catalog.models import Interval, Kind, Offer, Product

_numbers = itertools.count(1)
START = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
MONTH = dt.timedelta(days=31)
GRACE = dt.timedelta(days=3)


def product(**fields: Any) -> Product:
    number = next(_numbers)
    values: dict[str, Any] = {
        "slug": f"product-{number}",
        "kind": Kind.SUBSCRIPTION,
        "title": f"Product {number}",
        "group": "premium",
        "opens": ["premium"],
    }
    return Product.objects.create(**values | fields)


def offer(*, product: Product | None = None, **fields: Any) -> Offer:
    """A price; without a product, of a new monthly subscription."""
    number = next(_numbers)
    product = product or globals()["product"]()
    is_plan = product.kind == Kind.SUBSCRIPTION
    values: dict[str, Any] = {
        "product": product,
        "lookup_key": f"offer-{number}",
        "price_minor": 1290,
        "currency": "eur",
        "interval": Interval.MONTH if is_plan else Interval.NONE,
    }
    return Offer.objects.create(**values | fields)


def monthly() -> Offer:
    return offer(product=product(title="Premium, monthly"))


def yearly() -> Offer:
    return offer(product=product(title="Premium, yearly"), interval=Interval.YEAR, price_minor=9900)


def single(*, key: str = "workout:one") -> Offer:
    """A workout that is bought once."""
    return offer(
        product=product(kind=Kind.ONE_TIME, group="", title="One workout", opens=[key]),
        price_minor=490,
    )


def subscription_state(**fields: Any) -> SubscriptionState:
    """A running monthly subscription as a store describes it at its start."""
    values: dict[str, Any] = {
        "store": "stripe",
        "external_id": "sub_1",
        "status": Status.ACTIVE,
        "interval": "month",
        "price_minor": 1290,
        "currency": "eur",
        "started_at": START,
        "period_start": START,
        "period_end": START + MONTH,
        "paid_until": START + MONTH,
        "as_of": START,
    }
    return SubscriptionState(**values | fields)


def purchase_state(**fields: Any) -> PurchaseState:
    values: dict[str, Any] = {
        "store": "stripe",
        "external_id": "pi_1",
        "status": PurchaseStatus.PAID,
        "price_minor": 490,
        "currency": "eur",
        "bought_at": START,
        "as_of": START,
    }
    return PurchaseState(**values | fields)
