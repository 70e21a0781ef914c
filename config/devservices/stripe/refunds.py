"""Money that goes back: refunds and disputes."""

from config.devservices.stripe.charges import book
from config.devservices.stripe.customers import behaviour
from config.devservices.stripe.errors import invalid
from config.devservices.stripe.events import changing, emit, on
from config.devservices.stripe.params import Params
from config.devservices.stripe.routes import Call, readable, route
from config.devservices.stripe.shapes import Obj
from config.devservices.stripe.store import Store

_REASONS = ("duplicate", "fraudulent", "requested_by_customer")
_WEEK = 7 * 86_400

readable("refund", "/v1/refunds", filters=("charge", "payment_intent"))
readable("dispute", "/v1/disputes", filters=("charge", "payment_intent"))


@route("POST", "/v1/refunds")
def create(call: Call) -> Obj:
    store, params = call.store, call.params
    charge = _charge(store, params)
    amount = _amount(charge, params)
    reason = params.choice("reason", _REASONS, default="requested_by_customer")
    refund = store.add(
        "refund",
        amount=amount,
        charge=charge["id"],
        currency=charge["currency"],
        metadata=params.metadata(),
        payment_intent=charge["payment_intent"],
        reason=reason if "reason" in params else None,
    )
    refund["balance_transaction"] = book(store, refund, kind="refund", amount=-amount)["id"]
    with changing(store, charge, "charge.refunded"):
        charge["amount_refunded"] += amount
        charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    emit(store, "refund.created", refund)
    emit(store, "charge.refund.updated", refund)
    return refund


@route("POST", "/v1/refunds/{id}")
def update(call: Call) -> Obj:
    refund = call.target("refund")
    with changing(call.store, refund, "refund.updated"):
        refund["metadata"] = call.params.metadata(refund["metadata"])
    return refund


@route("POST", "/v1/disputes/{id}/close")
def accept_dispute(call: Call) -> Obj:
    dispute = call.target("dispute")
    close_dispute(call.store, dispute, is_won=False)
    return dispute


def open_dispute(store: Store, charge: Obj) -> Obj:
    """The card's owner takes the whole charge back through the bank."""
    if charge["disputed"]:
        raise invalid(f"Charge {charge['id']} is already disputed.")
    charge["disputed"] = True
    dispute = store.add(
        "dispute",
        amount=charge["amount"],
        charge=charge["id"],
        currency=charge["currency"],
        payment_intent=charge["payment_intent"],
        reason="fraudulent",
    )
    dispute["evidence_details"]["due_by"] = store.now() + _WEEK
    taken = book(store, dispute, kind="adjustment", amount=-charge["amount"])
    dispute["balance_transactions"].append(dict(taken))
    emit(store, "charge.dispute.created", dispute)
    emit(store, "charge.dispute.funds_withdrawn", dispute)
    return dispute


def close_dispute(store: Store, dispute: Obj, *, is_won: bool) -> None:
    if dispute["status"] in ("won", "lost"):
        raise invalid(f"This dispute is already closed: it was {dispute['status']}.")
    dispute["status"] = "won" if is_won else "lost"
    if is_won:
        returned = book(store, dispute, kind="adjustment", amount=dispute["amount"])
        dispute["balance_transactions"].append(dict(returned))
        emit(store, "charge.dispute.funds_reinstated", dispute)
    emit(store, "charge.dispute.closed", dispute)


@on("payment_intent.succeeded")
def _follow_success(store: Store, intent: Obj) -> None:
    if behaviour(store.get("payment_method", intent["payment_method"])).is_disputed:
        open_dispute(store, store.get("charge", intent["latest_charge"]))


def _charge(store: Store, params: Params) -> Obj:
    charge = params.text("charge")
    if charge:
        return store.get("charge", charge, param="charge")
    wanted = params.required("payment_intent")
    intent = store.get("payment_intent", wanted, param="payment_intent")
    if intent["status"] != "succeeded":
        raise invalid(
            f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.",
            param="payment_intent",
        )
    return store.get("charge", intent["latest_charge"])


def _amount(charge: Obj, params: Params) -> int:
    if not charge["paid"]:
        raise invalid(f"Charge {charge['id']} was not paid: there is nothing to refund.")
    left = charge["amount"] - charge["amount_refunded"]
    if left == 0:
        raise invalid(
            f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded"
        )
    if charge["disputed"]:
        raise invalid(f"Charge {charge['id']} has been charged back.", code="charge_disputed")
    amount = params.integer("amount", least=1) or left
    if amount > left:
        raise invalid(
            f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})",
            param="amount",
            code="amount_too_large",
        )
    return amount
