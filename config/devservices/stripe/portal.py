"""The billing portal: a customer's subscriptions, with the way out and back in."""

from html import escape
from typing import Any

from config.devservices.stripe import hosted, money, subscriptions
from config.devservices.stripe.errors import ApiError
from config.devservices.stripe.events import changing
from config.devservices.stripe.hosted import Page
from config.devservices.stripe.params import Params
from config.devservices.stripe.shapes import Obj
from config.devservices.stripe.store import Store
from config.devservices.stripe.subscription_calls import set_cancellation


def show(store: Store, session_id: str) -> Page:
    try:
        session = store.get("billing_portal.session", session_id)
        customer = store.get("customer", session["customer"])
    except ApiError:
        return hosted.message("No such portal", "The address is wrong or very old.", status=404)
    cards = [_card(store, one, session_id) for one in _running(store, customer)]
    body = hosted.fill(
        "portal",
        back=hosted.back(session["return_url"]),
        subscriptions="".join(cards) or '<p class="muted">There is none.</p>',
    )
    return Page(hosted.layout("Your subscriptions", body))


def submit(store: Store, session_id: str, form: dict[str, Any]) -> Page:
    """Cancel at the period's end, or take that back."""
    shown = show(store, session_id)
    session = store.objects.get(session_id)
    if session is None or shown.status != 200:  # noqa: PLR2004
        return shown
    values = Params(form)
    customer = store.get("customer", session["customer"])
    for subscription in _running(store, customer):
        if subscription["id"] == values.text("subscription"):
            is_ending = values.text("do") == "cancel"
            with changing(store, subscription, subscriptions.UPDATED):
                set_cancellation(store, subscription, is_ending=is_ending)
    return Page(status=303, location=f"/p/session/{session_id}")


def _running(store: Store, customer: Obj) -> list[Obj]:
    found = store.find("subscription", customer=customer["id"])
    return [one for one in found if one["status"] in ("active", "past_due", "trialing")]


def _card(store: Store, subscription: Obj, session_id: str) -> str:
    item = subscription["items"]["data"][0]
    price = item["price"]
    name = store.objects[price["product"]]["name"]
    amount = money.price(price["unit_amount"] * item["quantity"], price["currency"])
    day = money.day(subscriptions.period_end(subscription))
    is_ending = subscription["cancel_at_period_end"]
    return hosted.fill(
        "subscription",
        action=f"/p/session/{session_id}",
        name=escape(name),
        price=escape(f"{amount} {money.per_period(price['recurring'])}"),
        state=escape(f"Ends on {day}." if is_ending else f"Renews on {day}."),
        id=escape(subscription["id"]),
        do="resume" if is_ending else "cancel",
        button="Keep it" if is_ending else f"Cancel on {day}",
    )
