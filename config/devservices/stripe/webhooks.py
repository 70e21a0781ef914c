"""Webhook endpoints: who is told, and the secret that signs what is told."""

import secrets

from config.devservices.stripe.errors import invalid
from config.devservices.stripe.routes import Call, readable, route
from config.devservices.stripe.shapes import API_VERSION, Obj
from config.devservices.stripe.store import Store


@route("POST", "/v1/webhook_endpoints")
def create(call: Call) -> Obj:
    """Only this answer shows the secret."""
    params = call.params
    address = params.web_address("url")
    if address is None:
        raise params.lacking("url")
    kinds = params.texts("enabled_events")
    if not kinds:
        raise params.lacking("enabled_events")
    secret = f"whsec_{secrets.token_hex(16)}"
    endpoint = call.store.add(
        "webhook_endpoint",
        api_version=params.text("api_version"),
        description=params.text("description"),
        enabled_events=kinds,
        metadata=params.metadata(),
        url=address,
        _secret=secret,
    )
    return {**endpoint, "secret": secret}


readable("webhook_endpoint", "/v1/webhook_endpoints")


@route("POST", "/v1/webhook_endpoints/{id}")
def update(call: Call) -> Obj:
    endpoint, params = call.target("webhook_endpoint"), call.params
    endpoint["url"] = params.web_address("url") or endpoint["url"]
    endpoint["enabled_events"] = params.texts("enabled_events") or endpoint["enabled_events"]
    endpoint["metadata"] = params.metadata(endpoint["metadata"])
    if "description" in params:
        endpoint["description"] = params.text("description")
    if "disabled" in params:
        endpoint["status"] = "disabled" if params.flag("disabled") else "enabled"
    return endpoint


@route("DELETE", "/v1/webhook_endpoints/{id}")
def delete(call: Call) -> Obj:
    endpoint, store = call.target("webhook_endpoint"), call.store
    endpoint["deleted"] = True
    store.deliveries = [one for one in store.deliveries if one["endpoint"] != endpoint["id"]]
    return {"id": endpoint["id"], "object": "webhook_endpoint", "deleted": True}


def configure(store: Store, *, url: str, secret: str, events: list[str]) -> Obj:
    """Have events sent to ``url`` with a secret both sides know; doing it twice changes nothing."""
    if not secret.startswith("whsec_"):
        raise invalid("A webhook secret begins with whsec_.", param="secret")
    for endpoint in store.find("webhook_endpoint", url=url):
        endpoint.update(_secret=secret, enabled_events=events, status="enabled")
        return endpoint
    return store.add(
        "webhook_endpoint",
        api_version=API_VERSION,
        enabled_events=events,
        metadata={},
        url=url,
        _secret=secret,
    )
