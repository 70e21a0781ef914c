"""Customers, and the cards they keep."""

from typing import Any

from config.devservices.stripe.cards import BY_TOKEN, CARDS, Card, declined, face, read_card
from config.devservices.stripe.errors import invalid
from config.devservices.stripe.events import changing, emit
from config.devservices.stripe.params import Params
from config.devservices.stripe.routes import Call, included, page, readable, route
from config.devservices.stripe.shapes import ADDRESS, Obj, listing
from config.devservices.stripe.store import Store, new_id

_TEXTS = ("description", "email", "name", "phone")
_BEHAVIOURS = {card.number: card for card in CARDS}


@route("POST", "/v1/customers")
def create(call: Call) -> Obj:
    params = call.params
    method = params.text("payment_method")
    customer = add_customer(
        call.store,
        metadata=params.metadata(),
        **{name: params.text(name) for name in _TEXTS},
    )
    if method:
        attach(call.store, method_of(call.store, method), customer)
    _set_default_method(call.store, customer, params)
    return customer


def add_customer(store: Store, **values: Any) -> Obj:
    customer = store.add(
        "customer",
        invoice_prefix=new_id("", length=8).strip("_").upper(),
        invoice_settings={
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        **values,
    )
    emit(store, "customer.created", customer)
    return customer


@route("GET", "/v1/customers")
def listed(call: Call) -> Obj:
    return page(call, call.store.find("customer"), filters=("email",))


@route("GET", "/v1/customers/{id}")
def retrieve(call: Call) -> Obj:
    known = call.store.objects.get(call.ids["id"])
    if known and known["object"] == "customer" and known.get("deleted"):
        return {"id": known["id"], "object": "customer", "deleted": True}
    return call.target("customer")


@route("POST", "/v1/customers/{id}")
def update(call: Call) -> Obj:
    customer, params = call.target("customer"), call.params
    with changing(call.store, customer, "customer.updated"):
        customer.update({name: params.text(name) for name in _TEXTS if name in params})
        customer["metadata"] = params.metadata(customer["metadata"])
        _set_default_method(call.store, customer, params)
        if "balance" in params:
            customer["balance"] = params.integer("balance", least=-(10**9)) or 0
    return customer


@route("DELETE", "/v1/customers/{id}")
def delete(call: Call) -> Obj:
    """Once deleted, a customer is gone for every call but a plain GET, which tells so."""
    customer = call.target("customer")
    customer["deleted"] = True
    emit(call.store, "customer.deleted", customer)
    return {"id": customer["id"], "object": "customer", "deleted": True}


@route("GET", "/v1/customers/{id}/payment_methods")
def methods(call: Call) -> Obj:
    owned = call.store.find("payment_method", customer=call.target("customer")["id"])
    return page(call, owned, filters=("type",))


@route("GET", "/v1/customers/{id}/payment_methods/{method}")
def method(call: Call) -> Obj:
    found = call.store.get("payment_method", call.ids["method"])
    if found["customer"] != call.target("customer")["id"]:
        raise invalid(
            f"No such PaymentMethod: '{found['id']}'", code="resource_missing", status=404
        )
    return found


@route("GET", "/v1/customers/{id}/sources")
def sources(call: Call) -> Obj:
    return listing([], call.url)


@included("customer", "sources")
def _sources(store: Store, customer: Obj) -> Obj:
    return listing([], f"/v1/customers/{customer['id']}/sources")


@included("customer", "subscriptions")
def _subscriptions(store: Store, customer: Obj) -> Obj:
    running = [
        subscription
        for subscription in store.find("subscription", customer=customer["id"])
        if subscription["status"] not in ("canceled", "incomplete_expired")
    ]
    return listing(running, f"/v1/customers/{customer['id']}/subscriptions")


def _set_default_method(store: Store, customer: Obj, params: Params) -> None:
    settings = params.child("invoice_settings")
    if "default_payment_method" not in settings:
        return
    chosen = settings.text("default_payment_method")
    if chosen is not None:
        chosen = owned_method(
            store, chosen, customer, param="invoice_settings[default_payment_method]"
        )["id"]
    customer["invoice_settings"]["default_payment_method"] = chosen


@route("POST", "/v1/payment_methods")
def create_method(call: Call) -> Obj:
    call.params.choice("type", ("card",), default="card")
    details = call.params.child("billing_details")
    return add_method(
        call.store,
        read_card(call.params.child("card"), call.store),
        email=details.text("email"),
        name=details.text("name"),
    )


readable("payment_method", "/v1/payment_methods", filters=("customer", "type"))


@route("POST", "/v1/payment_methods/{id}")
def update_method(call: Call) -> Obj:
    method = call.target("payment_method")
    with changing(call.store, method, "payment_method.updated"):
        method["metadata"] = call.params.metadata(method["metadata"])
    return method


@route("POST", "/v1/payment_methods/{id}/attach")
def attach_method(call: Call) -> Obj:
    customer = call.store.get("customer", call.params.required("customer"), param="customer")
    return attach(call.store, method_of(call.store, call.ids["id"], param=None), customer)


@route("POST", "/v1/payment_methods/{id}/detach")
def detach_method(call: Call) -> Obj:
    method = call.target("payment_method")
    owner = method["customer"]
    if owner is None:
        raise invalid("The payment method you provided is not attached to a customer.")
    method["customer"] = None
    emit(call.store, "payment_method.detached", method, previous={"customer": owner})
    customer = call.store.objects[owner]
    with changing(call.store, customer, "customer.updated"):
        if customer["invoice_settings"]["default_payment_method"] == method["id"]:
            customer["invoice_settings"]["default_payment_method"] = None
    return method


def add_method(
    store: Store, card: dict[str, Any], *, email: str | None = None, name: str | None = None
) -> Obj:
    return store.add(
        "payment_method",
        billing_details={
            "address": ADDRESS, "email": email, "name": name, "phone": None, "tax_id": None
        },
        card=card,
    )  # fmt: skip


def method_of(store: Store, name: str, *, param: str | None = "payment_method") -> Obj:
    """The payment method with this id, or a new one for a test token such as ``pm_card_visa``."""
    if name in BY_TOKEN:
        return add_method(store, face(BY_TOKEN[name]))
    return store.get("payment_method", name, param=param)


def owned_method(store: Store, name: str, customer: Obj, *, param: str) -> Obj:
    """A payment method that the customer has; a test token is attached on the way."""
    method = method_of(store, name, param=param)
    if name in BY_TOKEN:
        return attach(store, method, customer)
    if method["customer"] != customer["id"]:
        raise invalid(
            f"The customer does not have a payment method with the ID {name}. The payment method"
            " must be attached to the customer.",
            param=param,
            code="resource_missing",
        )
    return method


def attach(store: Store, method: Obj, customer: Obj) -> Obj:
    """Keep a card for a customer; the issuer may refuse that as well."""
    if method["customer"] == customer["id"]:
        return method
    if method["customer"] is not None:
        raise invalid("The payment method you provided has already been attached to a customer.")
    card = behaviour(method)
    if not card.may_be_kept:
        raise declined(card.decline)
    method["customer"] = customer["id"]
    emit(store, "payment_method.attached", method)
    return method


def behaviour(method: Obj) -> Card:
    return _BEHAVIOURS[method["card"]["_number"]]
