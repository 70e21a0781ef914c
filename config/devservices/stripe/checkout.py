"""Checkout sessions: what is to be bought, and where the buyer is sent."""

from typing import Any

from config.devservices.stripe.errors import invalid
from config.devservices.stripe.events import emit
from config.devservices.stripe.params import Params
from config.devservices.stripe.prices import inline_price
from config.devservices.stripe.routes import Call, included, page, route
from config.devservices.stripe.shapes import Obj, listing
from config.devservices.stripe.store import Store
from config.devservices.stripe.subscription_calls import trial_end_of

_MODES = ("payment", "setup", "subscription")
_HOUR = 3600
_SHORTEST, _LONGEST = _HOUR // 2, 24 * _HOUR


@route("POST", "/v1/checkout/sessions")
def create(call: Call) -> Obj:
    store, params = call.store, call.params
    params.required("mode")
    mode = params.choice("mode", _MODES, default="")
    customer = _customer(store, params)
    success_url = params.web_address("success_url")
    if success_url is None:
        raise params.lacking("success_url")
    cancel_url = params.web_address("cancel_url")
    expires_at = _expires_at(store, params)
    lines = [_line(store, line, mode=mode) for line in params.children("line_items")]
    currency = _common_currency(lines, params)
    if mode != "setup":
        _expect_lines(lines, mode)
    is_trial = bool(trial_end_of(params.child("subscription_data"), store))
    total = 0 if is_trial else sum(line["amount_total"] for line in lines)
    session = store.make(
        "checkout.session",
        amount_subtotal=None if mode == "setup" else total,
        amount_total=None if mode == "setup" else total,
        cancel_url=cancel_url,
        client_reference_id=params.text("client_reference_id"),
        currency=currency,
        customer=customer["id"] if customer else None,
        customer_creation=_customer_creation(params, mode, customer),
        customer_email=params.text("customer_email"),
        expires_at=expires_at,
        locale=params.text("locale"),
        metadata=params.metadata(),
        mode=mode,
        payment_method_collection="always" if mode == "subscription" else "if_required",
        payment_status="no_payment_required" if mode == "setup" else "unpaid",
        success_url=success_url,
        total_details={
            "amount_discount": 0,
            "amount_shipping": 0,
            "amount_tax": 0,
            "breakdown": {"discounts": [], "taxes": []},
        },
        _lines=lines,
        _wishes={
            name: params.child(name).values
            for name in ("payment_intent_data", "setup_intent_data", "subscription_data")
        },
    )
    session["url"] = f"{call.base_url}/c/pay/{session['id']}"
    return store.keep(session)


@route("GET", "/v1/checkout/sessions")
def listed(call: Call) -> Obj:
    found = call.store.find("checkout.session")
    return page(call, found, filters=("customer", "payment_intent", "status", "subscription"))


@route("GET", "/v1/checkout/sessions/{id}")
def retrieve(call: Call) -> Obj:
    return call.target("checkout.session")


@route("POST", "/v1/checkout/sessions/{id}")
def update(call: Call) -> Obj:
    session = call.target("checkout.session")
    session["metadata"] = call.params.metadata(session["metadata"])
    return session


@route("GET", "/v1/checkout/sessions/{id}/line_items")
def lines_of(call: Call) -> Obj:
    return page(call, call.target("checkout.session")["_lines"])


@route("POST", "/v1/checkout/sessions/{id}/expire")
def expire_call(call: Call) -> Obj:
    session = call.target("checkout.session")
    if session["status"] != "open":
        raise invalid(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout'
            f" Session has a status of {session['status']}."
        )
    expire(call.store, session)
    return session


def expire(store: Store, session: Obj) -> None:
    session.update(status="expired", url=None)
    emit(store, "checkout.session.expired", session)


def return_address(session: Obj) -> str:
    """Where a buyer goes after paying."""
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def wishes(session: Obj, name: str) -> Params:
    return Params(session["_wishes"].get(name, {}), within=name)


@included("checkout.session", "line_items")
def _line_items(store: Store, session: Obj) -> Obj:
    return listing(session["_lines"], f"/v1/checkout/sessions/{session['id']}/line_items")


def _customer(store: Store, params: Params) -> Obj | None:
    customer = params.text("customer")
    if customer is None:
        return None
    if params.text("customer_email"):
        raise invalid(
            "You may only specify one of these parameters: customer, customer_email.",
            param="customer",
        )
    return store.get("customer", customer, param="customer")


def _customer_creation(params: Params, mode: str, customer: Obj | None) -> str | None:
    if mode != "payment":
        return None if customer else "always"
    wish = params.choice("customer_creation", ("always", "if_required"), default="if_required")
    return None if customer else wish


def _expires_at(store: Store, params: Params) -> int:
    now = store.now()
    moment = params.integer("expires_at")
    if moment is None:
        return now + _LONGEST
    if not now + _SHORTEST - 60 <= moment <= now + _LONGEST + 60:
        raise invalid(
            "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.",
            param="expires_at",
        )
    return moment


def _line(store: Store, line: Params, *, mode: str) -> dict[str, Any]:
    if "price_data" in line:
        price = inline_price(store, line.child("price_data"))
    else:
        price = store.get("price", line.required("price"), param=line.path("price"))
        if not price["active"]:
            raise invalid(
                "The price specified is inactive. This field only accepts active prices.",
                param=line.path("price"),
            )
    if mode == "payment" and price["recurring"]:
        raise invalid(
            "You specified `payment` mode but passed a recurring price. Either switch to"
            " `subscription` mode or use only one-time prices.",
            param="line_items",
        )
    quantity = line.integer("quantity", least=1)
    if quantity is None:
        raise line.lacking("quantity")
    amount = price["unit_amount"] * quantity
    return store.make(
        "item",
        amount_subtotal=amount,
        amount_total=amount,
        currency=price["currency"],
        description=store.get("product", price["product"])["name"],
        price=dict(price),
        quantity=quantity,
    )


def _common_currency(lines: list[Obj], params: Params) -> str | None:
    currencies = {line["currency"] for line in lines}
    if len(currencies) > 1:
        raise invalid("All line items must have the same currency.", param="line_items")
    return currencies.pop() if currencies else params.text("currency")


def _expect_lines(lines: list[Obj], mode: str) -> None:
    if not lines:
        raise invalid(
            f"You must provide line items in {mode} mode.",
            param="line_items",
            code="parameter_missing",
        )
    if mode == "subscription" and not all(line["price"]["recurring"] for line in lines):
        raise invalid(
            "You must provide recurring prices in `subscription` mode (this stand-in takes no"
            " one-time price beside them).",
            param="line_items",
        )
