"""The calls that start, change and end subscriptions."""

import contextlib

from config.devservices.stripe import subscriptions
from config.devservices.stripe.customers import owned_method
from config.devservices.stripe.errors import ApiError, invalid
from config.devservices.stripe.events import changing
from config.devservices.stripe.params import Params
from config.devservices.stripe.routes import Call, page, route
from config.devservices.stripe.shapes import Obj
from config.devservices.stripe.store import Store
from config.devservices.stripe.subscription_changes import (
    apply_change,
    plan_change,
    recurring_price,
)
from config.devservices.stripe.subscriptions import DAY, RUNNING, UPDATED

_BEHAVIOURS = ("allow_incomplete", "default_incomplete", "error_if_incomplete")
_PAUSES = ("keep_as_draft", "mark_uncollectible", "void")
_AT_TRIAL_END = ("create_invoice", "cancel", "pause")


@route("POST", "/v1/subscriptions")
def create(call: Call) -> Obj:
    store, params = call.store, call.params
    behaviour = params.choice("payment_behavior", _BEHAVIOURS, default="allow_incomplete")
    if behaviour != "error_if_incomplete":
        subscription = _start(store, params, behaviour)
        if behaviour == "allow_incomplete":
            is_attended = not params.flag("off_session")
            with contextlib.suppress(ApiError):  # it stays incomplete, and events tell why
                subscriptions.collect(store, subscription, is_attended=is_attended)
        return subscription
    with store.all_or_nothing():
        subscription = _start(store, params, behaviour)
        subscriptions.collect(store, subscription, is_attended=False)
    return subscription


def _start(store: Store, params: Params, behaviour: str) -> Obj:
    customer = store.get("customer", params.required("customer"), param="customer")
    choices = [
        (recurring_price(store, wish), wish.integer("quantity", least=1) or 1)
        for wish in params.children("items")
    ]
    if not choices:
        raise params.lacking("items")
    method = params.text("default_payment_method")
    if method:
        method = owned_method(store, method, customer, param="default_payment_method")["id"]
    trial_end = trial_end_of(params, store)
    has_card = method or customer["invoice_settings"]["default_payment_method"]
    if not (trial_end or has_card or behaviour == "default_incomplete"):
        raise invalid(
            "This customer has no attached payment source or default payment method. Please"
            " consider adding a default payment method.",
            code="resource_missing",
        )
    subscription = subscriptions.start(
        store,
        customer=customer,
        choices=choices,
        trial_end=trial_end,
        default_payment_method=method,
        description=params.text("description"),
        metadata=params.metadata(),
    )
    _apply_settings(store, subscription, params)
    return subscription


@route("GET", "/v1/subscriptions")
def listed(call: Call) -> Obj:
    wanted, found = call.params.text("status"), call.store.find("subscription")
    if wanted is None:
        found = [one for one in found if one["status"] != "canceled"]
    elif wanted == "ended":
        found = [one for one in found if one["status"] in ("canceled", "incomplete_expired")]
    elif wanted != "all":
        found = [one for one in found if one["status"] == wanted]
    price = call.params.text("price")
    if price:
        found = [
            one for one in found if price in {item["price"]["id"] for item in one["items"]["data"]}
        ]
    return page(call, found, filters=("customer",))


@route("GET", "/v1/subscriptions/{id}")
def retrieve(call: Call) -> Obj:
    return call.target("subscription")


@route("POST", "/v1/subscriptions/{id}")
def update(call: Call) -> Obj:
    store, params, subscription = call.store, call.params, call.target("subscription")
    _expect_running(subscription, params)
    behaviour = params.choice("payment_behavior", _BEHAVIOURS, default="allow_incomplete")
    wishes = params.children("items")
    change = plan_change(store, subscription, wishes, params) if wishes else None
    with changing(store, subscription, UPDATED):
        _apply_settings(store, subscription, params)
        _apply_method(store, subscription, params)
        _apply_cancellation(store, subscription, params)
    _move_trial_end(store, subscription, params)
    if change is None:
        return subscription
    if behaviour != "error_if_incomplete":
        apply_change(store, subscription, change)
        return subscription
    with store.all_or_nothing():
        apply_change(store, subscription, change)
        if subscription["status"] == "past_due":
            raise ApiError(402, "Your card was declined.", kind="card_error", code="card_declined")
    return subscription


@route("DELETE", "/v1/subscriptions/{id}")
def cancel(call: Call) -> Obj:
    subscription = call.target("subscription")
    if subscription["status"] not in RUNNING:
        raise invalid(
            f"No such subscription: '{subscription['id']}'",
            param="id",
            code="resource_missing",
            status=404,
        )
    subscription["cancellation_details"]["reason"] = "cancellation_requested"
    _apply_reasons(subscription, call.params)
    subscriptions.end(call.store, subscription)
    return subscription


@route("POST", "/v1/subscriptions/{id}/resume")
def resume(call: Call) -> Obj:
    subscription = call.target("subscription")
    if subscription["status"] != "paused":
        raise invalid("This subscription cannot be resumed because it is not paused.")
    subscription["billing_cycle_anchor"] = call.store.now()
    for item in subscription["items"]["data"]:
        item["current_period_end"] = call.store.now()
    subscriptions.renew(call.store, subscription)
    return subscription


def trial_end_of(params: Params, store: Store) -> int | None:
    now = store.now()
    days = params.integer("trial_period_days")
    if days:
        return now + days * DAY
    given = params.moment("trial_end", now=now)
    return given if given and given > now else None


def _apply_settings(store: Store, subscription: Obj, params: Params) -> None:
    subscription["metadata"] = params.metadata(subscription["metadata"])
    if "description" in params:
        subscription["description"] = params.text("description")
    if "pause_collection" in params:
        subscription["pause_collection"] = _pause(params, store)
    saving = params.child("payment_settings").text("save_default_payment_method")
    if saving:
        subscription["payment_settings"]["save_default_payment_method"] = saving
    ending = params.child("trial_settings").child("end_behavior")
    if ending.values:
        subscription["trial_settings"]["end_behavior"] = {
            "missing_payment_method": ending.choice(
                "missing_payment_method", _AT_TRIAL_END, default="create_invoice"
            )
        }


def _apply_method(store: Store, subscription: Obj, params: Params) -> None:
    method = params.text("default_payment_method")
    if method:
        customer = store.get("customer", subscription["customer"])
        kept = owned_method(store, method, customer, param="default_payment_method")
        subscription["default_payment_method"] = kept["id"]


def _pause(params: Params, store: Store) -> Obj | None:
    wish = params.child("pause_collection")
    if not wish.values:
        return None
    wish.required("behavior")
    return {
        "behavior": wish.choice("behavior", _PAUSES, default=""),
        "resumes_at": wish.moment("resumes_at", now=store.now()),
    }


def _apply_cancellation(store: Store, subscription: Obj, params: Params) -> None:
    if "cancel_at_period_end" in params:
        set_cancellation(store, subscription, is_ending=params.flag("cancel_at_period_end"))
    elif "cancel_at" in params:
        subscription["cancel_at_period_end"] = False
        _cancel_at(store, subscription, params.moment("cancel_at", now=store.now()))
    _apply_reasons(subscription, params)


def set_cancellation(store: Store, subscription: Obj, *, is_ending: bool) -> None:
    """Have it end with the period, or take that back."""
    subscription["cancel_at_period_end"] = is_ending
    period_end = subscriptions.period_end(subscription)
    _cancel_at(store, subscription, period_end if is_ending else None)


def _cancel_at(store: Store, subscription: Obj, moment: int | None) -> None:
    subscription.update(cancel_at=moment, canceled_at=store.now() if moment else None)
    reason = "cancellation_requested" if moment else None
    subscription["cancellation_details"]["reason"] = reason


def _apply_reasons(subscription: Obj, params: Params) -> None:
    details = params.child("cancellation_details")
    for name in ("comment", "feedback"):
        if name in details:
            subscription["cancellation_details"][name] = details.text(name)


def _move_trial_end(store: Store, subscription: Obj, params: Params) -> None:
    if "trial_end" not in params:
        return
    moment = params.moment("trial_end", now=store.now()) or store.now()
    if moment <= store.now() and subscription["status"] != "trialing":
        return
    with changing(store, subscription, UPDATED):
        subscription.update(trial_end=moment, billing_cycle_anchor=moment)
        subscription["trial_start"] = subscription["trial_start"] or store.now()
        subscription["status"] = "trialing"
        for item in subscription["items"]["data"]:
            item["current_period_end"] = moment
    if moment <= store.now():
        subscriptions.renew(store, subscription)


def _expect_running(subscription: Obj, params: Params) -> None:
    allowed = {"cancellation_details", "metadata", "expand"}
    if subscription["status"] not in RUNNING and set(params.values) - allowed:
        raise invalid(
            "A canceled subscription can only update its cancellation_details and metadata."
        )
