"""Products, subscriptions, purchases and rights as the apps see them."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

import msgspec

from api.core.access import OfferOut, offer_out
from commerce.billing.models import Purchase, Subscription
from commerce.billing.selectors import Behind
from commerce.catalog.models import Product
from commerce.catalog.selectors import OfferCard
from commerce.entitlements.selectors import Right


class ProductOut(msgspec.Struct, frozen=True):
    """What can be bought, the rights it opens, and its price in each store."""

    slug: str
    kind: str
    title: str
    description: str
    group: str
    opens: list[str]
    offers: list[OfferOut]


class CheckoutOut(msgspec.Struct, frozen=True):
    """Open ``checkout_url`` in a browser; the member pays there."""

    checkout_url: str
    session_id: str


class SubscriptionOut(msgspec.Struct, frozen=True):
    """A subscription; ``access_until`` is when its rights end if nothing more happens."""

    id: uuid.UUID
    product: str
    title: str
    store: str
    status: str
    price_minor: int
    currency: str
    interval: str
    started_at: dt.datetime
    period_start: dt.datetime
    period_end: dt.datetime
    trial_end: dt.datetime | None
    cancel_at: dt.datetime | None
    ended_at: dt.datetime | None
    access_until: dt.datetime | None


class PurchaseOut(msgspec.Struct, frozen=True):
    """Something bought once; ``revoked_at`` is when the money went back."""

    id: uuid.UUID
    product: str
    title: str
    store: str
    status: str
    price_minor: int
    currency: str
    bought_at: dt.datetime
    revoked_at: dt.datetime | None


class ReasonOut(msgspec.Struct, frozen=True):
    """What a right comes from: a subscription or a purchase with its id, or a gift."""

    kind: str
    id: uuid.UUID | None
    title: str


class EntitlementOut(msgspec.Struct, frozen=True):
    """A right the member holds now: what, why, and until when (null: for good)."""

    key: str
    why: ReasonOut
    since: dt.datetime
    until: dt.datetime | None


def product_out(product: Product, cards: Sequence[OfferCard]) -> ProductOut:
    return ProductOut(
        slug=product.slug,
        kind=product.kind,
        title=product.title,
        description=product.description,
        group=product.group,
        opens=product.opens,
        offers=[offer_out(card) for card in cards if card.product_slug == product.slug],
    )


def subscription_out(row: Subscription) -> SubscriptionOut:
    return SubscriptionOut(
        id=row.uid,
        product=row.product.slug,
        title=row.product.title,
        store=row.store,
        status=row.status,
        price_minor=row.price_minor,
        currency=row.currency,
        interval=row.interval,
        started_at=row.started_at,
        period_start=row.period_start,
        period_end=row.period_end,
        trial_end=row.trial_end,
        cancel_at=row.cancel_at,
        ended_at=row.ended_at,
        access_until=row.revoked_at or row.access_until,
    )


def purchase_out(row: Purchase) -> PurchaseOut:
    return PurchaseOut(
        id=row.uid,
        product=row.product.slug,
        title=row.product.title,
        store=row.store,
        status=row.status,
        price_minor=row.price_minor,
        currency=row.currency,
        bought_at=row.bought_at,
        revoked_at=row.revoked_at,
    )


def entitlement_out(right: Right, deals: Mapping[str, Behind]) -> EntitlementOut:
    deal = deals.get(right.source, Behind())
    return EntitlementOut(
        key=right.key,
        why=ReasonOut(kind=deal.kind, id=deal.uid, title=deal.title),
        since=right.since,
        until=right.until,
    )
