"""How gated content says what it asks for, and what would open it."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import msgspec
from django.utils import timezone
from rest_framework.request import Request

from api.core.requests import member_id
from commerce.catalog.selectors import OfferCard, offers_opening
from commerce.entitlements.models import PREMIUM
from commerce.entitlements.selectors import (
    NO_RIGHTS,
    Decision,
    Item,
    asks_for_a_right,
    decide,
    holdings_of,
)


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


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks for some items, what they hold, and what would open the rest to them."""

    user_id: int | None
    rights: frozenset[str]
    offers: Sequence[tuple[frozenset[str], OfferOut]]

    @classmethod
    def of(cls, request: Request, items: Iterable[Item]) -> Self:
        """One query if any of the items asks for a right, else none."""
        user_id = member_id(request)
        keys = {item.entitlement_key for item in items if asks_for_a_right(item)}
        if not keys:
            return cls(user_id, NO_RIGHTS, [])
        keys.add(PREMIUM)
        if user_id is None:
            rights, cards = NO_RIGHTS, offers_opening(keys=keys)
        else:
            rights, cards = holdings_of(user_id=user_id, keys=keys, now=timezone.now())
        return cls(user_id, rights, [(frozenset(card.opens), offer_out(card)) for card in cards])

    def decide(self, item: Item) -> Decision:
        """Whether they may open it: no query."""
        return decide(item=item, rights=self.rights, is_member=self.user_id is not None)

    def access_to(self, item: Item) -> AccessOut:
        """Their access to one of the items: no query."""
        decision = self.decide(item)
        return AccessOut(
            required=decision.required,
            granted=decision.granted,
            reason=decision.reason,
            offers=_opening(item, self.offers) if _needs_offers(decision) else [],
        )


def _needs_offers(decision: Decision) -> bool:
    return decision.reason == "locked"


def _opening(item: Item, offers: Collection[tuple[frozenset[str], OfferOut]]) -> list[OfferOut]:
    keys = {PREMIUM, item.entitlement_key}
    return [offer for opens, offer in offers if opens & keys]
