"""Charges, one for every try, and the balance they move."""

from config.devservices.stripe.errors import ApiError
from config.devservices.stripe.events import changing, emit
from config.devservices.stripe.routes import Call, included, readable, route
from config.devservices.stripe.shapes import Obj, listing
from config.devservices.stripe.store import Store

readable("charge", "/v1/charges", filters=("customer", "payment_intent"))
readable("balance_transaction", "/v1/balance_transactions", filters=("source", "type"))


@route("POST", "/v1/charges/{id}")
def update_charge(call: Call) -> Obj:
    charge = call.target("charge")
    with changing(call.store, charge, "charge.updated"):
        charge["metadata"] = call.params.metadata(charge["metadata"])
    return charge


@included("charge", "refunds")
def _refunds(store: Store, charge: Obj) -> Obj:
    return listing(store.find("refund", charge=charge["id"]), f"/v1/charges/{charge['id']}/refunds")


def make_charge(store: Store, intent: Obj, method: Obj, *, refusal: ApiError | None = None) -> Obj:
    card = method["card"]
    charge = store.add(
        "charge",
        amount=intent["amount"],
        billing_details=dict(method["billing_details"]),
        currency=intent["currency"],
        customer=intent["customer"],
        description=intent["description"],
        metadata=dict(intent["metadata"]),
        payment_intent=intent["id"],
        payment_method=method["id"],
        payment_method_details={
            "type": "card",
            "card": {
                **{name: card[name] for name in ("brand", "checks", "country", "exp_month")},
                **{name: card[name] for name in ("exp_year", "fingerprint", "funding", "last4")},
                "network": card["brand"],
                "three_d_secure": None,
                "wallet": None,
            },
        },
        receipt_email=intent["receipt_email"],
        status="failed" if refusal else "succeeded",
    )
    charge.update(_refused(refusal) if refusal else _paid(store, charge))
    emit(store, "charge.failed" if refusal else "charge.succeeded", charge)
    return charge


def _paid(store: Store, charge: Obj) -> Obj:
    moved = book(store, charge, kind="charge", amount=charge["amount"])
    return {
        "amount_captured": charge["amount"],
        "balance_transaction": moved["id"],
        "captured": True,
        "outcome": _outcome("authorized", "Payment complete.", network="approved_by_network"),
        "paid": True,
    }


def _refused(refusal: ApiError) -> Obj:
    return {
        "failure_code": refusal.code,
        "failure_message": refusal.message,
        "outcome": _outcome("issuer_declined", refusal.message, network="declined_by_network"),
    }


def _outcome(kind: str, message: str, *, network: str) -> Obj:
    return {
        "advice_code": None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": network,
        "reason": None,
        "risk_level": "normal",
        "seller_message": message,
        "type": kind,
    }


def book(store: Store, source: Obj, *, kind: str, amount: int) -> Obj:
    """The balance transaction of money that came (or, below zero, went)."""
    fee = round(amount * 0.029) + 30 if kind == "charge" else 0
    return store.add(
        "balance_transaction",
        amount=amount,
        available_on=store.now(),
        currency=source["currency"],
        fee=fee,
        net=amount - fee,
        reporting_category=kind,
        source=source["id"],
        type=kind,
    )
