"""Objects, lists, keys and complaints, through the real SDK."""

import http.client
import threading
import time
from typing import Any

import pytest
import stripe
from stripe import StripeClient

from config.devservices.stripe import StripeStandIn
from tests.devservices import goods


def test_a_deleted_customer_is_gone(client: StripeClient) -> None:
    customer = client.v1.customers.create({"email": "mia@example.com"})

    client.v1.customers.delete(customer.id)

    assert client.v1.customers.retrieve(customer.id).deleted
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.customers.delete(customer.id)
    assert (refused.value.http_status, refused.value.code) == (404, "resource_missing")


def test_metadata_merges_and_an_empty_value_removes_its_key(client: StripeClient) -> None:
    customer = client.v1.customers.create({"metadata": {"a": "1", "b": "2", "7": "seven"}})

    changed = client.v1.customers.update(customer.id, {"metadata": {"a": "", "c": "3"}})

    assert changed.metadata.to_dict() == {"b": "2", "7": "seven", "c": "3"}  # type: ignore[union-attr]


def test_prices_are_found_by_their_lookup_keys(client: StripeClient) -> None:
    wanted = goods.price(client)
    client.v1.prices.update(wanted.id, {"lookup_key": "monthly"})
    goods.price(client)

    found = client.v1.prices.list(
        {"lookup_keys": ["monthly", "yearly"], "expand": ["data.product"]}
    )

    assert [price.id for price in found.data] == [wanted.id]
    assert found.data[0].product.name == "Premium"  # type: ignore[union-attr]


def test_a_lookup_key_belongs_to_one_price(client: StripeClient) -> None:
    holder, other = goods.price(client), goods.price(client)
    client.v1.prices.update(holder.id, {"lookup_key": "monthly"})

    with pytest.raises(stripe.InvalidRequestError, match="already uses that lookup key"):
        client.v1.prices.update(other.id, {"lookup_key": "monthly"})

    client.v1.prices.update(other.id, {"lookup_key": "monthly", "transfer_lookup_key": True})
    assert client.v1.prices.retrieve(holder.id).lookup_key is None


def test_lists_are_paged_newest_first(client: StripeClient) -> None:
    made = [client.v1.customers.create({"name": str(n)}).id for n in range(5)]

    first = client.v1.customers.list({"limit": 2})
    every = [customer.id for customer in first.auto_paging_iter()]

    assert ([c.id for c in first.data], first.has_more) == ([made[4], made[3]], True)
    assert every == made[::-1]


def test_the_same_key_makes_one_customer(client: StripeClient, stand_in: StripeStandIn) -> None:
    options: Any = {"idempotency_key": "once"}
    body: Any = {"email": "mia@example.com"}

    first = client.v1.customers.create(body, options)
    again = client.v1.customers.create(body, options)

    assert first.id == again.id
    assert len(client.v1.customers.list().data) == 1
    answer: Any = again.last_response
    assert answer.headers["Idempotent-Replayed"] == "true"
    with pytest.raises(stripe.IdempotencyError) as refused:
        client.v1.customers.create({"email": "eve@example.com"}, options)
    assert refused.value.http_status == 400


def test_simultaneous_repeats_make_one_customer(stand_in: StripeStandIn) -> None:
    made = []

    def create() -> None:
        client = goods.client_of(stand_in)
        made.append(client.v1.customers.create({"name": "Mia"}, {"idempotency_key": "once"}).id)

    threads = [threading.Thread(target=create) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 8
    assert len(set(made)) == 1


def test_a_lost_answer_is_given_again(client: StripeClient, stand_in: StripeStandIn) -> None:
    stand_in.fail_next("POST", "/v1/customers", status=500, after=True)
    options: Any = {"idempotency_key": "once"}

    with pytest.raises(stripe.APIError):
        client.v1.customers.create({"name": "Mia"}, options)
    again = client.v1.customers.create({"name": "Mia"}, options)

    assert [customer.id for customer in client.v1.customers.list().data] == [again.id]


@pytest.mark.parametrize(
    ("status", "error"),
    [(500, stripe.APIError), (503, stripe.APIError), (429, stripe.RateLimitError)],
)
def test_a_fault_hits_the_next_matching_call_only(
    client: StripeClient, stand_in: StripeStandIn, status: int, error: type[Exception]
) -> None:
    customer = client.v1.customers.create({})
    stand_in.fail_next("GET", "/v1/customers/*", status=status)

    with pytest.raises(error):
        client.v1.customers.retrieve(customer.id)

    assert client.v1.customers.retrieve(customer.id).id == customer.id
    assert [call.status for call in stand_in.calls()] == [200, status, 200]


def test_a_slow_answer_tells_how_things_stood_when_asked(
    client: StripeClient, stand_in: StripeStandIn
) -> None:
    customer = client.v1.customers.create({"name": "before"})
    stand_in.fail_next("GET", "/v1/customers/*", sleep=0.3)
    seen = []
    slow = threading.Thread(
        target=lambda: seen.append(goods.client_of(stand_in).v1.customers.retrieve(customer.id))
    )
    slow.start()
    while len(stand_in.calls()) < 2:
        time.sleep(0.01)

    client.v1.customers.update(customer.id, {"name": "after"})
    slow.join()

    assert [one.name for one in seen] == ["before"]


@pytest.mark.parametrize("key", ["", "sk_live_" + "a" * 32, "pk_test_" + "a" * 32, "sk_test_short"])
def test_a_wrong_key_is_refused(stand_in: StripeStandIn, key: str) -> None:
    connection = http.client.HTTPConnection(stand_in.host)

    connection.request("GET", "/v1/customers", headers={"Authorization": f"Bearer {key}"})
    answer = connection.getresponse()

    assert answer.status == 401
    assert answer.headers["Request-Id"].startswith("req_")


@pytest.mark.parametrize(
    ("request_", "status", "complaint"),
    [
        ("GET /v1/unicorns", 404, "Unrecognized request URL"),
        ("PATCH /v1/customers", 404, "Unrecognized request URL"),
        ("GET /v1/customers/cus_none", 404, "No such customer"),
        ("GET /v1/customers/price_of_no_customer", 404, "No such customer"),
        ("GET /v1/customers?limit=101", 400, "at most 100"),
        ("GET /v1/customers?limit=many", 400, "Invalid integer"),
        ("GET /v1/customers?starting_after=cus_none", 400, "No such object"),
        ("POST /v1/subscriptions items[0][price]=p", 400, "Missing required param: customer"),
        ("POST /v1/subscriptions customer=cus_none", 400, "No such customer"),
        ("POST /v1/customers metadata=text", 400, "Invalid object: metadata"),
        ("POST /v1/customers email[a]=b", 400, "Invalid string: email"),
        ("POST /v1/customers email=a&email[b]=c", 400, "Invalid parameter"),
        ("POST /v1/payment_intents amount=1.5&currency=usd", 400, "Invalid integer"),
        ("POST /v1/checkout/sessions mode=gift", 400, "Invalid mode"),
        ("POST /v1/webhook_endpoints url=ftp://x&enabled_events[]=*", 400, "valid URL"),
    ],
)
def test_bad_input_is_explained(
    stand_in: StripeStandIn, request_: str, status: int, complaint: str
) -> None:
    method, path, *body = request_.split(" ")

    answer = _send(stand_in, method, path, "".join(body).encode())

    assert answer[0] == status
    assert complaint in answer[1]


def test_a_body_that_is_no_form_is_refused(stand_in: StripeStandIn) -> None:
    json_status, _ = _send(stand_in, "POST", "/v1/customers", b"{}", "application/json")
    bytes_status, _ = _send(stand_in, "POST", "/v1/customers", b"\xff\xfe")
    huge_status, _ = _send(stand_in, "POST", "/v1/customers", b"a" * (1 << 20) + b"a")

    assert (json_status, bytes_status, huge_status) == (400, 400, 413)


def _send(
    stand_in: StripeStandIn,
    method: str,
    path: str,
    body: bytes,
    kind: str = "application/x-www-form-urlencoded",
) -> tuple[int, str]:
    connection = http.client.HTTPConnection(stand_in.host)
    headers = {"Authorization": f"Bearer {goods.KEY}", "Content-Type": kind}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()
