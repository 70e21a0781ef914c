"""The clock: what falls due as time passes, each at its own moment."""

from collections.abc import Callable, Iterator

from config.devservices.stripe import checkout, subscriptions
from config.devservices.stripe.events import changing, emit
from config.devservices.stripe.shapes import Obj
from config.devservices.stripe.store import Store

_HOUR = 3600
_INCOMPLETE_SECONDS = 23 * _HOUR
_TRIAL_WARNING_SECONDS = 3 * 24 * _HOUR

type _Due = tuple[int, Callable[[Store, Obj], None], Obj]


def advance(store: Store, seconds: int) -> int:
    """Move the clock forward and let everything happen on the way; returns the new time."""
    target = store.now() + seconds
    _run_until(store, target)
    store.offset += seconds
    return store.now()


def catch_up(store: Store) -> None:
    """Let happen what fell due while nobody asked."""
    _run_until(store, store.now())


def _run_until(store: Store, target: int) -> None:
    while True:
        dues = [due for due in _agenda(store) if due[0] <= target]
        if not dues:
            return
        moment, act, obj = min(dues, key=lambda due: due[0])
        with store.at(moment):
            act(store, obj)


def _agenda(store: Store) -> Iterator[_Due]:
    for session in store.find("checkout.session", status="open"):
        yield session["expires_at"], checkout.expire, session
    for invoice in store.find("invoice", status="open"):
        if invoice["next_payment_attempt"]:
            yield invoice["next_payment_attempt"], _retry, invoice
    for subscription in store.find("subscription"):
        yield from _agenda_of(subscription)


def _agenda_of(subscription: Obj) -> Iterator[_Due]:
    paused = subscription["pause_collection"]
    if paused and paused["resumes_at"]:
        yield paused["resumes_at"], _resume, subscription
    match subscription["status"]:
        case "incomplete":
            yield subscription["created"] + _INCOMPLETE_SECONDS, subscriptions.end, subscription
        case "trialing":
            if not subscription.get("_is_warned"):
                soon = subscription["trial_end"] - _TRIAL_WARNING_SECONDS
                yield max(soon, subscription["created"]), _warn, subscription
            yield _end_or(subscription, _end_trial)
        case "active":
            yield _end_or(subscription, subscriptions.renew)
        case "past_due" | "unpaid" if subscription["cancel_at"]:
            yield subscription["cancel_at"], subscriptions.end, subscription


def _end_or(subscription: Obj, go_on: Callable[[Store, Obj], None]) -> _Due:
    """At the period's end it ends or goes on; a chosen day can end it earlier."""
    period_end = subscriptions.period_end(subscription)
    last_day = subscription["cancel_at"]
    if last_day and last_day <= period_end:
        return last_day, subscriptions.end, subscription
    return period_end, go_on, subscription


def _end_trial(store: Store, subscription: Obj) -> None:
    missing = subscription["trial_settings"]["end_behavior"]["missing_payment_method"]
    if missing == "create_invoice" or subscriptions.method_of(store, subscription):
        subscriptions.renew(store, subscription)
    elif missing == "cancel":
        subscriptions.end(store, subscription)
    else:
        subscription["status"] = "paused"
        emit(store, "customer.subscription.paused", subscription)


def _warn(store: Store, subscription: Obj) -> None:
    subscription["_is_warned"] = True
    emit(store, "customer.subscription.trial_will_end", subscription)


def _resume(store: Store, subscription: Obj) -> None:
    with changing(store, subscription, subscriptions.UPDATED):
        subscription["pause_collection"] = None


def _retry(store: Store, invoice: Obj) -> None:
    invoice["next_payment_attempt"] = None
    subscriptions.try_to_collect(store, invoice)
