"""What a shop window shows."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from commerce.catalog.models import Kind, Offer, OfferQuerySet, Product, ProductQuerySet


@dataclass(frozen=True, slots=True, kw_only=True)
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


def products_on_sale() -> ProductQuerySet:
    """What can be bought now, in whatever store: one query."""
    return Product.objects.on_sale()


def offers_for(*, products: Collection[Product]) -> list[OfferCard]:
    """The prices of these products in every store, the cheapest first: one query."""
    return _cards(Offer.objects.on_sale().filter(product__in=products))


def offers_opening(*, keys: Collection[str]) -> list[OfferCard]:
    """What a member can buy to hold one of these rights, the cheapest first: one query."""
    return _cards(Offer.objects.on_sale().filter(product__opens__overlap=list(keys)))


def plans() -> list[OfferCard]:
    """The subscriptions on sale, the cheapest first: one query."""
    return _cards(Offer.objects.on_sale().filter(product__kind=Kind.SUBSCRIPTION))


def _cards(offers: OfferQuerySet) -> list[OfferCard]:
    return [
        OfferCard(
            uid=offer.uid,
            product_slug=offer.product.slug,
            title=offer.product.title,
            description=offer.product.description,
            kind=offer.product.kind,
            store=offer.store,
            price_minor=offer.price_minor,
            currency=offer.currency,
            interval=offer.interval,
            opens=tuple(offer.product.opens),
        )
        for offer in offers.select_related("product").order_by("price_minor", "lookup_key")
    ]
