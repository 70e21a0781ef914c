"""What we ask of a store, in our words. One package a store speaks its language."""

import uuid
from dataclasses import dataclass
from typing import Final, Protocol

from django.utils.module_loading import import_string

from commerce.catalog.models import Offer, Store
from fitness.accounts.models import User
from fitness.core.errors import ConflictError, DomainError, UnavailableError

_GATEWAYS: Final = {Store.STRIPE.value: "commerce.gateways.stripe.gateway.StripeGateway"}


class StoreDownError(UnavailableError):
    code = "store_unavailable"


class StoreBusyError(ConflictError):
    code = "request_in_flight"


class StoreRefusedError(DomainError):
    code = "store_refused"


class BadSignatureError(DomainError):
    status = 400
    code = "bad_signature"


@dataclass(frozen=True, slots=True)
class CheckoutStart:
    """Where the member pays, and the store's name for this attempt."""

    url: str
    session_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a member wants to buy, and where the store sends them afterwards."""

    uid: uuid.UUID
    user: User
    offer: Offer
    success_url: str
    cancel_url: str


class Gateway(Protocol):
    """A store that sells for us. Every call may raise ``StoreDownError``; trying again is safe."""

    def create_checkout(self, order: Order) -> CheckoutStart:
        """Open the store's own payment page; the same order again gives the same page."""
        ...

    def cancel_subscription(self, external_id: str, *, at_period_end: bool) -> None:
        """Stop charging, at the paid end or at once, and bring our books up to date."""
        ...

    def close_checkout(self, session_id: str) -> None:
        """Let nobody pay on this page any more."""
        ...

    def names_of(self, user_id: int) -> list[str]:
        """What the store calls the member, once for each time they were made known to it."""
        ...

    def forget(self, name: str) -> None:
        """Delete the member there, with all that runs, and our copy of what the store told."""
        ...

    def publish_offer(self, offer: Offer) -> str:
        """Make the offer's product and price at the store, once, and return the price's id."""
        ...


def gateway(store: str) -> Gateway:
    """The way to a store."""
    made: Gateway = import_string(_GATEWAYS[store])()
    return made
