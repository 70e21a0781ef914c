"""What a shop window shows."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import JSONObject

from commerce.catalog.models import Kind, Offer, OfferQuerySet, Product, ProductQuerySet
from fitness.core.prepared import Prepared


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An offer as a shop window shows it: what it opens and what it costs."""

    uid: uuid.UUID
    product_slug: str
    title: str
    description: str
    kind: str
    store: str
    price_minor: int
    currency: str
    interval: str
    opens: Sequence[str]


_CHEAPEST_FIRST = ("price_minor", "lookup_key")
_FIELDS = [field.name for field in fields(OfferCard)]
_COLUMNS = (
    "uid", "product__slug", "product__title", "product__description", "product__kind", "store",
    "price_minor", "currency", "interval", "product__opens",
)  # fmt: skip


def products_on_sale() -> ProductQuerySet:
    """What can be bought now, in whatever store: one query."""
    return Product.objects.on_sale()


def offers_for(*, products: Collection[Product]) -> list[OfferCard]:
    """The prices of these products in every store, the cheapest first: one query."""
    return _cards(Offer.objects.on_sale().filter(product__in=products))


def offers_opening(*, keys: Collection[str]) -> list[OfferCard]:
    """What a member can buy to hold one of these rights, the cheapest first: one query."""
    return [OfferCard(*row) for row in _OPENING.rows(keys=sorted(keys))]


def opening_cards(keys: Any) -> QuerySet[Offer, Any]:
    """What ``offers_opening`` gives, as JSON for a query about more; ``card_from`` reads each."""
    told = JSONObject(**dict(zip(_FIELDS, _COLUMNS, strict=True)))
    on_sale = Offer.objects.on_sale().filter(product__opens__overlap=keys)
    return on_sale.order_by(*_CHEAPEST_FIRST).values(told=told)


def card_from(told: Mapping[str, Any]) -> OfferCard:
    return OfferCard(**{**told, "uid": uuid.UUID(told["uid"])})


def plans() -> list[OfferCard]:
    """The subscriptions on sale, the cheapest first: one query."""
    return _cards(Offer.objects.on_sale().filter(product__kind=Kind.SUBSCRIPTION))


def _columns(offers: OfferQuerySet) -> QuerySet[Offer, Any]:
    """The fields of ``OfferCard``, in its order."""
    return offers.order_by(*_CHEAPEST_FIRST).values_list(*_COLUMNS)


def _cards(offers: OfferQuerySet) -> list[OfferCard]:
    return [OfferCard(*row) for row in _columns(offers)]


_OPENING = Prepared(
    lambda keys: _columns(Offer.objects.on_sale().filter(product__opens__overlap=keys)), "keys"
)
