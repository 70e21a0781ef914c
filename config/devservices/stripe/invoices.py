"""Invoices: lines added up, balance taken off, paid by an intent of their own."""

from collections.abc import Sequence

from config.devservices.stripe import payments
from config.devservices.stripe.errors import ApiError
from config.devservices.stripe.events import changing, emit, on
from config.devservices.stripe.invoice_lines import Line, add_up, make_line
from config.devservices.stripe.shapes import Obj
from config.devservices.stripe.store import Store


def draft(store: Store, subscription: Obj, *, reason: str, lines: Sequence[Line]) -> Obj:
    """An invoice over these lines and the prorations that waited for one."""
    invoice = _blank_invoice(store, subscription, reason=reason)
    invoice["period_start"] = min((line.start for line in lines), default=store.now())
    made = [make_line(store, invoice, line) for line in lines]
    add_up(invoice, _pending_lines(store, invoice, subscription) + made)
    store.keep(invoice)
    emit(store, "invoice.created", invoice)
    return invoice


def preview(store: Store, subscription: Obj, lines: Sequence[Line]) -> Obj:
    """What an invoice over these lines would ask for; nothing is kept."""
    invoice = _blank_invoice(store, subscription, reason="upcoming")
    invoice["id"] = f"upcoming_{invoice['id']}"
    balance = store.get("customer", subscription["customer"])["balance"]
    add_up(invoice, [make_line(store, invoice, line) for line in lines])
    owed = max(invoice["total"] + balance, 0)
    invoice.update(starting_balance=balance, amount_due=owed, amount_remaining=owed)
    return invoice


def finalize(store: Store, invoice: Obj) -> None:
    """Give the invoice its number, take the customer's balance off and make its payment."""
    customer = store.get("customer", invoice["customer"])
    _apply_balance(store, invoice, customer)
    prefix, number = customer["invoice_prefix"], customer["next_invoice_sequence"]
    customer["next_invoice_sequence"] = number + 1
    invoice.update(
        status="open", number=f"{prefix}-{number:04d}", effective_at=store.now(),
    )  # fmt: skip
    invoice["status_transitions"]["finalized_at"] = store.now()
    if invoice["amount_due"] > 0:
        _make_payment(store, invoice)
    emit(store, "invoice.finalized", invoice)
    if invoice["amount_due"] == 0:
        _mark_paid(store, invoice)


def pay(
    store: Store,
    invoice: Obj,
    *,
    method: str | None,
    is_attended: bool,
    is_authenticated: bool = False,
) -> None:
    """Try to collect. Raises Stripe's 402 on refusal; see ``payments.confirm``."""
    if invoice["status"] != "open":
        return
    intent = intent_of(store, invoice)
    if method is None:
        error = ApiError(
            402,
            "Cannot charge a customer that has no active card.",
            kind="card_error",
            code="missing",
        )
        _fail(store, invoice)
        raise error
    intent.update(payment_method=method, status="requires_confirmation")
    payments.confirm(store, intent, is_attended=is_attended, is_authenticated=is_authenticated)


def void(store: Store, invoice: Obj) -> None:
    invoice.update(status="void", auto_advance=False, next_payment_attempt=None)
    invoice["status_transitions"]["voided_at"] = store.now()
    _cancel_payment(store, invoice)
    emit(store, "invoice.voided", invoice)


def mark_uncollectible(store: Store, invoice: Obj) -> None:
    invoice.update(status="uncollectible", auto_advance=False, next_payment_attempt=None)
    invoice["status_transitions"]["marked_uncollectible_at"] = store.now()
    emit(store, "invoice.marked_uncollectible", invoice)


def intent_of(store: Store, invoice: Obj) -> Obj:
    """The payment intent of a finalized invoice that asks for money."""
    return store.get("payment_intent", invoice["_intent"])


def subscription_of(invoice: Obj) -> str:
    return str(invoice["parent"]["subscription_details"]["subscription"])


@on("payment_intent.succeeded")
def _follow_success(store: Store, intent: Obj) -> None:
    invoice = store.objects.get(intent.get("_invoice", ""))
    if invoice and invoice["status"] == "open":
        invoice["attempt_count"] += 1
        _mark_paid(store, invoice)


@on("payment_intent.payment_failed")
def _follow_failure(store: Store, intent: Obj) -> None:
    invoice = store.objects.get(intent.get("_invoice", ""))
    if invoice and invoice["status"] == "open":
        _fail(store, invoice)


@on("payment_intent.requires_action")
def _follow_question(store: Store, intent: Obj) -> None:
    invoice = store.objects.get(intent.get("_invoice", ""))
    if invoice:
        invoice["attempted"] = True
        emit(store, "invoice.payment_action_required", invoice)


def _fail(store: Store, invoice: Obj) -> None:
    invoice.update(attempted=True, attempt_count=invoice["attempt_count"] + 1)
    emit(store, "invoice.payment_failed", invoice)


def _mark_paid(store: Store, invoice: Obj) -> None:
    invoice.update(
        status="paid",
        amount_paid=invoice["amount_due"],
        amount_remaining=0,
        attempted=True,
        auto_advance=False,
        next_payment_attempt=None,
    )
    invoice["status_transitions"]["paid_at"] = store.now()
    for payment in store.find("invoice_payment", invoice=invoice["id"]):
        payment.update(status="paid", amount_paid=payment["amount_requested"])
        payment["status_transitions"]["paid_at"] = store.now()
        emit(store, "invoice_payment.paid", payment)
    emit(store, "invoice.paid", invoice)
    emit(store, "invoice.payment_succeeded", invoice)


def _make_payment(store: Store, invoice: Obj) -> None:
    intent = payments.add_intent(
        store,
        amount=invoice["amount_due"],
        currency=invoice["currency"],
        customer=invoice["customer"],
        description="Subscription update"
        if invoice["billing_reason"] == "subscription_update"
        else "Subscription creation",
        setup_future_usage="off_session",
        _invoice=invoice["id"],
    )
    invoice["_intent"] = intent["id"]
    invoice["_confirmation_secret"] = {
        "client_secret": intent["client_secret"],
        "type": "payment_intent",
    }
    store.add(
        "invoice_payment",
        amount_requested=invoice["amount_due"],
        currency=invoice["currency"],
        invoice=invoice["id"],
        payment={"type": "payment_intent", "payment_intent": intent["id"]},
    )


def _cancel_payment(store: Store, invoice: Obj) -> None:
    intent = store.objects.get(invoice.get("_intent", ""))
    if intent and intent["status"] not in ("succeeded", "canceled"):
        intent.update(status="canceled", canceled_at=store.now(), next_action=None)
        intent["cancellation_reason"] = "void_invoice"
        emit(store, "payment_intent.canceled", intent)


def _apply_balance(store: Store, invoice: Obj, customer: Obj) -> None:
    """A credit (below zero) pays first; what an invoice gives back becomes credit."""
    invoice["starting_balance"] = customer["balance"]
    owed = invoice["total"] + customer["balance"]
    with changing(store, customer, "customer.updated"):
        customer["balance"] = min(owed, 0)
        customer["currency"] = invoice["currency"]
    invoice.update(
        amount_due=max(owed, 0), amount_remaining=max(owed, 0), ending_balance=customer["balance"]
    )


def _pending_lines(store: Store, invoice: Obj, subscription: Obj) -> list[Obj]:
    waiting = store.find("invoiceitem", invoice=None, _subscription=subscription["id"])
    lines = []
    for pending in reversed(waiting):
        pending["invoice"] = invoice["id"]
        line = Line(**pending["_line"])
        lines.append(make_line(store, invoice, line, invoice_item=pending["id"]))
    return lines


def _blank_invoice(store: Store, subscription: Obj, *, reason: str) -> Obj:
    customer = store.get("customer", subscription["customer"])
    return store.make(
        "invoice",
        billing_reason=reason,
        currency=subscription["currency"],
        customer=customer["id"],
        customer_email=customer["email"],
        customer_name=customer["name"],
        parent={
            "type": "subscription_details",
            "quote_details": None,
            "subscription_details": {
                "metadata": dict(subscription["metadata"]),
                "subscription": subscription["id"],
            },
        },
        period_start=store.now(),
        period_end=store.now(),
    )
