"""Subscriptions over their life: start, renew, fail, recover, end."""

import contextlib
from collections.abc import Sequence
from typing import Any

from config.devservices.stripe import invoices, periods
from config.devservices.stripe.errors import ApiError
from config.devservices.stripe.events import changing, emit, on
from config.devservices.stripe.invoice_lines import Line
from config.devservices.stripe.prices import plan
from config.devservices.stripe.shapes import Obj, listing
from config.devservices.stripe.store import Store

DAY = 86_400
RETRY_AFTER_DAYS = (3, 5, 7)  # between the tries to collect a renewal
RUNNING = ("active", "trialing", "past_due", "unpaid", "incomplete", "paused")
UPDATED = "customer.subscription.updated"


def start(
    store: Store,
    *,
    customer: Obj,
    choices: Sequence[tuple[Obj, int]],
    trial_end: int | None = None,
    **values: Any,
) -> Obj:
    """A subscription with its first invoice; whoever starts it has ``collect`` paid next."""
    now = store.now()
    subscription = store.make(
        "subscription",
        billing_cycle_anchor=trial_end or now,
        currency=choices[0][0]["currency"],
        customer=customer["id"],
        start_date=now,
        status="trialing" if trial_end else "incomplete",
        trial_end=trial_end,
        trial_settings={"end_behavior": {"missing_payment_method": "create_invoice"}},
        trial_start=now if trial_end else None,
        **values,
    )
    items = [
        make_item(store, subscription, price, quantity, end=trial_end)
        for price, quantity in choices
    ]
    subscription["items"] = listing(
        items, f"/v1/subscription_items?subscription={subscription['id']}"
    )
    store.keep(subscription)
    emit(store, "customer.subscription.created", subscription)
    lines = [cycle_line(item, is_free=bool(trial_end)) for item in items]
    invoice = invoices.draft(store, subscription, reason="subscription_create", lines=lines)
    subscription["latest_invoice"] = invoice["id"]
    invoices.finalize(store, invoice)
    return subscription


def collect(
    store: Store,
    subscription: Obj,
    *,
    is_attended: bool,
    method: str | None = None,
    is_authenticated: bool = False,
) -> None:
    """Try to have the latest invoice paid; raises Stripe's 402 on refusal."""
    invoices.pay(
        store,
        store.get("invoice", subscription["latest_invoice"]),
        method=method or method_of(store, subscription),
        is_attended=is_attended,
        is_authenticated=is_authenticated,
    )


def method_of(store: Store, subscription: Obj) -> str | None:
    customer = store.get("customer", subscription["customer"])
    found = (
        subscription["default_payment_method"]
        or customer["invoice_settings"]["default_payment_method"]
    )
    return str(found) if found else None


def make_item(
    store: Store, subscription: Obj, price: Obj, quantity: int, *, end: int | None = None
) -> Obj:
    now = store.now()
    return store.make(
        "subscription_item",
        current_period_start=now,
        current_period_end=end or periods.first_end(start=now, recurring=price["recurring"]),
        plan=plan(price),
        price=dict(price),
        quantity=quantity,
        subscription=subscription["id"],
    )


def cycle_line(item: Obj, *, is_free: bool = False) -> Line:
    price = item["price"]
    amount = 0 if is_free else price["unit_amount"] * item["quantity"]
    return Line(
        amount=amount,
        description="Trial period" if is_free else f"{item['quantity']} x {price['id']}",
        subscription=item["subscription"],
        item=item["id"],
        price=price,
        start=item["current_period_start"],
        end=item["current_period_end"],
        quantity=item["quantity"],
    )


def period_end(subscription: Obj) -> int:
    return min(int(item["current_period_end"]) for item in subscription["items"]["data"])


def renew(store: Store, subscription: Obj) -> None:
    """Begin the next period and try to collect for it."""
    with changing(store, subscription, UPDATED):
        for item in subscription["items"]["data"]:
            item["current_period_start"] = item["current_period_end"]
            item["current_period_end"] = periods.next_boundary(
                anchor=subscription["billing_cycle_anchor"],
                recurring=item["price"]["recurring"],
                after=item["current_period_start"],
            )
        subscription["status"] = "active"
    lines = [cycle_line(item) for item in subscription["items"]["data"]]
    bill(store, subscription, reason="subscription_cycle", lines=lines)


def bill(store: Store, subscription: Obj, *, reason: str, lines: Sequence[Line]) -> None:
    """Invoice these lines and collect unattended, or as a paused collection wants it."""
    invoice = invoices.draft(store, subscription, reason=reason, lines=lines)
    subscription["latest_invoice"] = invoice["id"]
    paused = subscription["pause_collection"]
    if paused and paused["behavior"] == "keep_as_draft":
        invoice["auto_advance"] = False
        return
    invoices.finalize(store, invoice)
    if paused and paused["behavior"] == "void":
        invoices.void(store, invoice)
    elif paused:
        invoices.mark_uncollectible(store, invoice)
    else:
        try_to_collect(store, invoice)


def try_to_collect(store: Store, invoice: Obj) -> None:
    """Collect with nobody watching; events tell what comes of it."""
    subscription = store.get("subscription", invoices.subscription_of(invoice))
    method = method_of(store, subscription)
    with contextlib.suppress(ApiError):
        invoices.pay(store, invoice, method=method, is_attended=False)


def end(store: Store, subscription: Obj, *, status: str = "canceled") -> None:
    """End it now; what is still open is collected no more."""
    now = store.now()
    for invoice in store.find("invoice", status="open"):
        if invoices.subscription_of(invoice) == subscription["id"]:
            if subscription["status"] == "incomplete":
                invoices.void(store, invoice)
            invoice.update(auto_advance=False, next_payment_attempt=None)
    if subscription["status"] == "incomplete":
        status = "incomplete_expired"
    subscription.update(status=status, ended_at=now, canceled_at=subscription["canceled_at"] or now)
    emit(
        store,
        UPDATED if status == "incomplete_expired" else "customer.subscription.deleted",
        subscription,
    )


@on("invoice.paid")
def _follow_payment(store: Store, invoice: Obj) -> None:
    subscription = store.get("subscription", invoices.subscription_of(invoice))
    with changing(store, subscription, UPDATED):
        if subscription["status"] in ("incomplete", "past_due", "unpaid"):
            subscription["status"] = "active"
        keeps = subscription["payment_settings"]["save_default_payment_method"]
        if keeps == "on_subscription" and invoice.get("_intent"):
            intent = invoices.intent_of(store, invoice)
            subscription["default_payment_method"] = intent["payment_method"]


@on("invoice.payment_failed")
def _follow_refusal(store: Store, invoice: Obj) -> None:
    subscription = store.get("subscription", invoices.subscription_of(invoice))
    if subscription["status"] not in ("active", "trialing", "past_due"):
        return
    tries = invoice["attempt_count"]
    if tries <= len(RETRY_AFTER_DAYS):
        invoice["next_payment_attempt"] = store.now() + RETRY_AFTER_DAYS[tries - 1] * DAY
        with changing(store, subscription, UPDATED):
            subscription["status"] = "past_due"
        return
    invoice["next_payment_attempt"] = None
    if store.is_cancelling_unpaid:
        subscription["cancellation_details"]["reason"] = "payment_failed"
        end(store, subscription)
    else:
        with changing(store, subscription, UPDATED):
            subscription["status"] = "unpaid"


@on("customer.deleted")
def _follow_deletion(store: Store, customer: Obj) -> None:
    for subscription in store.find("subscription", customer=customer["id"]):
        if subscription["status"] in RUNNING:
            end(store, subscription)
