"""Members who close their account: nothing is charged again, and stores forget them."""

import datetime as dt
import logging
from collections.abc import Callable, Iterable

from commerce.billing.models import Status, Subscription
from commerce.catalog.models import Store
from commerce.checkout.models import OperationState, OutboundOperation
from commerce.gateways.base import StoreRefusedError, gateway

logger = logging.getLogger(__name__)
# A store shuts its payment pages by itself after a day.
_PAGE_LASTS = dt.timedelta(days=1, hours=1)


def end_billing(*, user_id: int, now: dt.datetime) -> list[str]:
    """Have stores charge the member no more; their names for the member, as in stripe:cus_123.

    What is paid lasts to its end. Doing it twice changes nothing; a store that does not answer
    (``StoreDownError``) is asked again by whoever called.
    """
    opened = OutboundOperation.objects.filter(user=user_id, state=OperationState.DONE)
    for operation in opened.filter(created_at__gt=now - _PAGE_LASTS).select_related("offer"):
        if session_id := operation.answer.get("session_id"):
            _tolerate(gateway(operation.offer.store).close_checkout, session_id)
    running = Subscription.objects.of(user_id).exclude(status=Status.ENDED).filter(cancel_at=None)
    for deal in running:
        is_paid = deal.status != Status.PENDING
        _tolerate(gateway(deal.store).cancel_subscription, deal.external_id, at_period_end=is_paid)
    return [
        f"{store}:{name}" for store in Store.values for name in gateway(store).names_of(user_id)
    ]


def forget_at_stores(names: Iterable[str]) -> None:
    """Have stores, and our copies of what they told, forget the member; again changes nothing."""
    for named in names:
        store, _, name = named.partition(":")
        gateway(store).forget(name)


def _tolerate(ask: Callable[..., None], *args: str, **kwargs: bool) -> None:
    """What a store refuses to end has ended there already."""
    try:
        ask(*args, **kwargs)
    except StoreRefusedError:
        logger.info("A store had nothing to end any more.")
