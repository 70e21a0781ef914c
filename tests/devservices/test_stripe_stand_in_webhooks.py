"""Webhooks that really travel: signed, retried, held back, remembered."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import stripe
from stripe import StripeClient

from config.devservices.stripe import StripeStandIn
from tests.devservices import goods

SECRET = "whsec_receiver"


class Receiver:
    """A listener that notes what it is told and answers what it is asked to."""

    def __init__(self) -> None:
        self.received: list[tuple[bytes, str]] = []
        self.answers: list[int] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.received.append((body, self.headers["Stripe-Signature"]))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 204)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def kinds(self) -> list[str]:
        return [json.loads(body)["type"] for body, _ in self.received]

    @property
    def names(self) -> list[str]:
        return [json.loads(body)["data"]["object"]["name"] for body, _ in self.received]

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    running = Receiver()
    yield running
    running.stop()


def test_events_arrive_signed_and_in_order(
    client: StripeClient, stand_in: StripeStandIn, receiver: Receiver
) -> None:
    endpoint = client.v1.webhook_endpoints.create({"url": receiver.url, "enabled_events": ["*"]})

    goods.subscription(client)

    assert stand_in.wait()
    for body, signature in receiver.received:
        event = stripe.Webhook.construct_event(body, signature, endpoint.secret or "")
        assert event.api_version == "2026-08-26.dahlia"
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.Webhook.construct_event(body + b" ", signature, endpoint.secret or "")
    made = client.v1.events.list({"limit": 100}).data
    assert receiver.kinds == [event.type for event in made][::-1]
    assert {event.pending_webhooks for event in made} == {0}
    assert "secret" not in client.v1.webhook_endpoints.retrieve(endpoint.id)


def test_an_endpoint_hears_only_what_it_asked_for(
    client: StripeClient, stand_in: StripeStandIn, receiver: Receiver
) -> None:
    stand_in.add_webhook(receiver.url, SECRET, events=["customer.updated"])
    stand_in.add_webhook(receiver.url, SECRET, events=["customer.created"])

    goods.customer(client)

    assert stand_in.wait()
    assert receiver.kinds == ["customer.created"]


def test_a_refused_event_is_sent_until_it_is_taken(
    client: StripeClient, stand_in: StripeStandIn, receiver: Receiver
) -> None:
    receiver.answers = [500, 302, 404]
    stand_in.add_webhook(receiver.url, SECRET)

    client.v1.customers.create({"name": "Mia"})

    assert stand_in.wait()
    assert len({body for body, _ in receiver.received}) == 1
    assert [try_["status"] for try_ in stand_in.deliveries()] == [500, 302, 404, 204]


def test_a_listener_that_is_away_hears_everything_later(
    client: StripeClient, stand_in: StripeStandIn, receiver: Receiver
) -> None:
    receiver.stop()
    endpoint = stand_in.add_webhook(receiver.url, SECRET)
    client.v1.customers.create({"name": "Mia"})
    assert not stand_in.wait(timeout=0.2)

    back = Receiver()
    client.v1.webhook_endpoints.update(endpoint, {"url": back.url})

    assert stand_in.wait()
    assert back.names == ["Mia"]
    back.stop()


@pytest.mark.parametrize(
    ("order", "copies", "names"),
    [("fifo", 1, ["a", "b"]), ("reverse", 1, ["b", "a"]), ("fifo", 2, ["a", "a", "b", "b"])],
)
def test_held_events_go_in_the_order_asked_for(
    stand_in: StripeStandIn, receiver: Receiver, order: Any, copies: int, names: list[str]
) -> None:
    client = goods.client_of(stand_in)
    stand_in.add_webhook(receiver.url, SECRET)
    stand_in.hold()
    for name in "ab":
        client.v1.customers.create({"name": name})
    assert stand_in.undelivered() == ["customer.created"] * 2

    stand_in.flush(order=order, copies=copies)

    assert stand_in.wait()
    assert receiver.names == names


def test_taken_events_verify_and_are_not_delivered(
    client: StripeClient, stand_in: StripeStandIn, receiver: Receiver
) -> None:
    stand_in.add_webhook(receiver.url, SECRET)
    stand_in.hold()
    client.v1.customers.create({"name": "Mia"})

    [(body, signature, kind)] = stand_in.take_events()
    stand_in.flush()

    assert stripe.Webhook.construct_event(body, signature, SECRET).type == kind
    assert stand_in.take_events() == []
    assert stand_in.wait()
    assert receiver.received == []


def test_a_restart_remembers_everything(tmp_path: Path, receiver: Receiver) -> None:
    first = StripeStandIn(tmp_path / "stripe.json")
    first.start()
    client = goods.client_of(first)
    first.add_webhook(receiver.url, SECRET)
    first.hold()
    created = client.v1.customers.create({"name": "Mia"}, {"idempotency_key": "once"})
    first.advance(3600)
    moment = first.now()
    first.stop()

    second = StripeStandIn(tmp_path / "stripe.json")
    second.start()
    again = goods.client_of(second)

    assert second.wait()
    assert receiver.names == ["Mia"]
    assert again.v1.customers.create({"name": "Mia"}, {"idempotency_key": "once"}).id == created.id
    assert 0 <= second.now() - moment < 60
    second.stop()


def test_a_reset_forgets_all_but_configured_webhooks(
    client: StripeClient, stand_in: StripeStandIn, receiver: Receiver
) -> None:
    stand_in.add_webhook(receiver.url, SECRET)
    client.v1.webhook_endpoints.create({"url": "https://x.example", "enabled_events": ["*"]})
    stand_in.advance(goods.DAY)

    stand_in.reset()

    assert [one.url for one in client.v1.webhook_endpoints.list().data] == [receiver.url]
    assert client.v1.customers.list().data == []
