"""Setup intents: keeping a card without charging it."""

import secrets
from typing import Any

from config.devservices.stripe.cards import declined
from config.devservices.stripe.customers import attach, behaviour, method_of
from config.devservices.stripe.errors import ApiError, invalid
from config.devservices.stripe.events import emit
from config.devservices.stripe.routes import Call, readable, route
from config.devservices.stripe.shapes import Obj, public
from config.devservices.stripe.store import Store

_OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")

readable("setup_intent", "/v1/setup_intents", filters=("customer", "payment_method"))


@route("POST", "/v1/setup_intents")
def create(call: Call) -> Obj:
    store, params = call.store, call.params
    customer = params.text("customer")
    if customer:
        store.get("customer", customer, param="customer")
    intent = add_setup(
        store,
        customer=customer,
        description=params.text("description"),
        metadata=params.metadata(),
        usage=params.choice("usage", ("off_session", "on_session"), default="off_session"),
    )
    name = params.text("payment_method")
    if name:
        intent.update(payment_method=method_of(store, name)["id"], status="requires_confirmation")
    if params.flag("confirm"):
        confirm(store, intent)
    return intent


@route("POST", "/v1/setup_intents/{id}/confirm")
def confirm_call(call: Call) -> Obj:
    intent = call.target("setup_intent")
    _expect_open(intent, "confirmed")
    name = call.params.text("payment_method")
    if name:
        intent["payment_method"] = method_of(call.store, name)["id"]
    if intent["payment_method"] is None:
        raise call.params.lacking("payment_method")
    confirm(call.store, intent)
    return intent


@route("POST", "/v1/setup_intents/{id}/cancel")
def cancel(call: Call) -> Obj:
    intent = call.target("setup_intent")
    _expect_open(intent, "canceled")
    intent.update(status="canceled", next_action=None)
    intent["cancellation_reason"] = call.params.text("cancellation_reason")
    emit(call.store, "setup_intent.canceled", intent)
    return intent


def add_setup(store: Store, **values: Any) -> Obj:
    intent = store.make("setup_intent", **values)
    intent["client_secret"] = f"{intent['id']}_secret_{secrets.token_hex(12)}"
    store.keep(intent)
    emit(store, "setup_intent.created", intent)
    return intent


def confirm(store: Store, intent: Obj, *, is_authenticated: bool = False) -> None:
    """Have the issuer approve the card; see ``payments.confirm`` for what can come of it."""
    method = store.get("payment_method", intent["payment_method"])
    card = behaviour(method)
    if card.asks != "never" and not is_authenticated:
        intent.update(
            status="requires_action",
            next_action={"type": "use_stripe_sdk", "use_stripe_sdk": {}},
        )
        emit(store, "setup_intent.requires_action", intent)
        return
    if not card.may_be_kept:
        raise _refuse(store, intent, method, declined(card.decline))
    method["_is_confirmed"] = True
    if intent["customer"]:
        attach(store, method, store.get("customer", intent["customer"]))
    intent.update(status="succeeded", next_action=None, last_setup_error=None)
    emit(store, "setup_intent.succeeded", intent)


def refuse_authentication(store: Store, intent: Obj) -> ApiError:
    error = ApiError(
        402,
        "We are unable to authenticate your payment method. Please choose a different payment"
        " method and try again.",
        kind="card_error",
        code="setup_intent_authentication_failure",
    )
    return _refuse(store, intent, store.objects[intent["payment_method"]], error)


def _refuse(store: Store, intent: Obj, method: Obj, error: ApiError) -> ApiError:
    intent.update(
        status="requires_payment_method",
        last_setup_error={**error.body["error"], "payment_method": public(method)},
        next_action=None,
        payment_method=None,
    )
    error.body["error"]["setup_intent"] = public(intent)
    emit(store, "setup_intent.setup_failed", intent)
    return error


def _expect_open(intent: Obj, verb: str) -> None:
    if intent["status"] not in _OPEN:
        raise invalid(
            f"This SetupIntent could not be {verb} because it has a status of {intent['status']}.",
            code="setup_intent_unexpected_state",
        )
