"""Products, their features and their prices."""

from config.devservices.stripe.errors import invalid
from config.devservices.stripe.events import changing, emit
from config.devservices.stripe.params import Params
from config.devservices.stripe.routes import Call, page, readable, route
from config.devservices.stripe.shapes import Obj
from config.devservices.stripe.store import Store

_INTERVALS = ("day", "week", "month", "year")
_PRODUCT_TEXTS = ("description", "statement_descriptor", "tax_code", "unit_label", "url")


@route("POST", "/v1/products")
def create_product(call: Call) -> Obj:
    product = _add_product(call.store, call.params)
    if "default_price_data" in call.params:
        with changing(call.store, product, "product.updated"):
            price = add_price(call.store, call.params.child("default_price_data"), product)
            product["default_price"] = price["id"]
    return product


readable("product", "/v1/products", filters=("active",))


@route("POST", "/v1/products/{id}")
def update_product(call: Call) -> Obj:
    product, params = call.target("product"), call.params
    with changing(call.store, product, "product.updated"):
        if "name" in params:
            product["name"] = params.required("name")
        if "default_price" in params:
            price = call.store.get("price", params.required("default_price"), param="default_price")
            product["default_price"] = price["id"]
        product.update({name: params.text(name) for name in _PRODUCT_TEXTS if name in params})
        product["active"] = params.flag("active", default=product["active"])
        product["metadata"] = params.metadata(product["metadata"])
    return product


@route("DELETE", "/v1/products/{id}")
def delete_product(call: Call) -> Obj:
    product = call.target("product")
    if call.store.find("price", product=product["id"]):
        raise invalid(
            "This product cannot be deleted because it has one or more user-created prices."
        )
    product["deleted"] = True
    emit(call.store, "product.deleted", product)
    return {"id": product["id"], "object": "product", "deleted": True}


@route("POST", "/v1/entitlements/features")
def create_feature(call: Call) -> Obj:
    return call.store.add(
        "entitlements.feature",
        lookup_key=call.params.required("lookup_key"),
        metadata=call.params.metadata(),
        name=call.params.required("name"),
    )


readable("entitlements.feature", "/v1/entitlements/features", filters=("lookup_key",))


@route("GET", "/v1/products/{id}/features")
def features(call: Call) -> Obj:
    product = call.target("product")
    return page(call, call.store.find("product_feature", _product=product["id"]))


@route("POST", "/v1/products/{id}/features")
def add_feature(call: Call) -> Obj:
    feature = call.store.get(
        "entitlements.feature",
        call.params.required("entitlement_feature"),
        param="entitlement_feature",
    )
    return call.store.add(
        "product_feature", entitlement_feature=dict(feature), _product=call.target("product")["id"]
    )


@route("DELETE", "/v1/products/{product}/features/{id}")
def remove_feature(call: Call) -> Obj:
    feature = call.target("product_feature")
    feature["deleted"] = True
    return {"id": feature["id"], "object": "product_feature", "deleted": True}


@route("POST", "/v1/prices")
def create_price(call: Call) -> Obj:
    params = call.params
    if "product_data" in params:
        return add_price(call.store, params, _add_product(call.store, params.child("product_data")))
    return add_price(
        call.store, params, call.store.get("product", params.required("product"), param="product")
    )


@route("GET", "/v1/prices")
def prices(call: Call) -> Obj:
    found = call.store.find("price")
    keys = call.params.texts("lookup_keys")
    if keys:
        found = [price for price in found if price["lookup_key"] in keys]
    interval = call.params.child("recurring").text("interval")
    if interval:
        found = [price for price in found if (price["recurring"] or {}).get("interval") == interval]
    return page(call, found, filters=("active", "currency", "product", "type"))


@route("GET", "/v1/prices/{id}")
def price(call: Call) -> Obj:
    return call.target("price")


@route("POST", "/v1/prices/{id}")
def update_price(call: Call) -> Obj:
    price, params = call.target("price"), call.params
    with changing(call.store, price, "price.updated"):
        price["active"] = params.flag("active", default=price["active"])
        price["metadata"] = params.metadata(price["metadata"])
        if "nickname" in params:
            price["nickname"] = params.text("nickname")
        if "lookup_key" in params:
            price["lookup_key"] = _free_lookup_key(call.store, params)
    return price


def add_price(store: Store, params: Params, product: Obj, *, is_kept: bool = True) -> Obj:
    """A price as ``params`` tell; one that is not kept serves a single checkout."""
    amount = params.integer("unit_amount")
    if amount is None:
        raise params.lacking("unit_amount")
    recurring = _recurring(params.child("recurring")) if "recurring" in params else None
    price = store.add(
        "price",
        active=is_kept and params.flag("active", default=True),
        currency=_currency(params),
        lookup_key=_free_lookup_key(store, params),
        metadata=params.metadata(),
        nickname=params.text("nickname"),
        product=product["id"],
        recurring=recurring,
        type="recurring" if recurring else "one_time",
        unit_amount=amount,
        unit_amount_decimal=str(amount),
    )
    emit(store, "price.created", price)
    return price


def inline_price(store: Store, params: Params) -> Obj:
    """The price that a checkout line describes by ``price_data``."""
    if "product" in params:
        product = store.get("product", params.required("product"), param=params.path("product"))
    else:
        product = _add_product(store, params.child("product_data"))
    return add_price(store, params, product, is_kept=False)


def plan(price: Obj) -> Obj:
    """The old name of a recurring price, which items still carry."""
    copied = ("id", "active", "billing_scheme", "created", "currency", "livemode", "metadata",
              "nickname", "product", "tiers_mode")  # fmt: skip
    return {
        **{name: price[name] for name in copied},
        **price["recurring"],
        "object": "plan",
        "amount": price["unit_amount"],
        "amount_decimal": price["unit_amount_decimal"],
        "transform_usage": None,
    }


def _add_product(store: Store, params: Params) -> Obj:
    values = {name: params.text(name) for name in _PRODUCT_TEXTS}
    product = store.make(
        "product",
        active=params.flag("active", default=True),
        metadata=params.metadata(),
        name=params.required("name"),
        updated=store.now(),
        **values,
    )
    chosen = params.text("id")
    if chosen and chosen in store.objects:
        raise invalid(f"Product already exists: {chosen}", code="resource_already_exists")
    product["id"] = chosen or product["id"]
    store.keep(product)
    emit(store, "product.created", product)
    return product


def _recurring(params: Params) -> Obj:
    params.required("interval")
    return {
        "interval": params.choice("interval", _INTERVALS, default=""),
        "interval_count": params.integer("interval_count", least=1) or 1,
        "meter": None,
        "trial_period_days": params.integer("trial_period_days", least=1),
        "usage_type": "licensed",
    }


def _currency(params: Params) -> str:
    currency = params.required("currency").lower()
    if len(currency) != 3 or not currency.isalpha():  # noqa: PLR2004
        raise invalid(f"Invalid currency: {currency}", param=params.path("currency"))
    return currency


def _free_lookup_key(store: Store, params: Params) -> str | None:
    key = params.text("lookup_key")
    holders = store.find("price", lookup_key=key) if key else []
    if holders and not params.flag("transfer_lookup_key"):
        raise invalid(
            f"A price (`{holders[0]['id']}`) already uses that lookup key.", param="lookup_key"
        )
    for holder in holders:
        with changing(store, holder, "price.updated"):
            holder["lookup_key"] = None
    return key
