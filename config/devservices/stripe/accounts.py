"""The one account behind every key, and the session that opens its billing portal."""

from config.devservices.stripe.routes import Call, route
from config.devservices.stripe.shapes import ADDRESS, Obj, listing

_ACCOUNT_ID = "acct_1StandInStripe"
_ACCOUNT: Obj = {
    "id": _ACCOUNT_ID,
    "object": "account",
    "business_profile": {
        "mcc": None,
        "name": "Stand-in",
        "product_description": None,
        "support_address": ADDRESS,
        "support_email": None,
        "support_phone": None,
        "support_url": None,
        "url": None,
    },
    "business_type": "company",
    "capabilities": {"card_payments": "active", "transfers": "active"},
    "charges_enabled": True,
    "controller": {"type": "account"},
    "country": "US",
    "created": 1700000000,
    "default_currency": "usd",
    "details_submitted": True,
    "email": "owner@example.com",
    "metadata": {},
    "payouts_enabled": True,
    "settings": {
        "branding": {"icon": None, "logo": None, "primary_color": None, "secondary_color": None},
        "dashboard": {"display_name": "Stand-in", "timezone": "Etc/UTC"},
        "payments": {"statement_descriptor": "STAND-IN"},
    },
    "type": "standard",
}


@route("GET", "/v1/account")
@route("GET", f"/v1/accounts/{_ACCOUNT_ID}")
def retrieve(call: Call) -> Obj:
    return _ACCOUNT


@route("GET", "/v1/accounts")
def connected(call: Call) -> Obj:
    return listing([], call.url)


@route("POST", "/v1/billing_portal/sessions")
def open_portal(call: Call) -> Obj:
    params = call.params
    customer = call.store.get("customer", params.required("customer"), param="customer")
    session = call.store.add(
        "billing_portal.session",
        customer=customer["id"],
        return_url=params.web_address("return_url"),
    )
    session["url"] = f"{call.base_url}/p/session/{session['id']}"
    return session
