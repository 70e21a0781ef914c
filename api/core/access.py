"""How gated content says what it asks for, and what would open it."""

import uuid
from collections.abc import Collection, Iterable, Mapping

import msgspec

from commerce.catalog.selectors import OfferCard, offers_opening
from commerce.entitlements.models import PREMIUM
from commerce.entitlements.selectors import Decision, Item


class OfferOut(msgspec.Struct, frozen=True):
    """What can be bought; ``price_minor`` is in the currency's smallest unit (cents)."""

    id: uuid.UUID
    product: str
    title: str
    description: str
    kind: str
    store: str
    price_minor: int
    currency: str
    interval: str


class AccessOut(msgspec.Struct, frozen=True):
    """Whether the caller may open this: ``offers`` are what would open it, when locked."""

    required: str
    granted: bool
    reason: str
    offers: list[OfferOut]


def offer_out(card: OfferCard) -> OfferOut:
    return OfferOut(
        id=card.uid,
        product=card.product_slug,
        title=card.title,
        description=card.description,
        kind=card.kind,
        store=card.store,
        price_minor=card.price_minor,
        currency=card.currency,
        interval=card.interval,
    )


def access_of(
    decisions: Iterable[tuple[Item, Decision]],
) -> Mapping[str, AccessOut]:
    """The access of many items by their entitlement key; one query if any is locked, else none."""
    judged = list(decisions)
    locked = {item.entitlement_key for item, decision in judged if _needs_offers(decision)}
    cards = offers_opening(keys=locked | {PREMIUM}) if locked else []
    offers = [(frozenset(card.opens), offer_out(card)) for card in cards]
    return {
        item.entitlement_key: AccessOut(
            required=decision.required,
            granted=decision.granted,
            reason=decision.reason,
            offers=_opening(item, offers) if _needs_offers(decision) else [],
        )
        for item, decision in judged
    }


def _needs_offers(decision: Decision) -> bool:
    return decision.reason == "locked"


def _opening(item: Item, offers: Collection[tuple[frozenset[str], OfferOut]]) -> list[OfferOut]:
    keys = {PREMIUM, item.entitlement_key}
    return [offer for opens, offer in offers if opens & keys]
