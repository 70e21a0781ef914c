"""Events: what is told to webhook endpoints and, first, to the stand-in's own parts."""

import contextlib
from collections.abc import Callable, Iterator

from config.devservices.stripe.routes import readable
from config.devservices.stripe.shapes import API_VERSION, Obj, public
from config.devservices.stripe.store import Store, new_id

type Listener = Callable[[Store, Obj], None]

_LISTENERS: dict[str, list[Listener]] = {}

readable("event", "/v1/events", filters=("type",))


def on(kind: str) -> Callable[[Listener], Listener]:
    """Have a function follow up every event of a kind, after the event itself was written."""

    def register(listener: Listener) -> Listener:
        _LISTENERS.setdefault(kind, []).append(listener)
        return listener

    return register


def emit(store: Store, kind: str, obj: Obj, *, previous: Obj | None = None) -> None:
    """Write an event and queue it for every endpoint that listens to its kind."""
    event = store.add(
        "event",
        api_version=API_VERSION,
        data={"object": public(obj)},
        pending_webhooks=0,
        request={"id": new_id("req", length=14), "idempotency_key": None},
        type=kind,
        _number=store.count("event"),
    )
    store.has_news = True
    if previous is not None:
        event["data"]["previous_attributes"] = previous
    for endpoint in reversed(store.find("webhook_endpoint", status="enabled")):
        if {"*", kind} & set(endpoint["enabled_events"]):
            event["pending_webhooks"] += 1
            store.deliveries.append(
                {"event": event["id"], "endpoint": endpoint["id"], "attempts": 0, "due": 0.0}
            )
    for listener in _LISTENERS.get(kind, []):
        listener(store, obj)


@contextlib.contextmanager
def changing(store: Store, obj: Obj, kind: str) -> Iterator[None]:
    """Tell afterwards what changed in ``obj`` and what it was before; nothing when nothing did."""
    before = public(obj)
    yield
    after = public(obj)
    previous = {name: value for name, value in before.items() if after.get(name) != value}
    if previous or before.keys() != after.keys():
        emit(store, kind, obj, previous=previous)
