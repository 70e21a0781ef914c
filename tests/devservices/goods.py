"""What the tests of the Stripe stand-in sell, and to whom."""

from typing import Any

from stripe import Customer, Price, StripeClient, Subscription
from stripe.checkout import Session

from config.devservices.stripe import StripeStandIn

KEY = "sk_test_" + "a" * 32
DAY = 86_400


def client_of(stand_in: StripeStandIn, key: str = KEY) -> StripeClient:
    address = f"http://{stand_in.host}"
    return StripeClient(key, base_addresses={"api": address}, max_network_retries=0)


def price(client: StripeClient, *, amount: int = 1200, interval: str = "month") -> Price:
    """A price of a product of its own; without an interval it is paid once."""
    wish: Any = {"currency": "usd", "unit_amount": amount, "product_data": {"name": "Premium"}}
    if interval:
        wish["recurring"] = {"interval": interval}
    return client.v1.prices.create(wish)


def customer(client: StripeClient, card: str = "pm_card_visa") -> Customer:
    """A customer who pays with ``card``."""
    made = client.v1.customers.create({"email": "mia@example.com"})
    method = client.v1.payment_methods.attach(card, {"customer": made.id})
    settings: Any = {"default_payment_method": method.id}
    return client.v1.customers.update(made.id, {"invoice_settings": settings})


def subscription(client: StripeClient, card: str = "pm_card_visa", **more: Any) -> Subscription:
    lines = [{"price": price(client).id}]
    wish: Any = {"customer": customer(client, card).id, "items": lines, **more}
    return client.v1.subscriptions.create(wish)


def checkout(
    client: StripeClient, mode: str = "subscription", *, amount: int = 1200, **more: Any
) -> Session:
    wish: Any = {
        "mode": mode,
        "success_url": "https://shop.example/done?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "https://shop.example/plans",
    }
    if mode != "setup":
        interval = "month" if mode == "subscription" else ""
        sold = price(client, amount=amount, interval=interval)
        wish["line_items"] = [{"price": sold.id, "quantity": 1}]
    return client.v1.checkout.sessions.create(wish | more)


def items(subscription: Subscription) -> list[Any]:
    """Its items; the attribute of that name is a dict's method."""
    return list(subscription["items"].data)


def told(stand_in: StripeStandIn) -> list[str]:
    """The types of the events since last asked."""
    return [kind for _, _, kind in stand_in.take_events()]
