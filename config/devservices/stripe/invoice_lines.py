"""The lines of an invoice and what they add up to."""

from dataclasses import dataclass

from config.devservices.stripe.shapes import Obj, listing
from config.devservices.stripe.store import Store


@dataclass(frozen=True, slots=True)
class Line:
    """What one line asks for; amounts below zero give back."""

    amount: int
    description: str
    subscription: str
    item: str
    price: Obj
    start: int
    end: int
    is_proration: bool = False
    quantity: int = 1


def add_up(invoice: Obj, lines: list[Obj]) -> None:
    total = sum(line["amount"] for line in lines)
    invoice.update(
        lines=listing(lines, f"/v1/invoices/{invoice['id']}/lines"),
        subtotal=total,
        subtotal_excluding_tax=total,
        total=total,
        total_excluding_tax=total,
        amount_due=max(total, 0),
        amount_remaining=max(total, 0),
    )


def make_line(store: Store, invoice: Obj, line: Line, *, invoice_item: str | None = None) -> Obj:
    return store.make(
        "line_item",
        amount=line.amount,
        currency=invoice["currency"],
        description=line.description,
        invoice=invoice["id"],
        parent={
            "type": "subscription_item_details",
            "invoice_item_details": None,
            "subscription_item_details": {
                "invoice_item": invoice_item,
                "proration": line.is_proration,
                "proration_details": {"credited_items": None},
                "subscription": line.subscription,
                "subscription_item": line.item,
            },
        },
        period={"start": line.start, "end": line.end},
        pricing=pricing(line.price),
        quantity=line.quantity,
        quantity_decimal=str(line.quantity),
        subscription=line.subscription,
        subtotal=line.amount,
    )


def pricing(price: Obj) -> Obj:
    return {
        "type": "price_details",
        "price_details": {"price": price["id"], "product": price["product"]},
        "unit_amount_decimal": price["unit_amount_decimal"],
    }
