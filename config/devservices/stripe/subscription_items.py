"""The calls on single items of a subscription."""

from config.devservices.stripe.errors import missing
from config.devservices.stripe.params import Params
from config.devservices.stripe.routes import Call, page, route
from config.devservices.stripe.shapes import Obj
from config.devservices.stripe.store import Store
from config.devservices.stripe.subscription_changes import apply_change, plan_change


@route("GET", "/v1/subscription_items")
def items(call: Call) -> Obj:
    wanted = call.params.required("subscription")
    subscription = call.store.get("subscription", wanted, param="subscription")
    return page(call, subscription["items"]["data"])


@route("GET", "/v1/subscription_items/{id}")
def retrieve(call: Call) -> Obj:
    return _find(call.store, call.ids["id"])[1]


@route("POST", "/v1/subscription_items")
def create(call: Call) -> Obj:
    wanted = call.params.required("subscription")
    subscription = call.store.get("subscription", wanted, param="subscription")
    _change(call, subscription, call.params.values)
    newest: Obj = subscription["items"]["data"][-1]
    return newest


@route("POST", "/v1/subscription_items/{id}")
def update(call: Call) -> Obj:
    subscription, item = _find(call.store, call.ids["id"])
    _change(call, subscription, {**call.params.values, "id": item["id"]})
    return _find(call.store, item["id"])[1]


@route("DELETE", "/v1/subscription_items/{id}")
def delete(call: Call) -> Obj:
    subscription, item = _find(call.store, call.ids["id"])
    _change(call, subscription, {"id": item["id"], "deleted": "true"})
    return {"id": item["id"], "object": "subscription_item", "deleted": True}


def _change(call: Call, subscription: Obj, wish: Obj) -> None:
    change = plan_change(call.store, subscription, [Params(wish)], call.params)
    apply_change(call.store, subscription, change)


def _find(store: Store, item_id: str) -> tuple[Obj, Obj]:
    for subscription in store.find("subscription"):
        for item in subscription["items"]["data"]:
            if item["id"] == item_id:
                return subscription, item
    raise missing("subscription_item", item_id)
