"""What happens when a buyer submits the checkout page: cards, refusals, confirmation, success."""

from typing import Any

from config.devservices.stripe import payments, setups, subscriptions
from config.devservices.stripe.checkout import return_address, wishes
from config.devservices.stripe.customers import add_customer, add_method, attach
from config.devservices.stripe.errors import invalid
from config.devservices.stripe.events import emit
from config.devservices.stripe.shapes import ADDRESS, Obj
from config.devservices.stripe.store import Store
from config.devservices.stripe.subscription_calls import trial_end_of


def submit(store: Store, session: Obj, *, card: dict[str, Any], email: str) -> str | None:
    """Try to buy with a card.

    Returns where the buyer goes next, or None when the card's owner has to confirm first; raises
    Stripe's 402 when the card is refused, and the session stays open for another.
    """
    _expect_open(session)
    owner = _buyer(store, session, email)
    session["_method"] = add_method(store, card, email=email, name=None)["id"]
    return _carry_out(store, session, owner, email, is_authenticated=False)


def confirm(store: Store, session: Obj, *, is_confirmed: bool, email: str) -> str | None:
    """The card's owner answers the bank's question."""
    _expect_open(session)
    if not is_awaiting_confirmation(session):
        raise invalid("There is nothing to confirm in this Checkout Session.")
    session["_is_asking"] = False
    if not is_confirmed:
        intent = store.objects[session["_asked_by"]]
        is_setup = intent["object"] == "setup_intent"
        raise (setups if is_setup else payments).refuse_authentication(store, intent)
    owner = _buyer(store, session, email)
    return _carry_out(store, session, owner, email, is_authenticated=True)


def is_awaiting_confirmation(session: Obj) -> bool:
    return bool(session.get("_is_asking"))


def _carry_out(
    store: Store, session: Obj, owner: Obj | None, email: str, *, is_authenticated: bool
) -> str | None:
    attempt = {"payment": _pay, "setup": _set_up, "subscription": _subscribe}[session["mode"]]
    intent = attempt(store, session, owner, is_authenticated=is_authenticated)
    if intent and intent["status"] == "requires_action":
        session.update(_is_asking=True, _asked_by=intent["id"])
        return None
    _complete(store, session, owner, email)
    return return_address(session)


def _pay(store: Store, session: Obj, owner: Obj | None, *, is_authenticated: bool) -> Obj:
    data = wishes(session, "payment_intent_data")
    if session["payment_intent"] is None:
        session["payment_intent"] = payments.add_intent(
            store,
            amount=session["amount_total"],
            currency=session["currency"],
            customer=owner["id"] if owner else None,
            description=data.text("description"),
            metadata=data.metadata(),
            setup_future_usage=data.text("setup_future_usage"),
        )["id"]
    intent = store.get("payment_intent", session["payment_intent"])
    intent["payment_method"] = session["_method"]
    payments.confirm(store, intent, is_attended=True, is_authenticated=is_authenticated)
    return intent


def _set_up(store: Store, session: Obj, owner: Obj | None, *, is_authenticated: bool) -> Obj:
    data = wishes(session, "setup_intent_data")
    if session["setup_intent"] is None:
        session["setup_intent"] = setups.add_setup(
            store,
            customer=owner["id"] if owner else None,
            description=data.text("description"),
            metadata=data.metadata(),
            usage="off_session",
        )["id"]
    intent = store.get("setup_intent", session["setup_intent"])
    intent["payment_method"] = session["_method"]
    setups.confirm(store, intent, is_authenticated=is_authenticated)
    return intent


def _subscribe(
    store: Store, session: Obj, owner: Obj | None, *, is_authenticated: bool
) -> Obj | None:
    if owner is None:
        raise invalid("A subscription needs a customer.")
    if session["amount_total"] == 0:
        intent = _check_card(store, session, owner, is_authenticated=is_authenticated)
        if intent["status"] == "succeeded":
            subscription = _subscription(store, session, owner)
            subscription["default_payment_method"] = session["_method"]
        return intent
    subscription = _subscription(store, session, owner)
    invoice = store.get("invoice", subscription["latest_invoice"])
    intent = store.get("payment_intent", invoice["_intent"])
    before, subscription["default_payment_method"] = (
        subscription["default_payment_method"],
        session["_method"],
    )
    try:
        subscriptions.collect(
            store, subscription, is_attended=True, is_authenticated=is_authenticated
        )
    finally:
        if intent["status"] != "succeeded":
            subscription["default_payment_method"] = before
    return intent


def _check_card(store: Store, session: Obj, owner: Obj, *, is_authenticated: bool) -> Obj:
    """Nothing is due today, so the card is only approved and kept."""
    known = store.objects.get(session.get("_card_check", ""))
    intent = known or setups.add_setup(
        store, customer=owner["id"], metadata={}, usage="off_session"
    )
    session["_card_check"] = intent["id"]
    intent["payment_method"] = session["_method"]
    setups.confirm(store, intent, is_authenticated=is_authenticated)
    return intent


def _subscription(store: Store, session: Obj, owner: Obj) -> Obj:
    """The session's subscription: made at the first try, tried again at the next."""
    known = store.objects.get(session.get("_subscription", ""))
    if known and known["status"] == "incomplete":
        return known
    data = wishes(session, "subscription_data")
    subscription = subscriptions.start(
        store,
        customer=owner,
        choices=[(line["price"], line["quantity"]) for line in session["_lines"]],
        trial_end=trial_end_of(data, store),
        description=data.text("description"),
        metadata=data.metadata(),
    )
    session["_subscription"] = subscription["id"]
    return subscription


def _buyer(store: Store, session: Obj, email: str) -> Obj | None:
    """The customer who buys; a one-time purchase may do without one."""
    known = session["customer"] or session.get("_buyer")
    if known:
        return store.get("customer", known)
    if session["mode"] == "payment" and session["customer_creation"] != "always":
        return None
    customer = add_customer(store, email=email or None, metadata={})
    session["_buyer"] = customer["id"]
    return customer


def _complete(store: Store, session: Obj, owner: Obj | None, email: str) -> None:
    method = store.get("payment_method", session["_method"])
    if owner and session["mode"] != "payment" and method["customer"] is None:
        attach(store, method, owner)
    session.update(
        customer=owner["id"] if owner else None,
        customer_details={
            "address": ADDRESS,
            "business_name": None,
            "email": email or (owner or {}).get("email"),
            "individual_name": None,
            "name": (owner or {}).get("name"),
            "phone": None,
            "tax_exempt": "none",
            "tax_ids": [],
        },
        payment_status="paid" if session["amount_total"] else "no_payment_required",
        status="complete",
        url=None,
    )
    if session["mode"] == "subscription":
        subscription = store.get("subscription", session["_subscription"])
        session.update(subscription=subscription["id"], invoice=subscription["latest_invoice"])
    emit(store, "checkout.session.completed", session)


def _expect_open(session: Obj) -> None:
    if session["status"] != "open":
        words = {"complete": "has already been paid", "expired": "has expired"}
        raise invalid(f"This Checkout Session {words[session['status']]}.")
