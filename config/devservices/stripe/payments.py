"""Payment intents: one wish to be paid, over as many tries as it takes."""

import secrets
from typing import Any

from config.devservices.stripe.cards import declined
from config.devservices.stripe.charges import make_charge
from config.devservices.stripe.customers import behaviour, method_of, owned_method
from config.devservices.stripe.errors import ApiError, invalid
from config.devservices.stripe.events import emit
from config.devservices.stripe.params import Params
from config.devservices.stripe.routes import Call, readable, route
from config.devservices.stripe.shapes import Obj, public
from config.devservices.stripe.store import Store

_LEAST_AMOUNT = 1
_CONFIRMABLE = ("requires_payment_method", "requires_confirmation", "requires_action")
_UNFINISHED = (*_CONFIRMABLE, "requires_capture", "processing")

readable("payment_intent", "/v1/payment_intents", filters=("customer",))


@route("POST", "/v1/payment_intents")
def create(call: Call) -> Obj:
    store, params = call.store, call.params
    amount = params.integer("amount", least=_LEAST_AMOUNT)
    if amount is None:
        raise params.lacking("amount")
    customer = params.text("customer")
    if customer:
        store.get("customer", customer, param="customer")
    intent = add_intent(
        store,
        amount=amount,
        currency=params.required("currency").lower(),
        customer=customer,
        description=params.text("description"),
        metadata=params.metadata(),
        receipt_email=params.text("receipt_email"),
        setup_future_usage=params.text("setup_future_usage"),
    )
    _choose_method(store, intent, params)
    if params.flag("confirm"):
        confirm(store, intent, is_attended=not params.flag("off_session"))
    return intent


@route("POST", "/v1/payment_intents/{id}")
def update(call: Call) -> Obj:
    intent, params = call.target("payment_intent"), call.params
    _expect(intent, _CONFIRMABLE, "updated")
    if "amount" in params:
        intent["amount"] = params.integer("amount", least=_LEAST_AMOUNT)
    if "description" in params:
        intent["description"] = params.text("description")
    intent["metadata"] = params.metadata(intent["metadata"])
    _choose_method(call.store, intent, params)
    return intent


@route("POST", "/v1/payment_intents/{id}/confirm")
def confirm_call(call: Call) -> Obj:
    intent = call.target("payment_intent")
    _expect(intent, _CONFIRMABLE, "confirmed")
    _choose_method(call.store, intent, call.params)
    if intent["payment_method"] is None:
        raise invalid(
            "You cannot confirm this PaymentIntent because it's missing a payment method.",
            code="payment_intent_unexpected_state",
        )
    confirm(call.store, intent, is_attended=not call.params.flag("off_session"))
    return intent


@route("POST", "/v1/payment_intents/{id}/cancel")
def cancel(call: Call) -> Obj:
    intent = call.target("payment_intent")
    _expect(intent, _UNFINISHED, "canceled")
    intent.update(
        status="canceled",
        canceled_at=call.store.now(),
        cancellation_reason=call.params.text("cancellation_reason"),
        next_action=None,
    )
    emit(call.store, "payment_intent.canceled", intent)
    return intent


def add_intent(store: Store, **values: Any) -> Obj:
    intent = store.make("payment_intent", **values)
    intent["client_secret"] = f"{intent['id']}_secret_{secrets.token_hex(12)}"
    store.keep(intent)
    emit(store, "payment_intent.created", intent)
    return intent


def confirm(
    store: Store, intent: Obj, *, is_attended: bool, is_authenticated: bool = False
) -> None:
    """Try to take the money.

    Afterwards the intent has succeeded or waits for its owner's confirmation; a refusal is kept on
    it and raised as Stripe's 402.
    """
    method = store.get("payment_method", intent["payment_method"])
    card = behaviour(method)
    must_ask = card.asks == "always" or (card.asks == "once" and not method.get("_is_confirmed"))
    if must_ask and not is_authenticated:
        if is_attended:
            return _ask_owner(store, intent)
        raise _refuse(store, intent, "authentication_required")
    reason = _refusal_of_customer(store, intent) or card.decline
    if reason:
        raise _refuse(store, intent, reason)
    method["_is_confirmed"] = True
    charge = make_charge(store, intent, method)
    intent.update(
        status="succeeded",
        amount_received=intent["amount"],
        last_payment_error=None,
        latest_charge=charge["id"],
        next_action=None,
    )
    if intent["setup_future_usage"] and intent["customer"] and not method["customer"]:
        method["customer"] = intent["customer"]
        emit(store, "payment_method.attached", method)
    emit(store, "payment_intent.succeeded", intent)
    return None


def refuse_authentication(store: Store, intent: Obj) -> ApiError:
    """The owner did not confirm: back to choosing a card."""
    error = ApiError(
        402,
        "We are unable to authenticate your payment method. Please choose a different payment"
        " method and try again.",
        kind="card_error",
        code="payment_intent_authentication_failure",
    )
    _fail(store, intent, error)
    return error


def _choose_method(store: Store, intent: Obj, params: Params) -> None:
    name = params.text("payment_method")
    if name is None:
        return
    method = method_of(store, name)
    if intent["customer"] and method["customer"]:
        owner = store.get("customer", intent["customer"])
        owned_method(store, method["id"], owner, param="payment_method")
    intent.update(payment_method=method["id"], status="requires_confirmation")


def _ask_owner(store: Store, intent: Obj) -> None:
    intent.update(
        status="requires_action",
        next_action={
            "type": "use_stripe_sdk",
            "use_stripe_sdk": {"type": "three_d_secure_redirect", "stripe_js": ""},
        },
    )
    emit(store, "payment_intent.requires_action", intent)


def _refusal_of_customer(store: Store, intent: Obj) -> str:
    customer = store.objects.get(intent["customer"] or "", {})
    return str(customer.get("_decline") or "")


def _refuse(store: Store, intent: Obj, reason: str) -> ApiError:
    method = store.get("payment_method", intent["payment_method"])
    charge = make_charge(store, intent, method, refusal=declined(reason))
    intent["latest_charge"] = charge["id"]
    error = declined(reason, charge=charge["id"])
    _fail(store, intent, error)
    return error


def _fail(store: Store, intent: Obj, error: ApiError) -> None:
    """Tell the refusal, then let the card go: a second try names a card again."""
    method = store.objects[intent["payment_method"]]
    intent.update(
        status="requires_payment_method",
        last_payment_error={**error.body["error"], "payment_method": public(method)},
        next_action=None,
        payment_method=None,
    )
    error.body["error"]["payment_intent"] = public(intent)
    error.body["error"]["payment_method"] = public(method)
    emit(store, "payment_intent.payment_failed", intent)


def _expect(intent: Obj, statuses: tuple[str, ...], verb: str) -> None:
    if intent["status"] not in statuses:
        raise invalid(
            f"This PaymentIntent could not be {verb} because it has a status of"
            f" {intent['status']}.",
            code="payment_intent_unexpected_state",
        )
