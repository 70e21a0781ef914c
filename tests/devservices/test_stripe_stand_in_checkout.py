"""Checkout: sessions by the SDK, the page by plain HTTP forms, as a browser without scripts."""

import http.client
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import stripe
from stripe import StripeClient
from stripe.checkout import Session

from config.devservices.stripe import ApiError, StripeStandIn
from tests.devservices import goods

CARD = {"number": "4242 4242 4242 4242", "expiry": "12 / 34", "cvc": "123", "email": "a@b.example"}


class Form(HTMLParser):
    """What a browser would send when the first button is pressed, and what the page says."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.action = ""
        self.values: dict[str, str] = {}
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.action = given["action"] or ""
        if tag == "input":
            self.values[given["name"] or ""] = given.get("value") or ""

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_person_pays_with_what_is_filled_in(
    client: StripeClient, stand_in: StripeStandIn
) -> None:
    session = goods.checkout(
        client,
        customer=goods.customer(client).id,
        client_reference_id="member-1",
        metadata={"offer": "monthly"},
        subscription_data={"metadata": {"member": "1"}},
    )

    status, page, _ = _visit(stand_in, session)
    paid, _, target = _send(stand_in, page.action, page.values)

    assert (status, page.values["email"]) == (200, "mia@example.com")
    assert "no money moves" in page.text
    assert "$12.00 per month" in page.text
    assert (paid, target) == (303, f"https://shop.example/done?session={session.id}")
    done = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["subscription"]})
    subscription: Any = done.subscription
    assert (done.status, done.payment_status, done.url) == ("complete", "paid", None)
    assert (subscription.status, subscription.metadata["member"]) == ("active", "1")
    assert subscription.default_payment_method is not None
    assert goods.told(stand_in)[-1] == "checkout.session.completed"


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"number": "4000 0000 0000 0002"}, "Your card was declined."),
        ({"number": "4000 0000 0000 9995"}, "insufficient funds"),
        ({"number": "1234"}, "card number is incorrect"),
        ({"number": ""}, "card number is incomplete"),
        ({"expiry": "01/20"}, "expiration year is invalid"),
        ({"expiry": "soon"}, "expiry is incomplete"),
        ({"cvc": "1"}, "security code is invalid"),
        ({"email": "nobody"}, "e-mail address is incomplete"),
    ],
)
def test_a_refused_card_is_explained_and_another_may_be_tried(
    client: StripeClient, stand_in: StripeStandIn, typed: dict[str, str], complaint: str
) -> None:
    session = goods.checkout(client)
    action = f"/c/pay/{session.id}"

    refused, page, _ = _send(stand_in, action, CARD | typed)
    paid, _, _ = _send(stand_in, action, CARD)

    assert refused == 402
    assert complaint in page.text
    assert page.values == CARD | typed
    assert paid == 303
    assert len(client.v1.subscriptions.list().data) == 1


@pytest.mark.parametrize("mode", ["subscription", "payment", "setup"])
def test_a_card_can_ask_its_owner_to_confirm(
    client: StripeClient, stand_in: StripeStandIn, mode: str
) -> None:
    more: Any = {"currency": "usd"} if mode == "setup" else {}
    session = goods.checkout(client, mode, **more)
    action = f"/c/pay/{session.id}"
    asking = CARD | {"number": "4000002500003155"}

    _send(stand_in, action, asking)
    _, question, _ = _visit(stand_in, session)
    refused, page, _ = _send(stand_in, action, {"confirm": "no"})
    _send(stand_in, action, asking)
    paid, _, target = _send(stand_in, action, {"confirm": "yes"} | {"email": "a@b.example"})

    assert "Confirm it is you" in question.text
    assert (refused, "unable to authenticate" in page.text) == (402, True)
    assert paid == 303
    assert target.startswith("https://shop.example/done")
    assert client.v1.checkout.sessions.retrieve(session.id).status == "complete"


def test_a_finished_or_expired_checkout_says_so(
    client: StripeClient, stand_in: StripeStandIn
) -> None:
    paid, expired, old = (goods.checkout(client) for _ in range(3))
    stand_in.pay(paid.id)
    client.v1.checkout.sessions.expire(expired.id)
    stand_in.advance(2 * goods.DAY)

    texts = [_send(stand_in, f"/c/pay/{one.id}", CARD)[1].text for one in (paid, expired, old)]

    assert "Already paid" in texts[0]
    assert all("has expired" in text for text in texts[1:])
    assert _send(stand_in, "/c/pay/cs_none", CARD)[0] == 404
    assert [one.status for one in client.v1.subscriptions.list().data] == ["active"]
    with pytest.raises(stripe.InvalidRequestError, match="can be expired"):
        client.v1.checkout.sessions.expire(paid.id)


def test_names_are_shown_as_text(client: StripeClient, stand_in: StripeStandIn) -> None:
    data: Any = {"currency": "jpy", "unit_amount": 1200}
    data["product_data"] = {"name": "<script>alert(1)</script> & more"}
    session = goods.checkout(client, "payment", line_items=[{"price_data": data, "quantity": 2}])

    html = _request(stand_in, "GET", f"/c/pay/{session.id}")[1]

    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in html
    assert "¥2,400" in html


def test_a_trial_starts_without_a_charge(client: StripeClient, stand_in: StripeStandIn) -> None:
    session = goods.checkout(client, subscription_data={"trial_period_days": 7})

    _, page, _ = _visit(stand_in, session)
    stand_in.pay(session.id)
    stand_in.advance(8 * goods.DAY)

    assert "7 days free" in page.text
    done = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["subscription"]})
    subscription: Any = done.subscription
    assert (done.payment_status, subscription.status) == ("no_payment_required", "active")
    assert [charge.amount for charge in client.v1.charges.list().data] == [1200]


def test_a_guest_pays_once_without_becoming_a_customer(
    client: StripeClient, stand_in: StripeStandIn
) -> None:
    session = goods.checkout(
        client, "payment", payment_intent_data={"metadata": {"offer": "workout"}}
    )

    with pytest.raises(ApiError) as refused:
        stand_in.pay(session.id, card="4000000000000002")
    stand_in.pay(session.id, email="guest@example.com")

    done = client.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent"]})
    intent: Any = done.payment_intent
    assert refused.value.decline_code == "generic_decline"
    assert (done.customer, done.customer_details.email) == (None, "guest@example.com")  # type: ignore[union-attr]
    assert intent.metadata["offer"] == "workout"
    assert client.v1.checkout.sessions.line_items.list(session.id).data[0].quantity == 1


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"line_items": []}, "must provide line items"),
        ({"success_url": "javascript:alert(1)"}, "Not a valid URL"),
        ({"success_url": ""}, "Missing required param: success_url"),
        ({"line_items": [{"price": "price_none", "quantity": 1}]}, "No such price"),
        ({"customer": "cus_none"}, "No such customer"),
    ],
)
def test_a_checkout_that_cannot_work_is_refused(
    client: StripeClient, change: Any, complaint: str
) -> None:
    with pytest.raises(stripe.InvalidRequestError, match=complaint):
        goods.checkout(client, **change)


def test_a_single_payment_takes_no_recurring_price(client: StripeClient) -> None:
    lines: Any = [{"price": goods.price(client).id, "quantity": 1}]

    with pytest.raises(stripe.InvalidRequestError, match="passed a recurring price"):
        goods.checkout(client, "payment", line_items=lines)


def test_the_portal_cancels_and_takes_it_back(
    client: StripeClient, stand_in: StripeStandIn
) -> None:
    subscription = goods.subscription(client)
    portal = client.v1.billing_portal.sessions.create(
        {"customer": str(subscription.customer), "return_url": "https://shop.example/"}
    )
    path = urlsplit(portal.url).path
    chosen = {"subscription": subscription.id}

    states = []
    for wish in ("cancel", "resume"):
        _send(stand_in, path, chosen | {"do": wish})
        states.append(client.v1.subscriptions.retrieve(subscription.id).cancel_at_period_end)

    assert states == [True, False]


def _visit(stand_in: StripeStandIn, session: Session) -> tuple[int, Form, str]:
    status, html, target = _request(stand_in, "GET", urlsplit(session.url or "").path)
    return status, Form(html), target


def _send(stand_in: StripeStandIn, path: str, values: dict[str, str]) -> tuple[int, Form, str]:
    status, html, target = _request(stand_in, "POST", path, urlencode(values))
    return status, Form(html), target


def _request(
    stand_in: StripeStandIn, method: str, path: str, body: str = ""
) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection(stand_in.host)
    connection.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    return answer.status, answer.read().decode(), answer.headers.get("Location", "")
