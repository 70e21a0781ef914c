"""What changing a running subscription costs, and making the change."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from config.devservices.stripe import periods, subscriptions
from config.devservices.stripe.errors import invalid
from config.devservices.stripe.events import changing, emit
from config.devservices.stripe.invoice_lines import Line, pricing
from config.devservices.stripe.params import Params
from config.devservices.stripe.prices import plan
from config.devservices.stripe.shapes import Obj, public
from config.devservices.stripe.store import Store

PRORATIONS = ("create_prorations", "always_invoice", "none")


@dataclass(frozen=True, slots=True)
class Change:
    """Items as they will be, and the lines that settle the difference."""

    items: list[Obj]
    lines: list[Line]
    is_new_cycle: bool
    is_invoiced_now: bool


def plan_change(store: Store, subscription: Obj, wishes: Sequence[Params], how: Params) -> Change:
    """Work out a change of items without making it."""
    behaviour = how.choice("proration_behavior", PRORATIONS, default="create_prorations")
    at = how.moment("proration_date", now=store.now()) or store.now()
    before = {item["id"]: item for item in subscription["items"]["data"]}
    after = _items_after(store, subscription, wishes)
    if not after:
        raise invalid("A subscription must have at least one active plan.", param="items")
    is_new_cycle = _cycle(list(before.values())) != _cycle(after)
    changed = [item for item in after if before.get(item["id"]) != item]
    dropped = [item for key, item in before.items() if key not in {kept["id"] for kept in after}]
    lines: list[Line] = []
    if behaviour != "none" and subscription["status"] != "trialing":
        unused = [before[item["id"]] for item in changed if item["id"] in before] + dropped
        lines += [_share(item, at, sign=-1) for item in unused]
        if not is_new_cycle:
            lines += [_share(item, at, sign=1) for item in changed]
    if is_new_cycle and subscription["status"] != "trialing":
        _begin_cycle(after, store.now())
        lines += [subscriptions.cycle_line(item) for item in after]
    return Change(
        items=after,
        lines=lines,
        is_new_cycle=is_new_cycle,
        is_invoiced_now=is_new_cycle or behaviour == "always_invoice",
    )


def apply_change(store: Store, subscription: Obj, change: Change) -> None:
    """Make the change; its lines are billed at once or wait for the next invoice."""
    with changing(store, subscription, subscriptions.UPDATED):
        subscription["items"]["data"] = change.items
        if change.is_new_cycle and subscription["status"] != "trialing":
            subscription["billing_cycle_anchor"] = store.now()
    if subscription["status"] == "trialing" or not change.lines:
        return
    if change.is_invoiced_now:
        subscriptions.bill(store, subscription, reason="subscription_update", lines=change.lines)
    else:
        for line in change.lines:
            _keep_for_later(store, subscription, line)


def preview_lines(store: Store, subscription: Obj, change: Change | None) -> list[Line]:
    """The lines of the next invoice, with or without a change."""
    if change and change.is_invoiced_now:
        return change.lines
    waiting = store.find("invoiceitem", invoice=None, _subscription=subscription["id"])
    items = public(change.items if change else subscription["items"]["data"])
    for item in items:
        item["current_period_start"] = item["current_period_end"]
        item["current_period_end"] = periods.next_boundary(
            anchor=subscription["billing_cycle_anchor"],
            recurring=item["price"]["recurring"],
            after=item["current_period_start"],
        )
    return [
        *(Line(**pending["_line"]) for pending in reversed(waiting)),
        *(change.lines if change else []),
        *(subscriptions.cycle_line(item) for item in items),
    ]


def _items_after(store: Store, subscription: Obj, wishes: Sequence[Params]) -> list[Obj]:
    items: dict[str, Obj] = {item["id"]: public(item) for item in subscription["items"]["data"]}
    for wish in wishes:
        item_id = wish.text("id")
        if item_id is None:
            price = recurring_price(store, wish)
            item = subscriptions.make_item(
                store, subscription, price, wish.integer("quantity", least=1) or 1
            )
            item["current_period_end"] = subscriptions.period_end(subscription)
            items[item["id"]] = item
        elif item_id not in items:
            raise invalid(
                f"No such subscription item: '{item_id}'",
                param=wish.path("id"),
                code="resource_missing",
            )
        elif wish.flag("deleted"):
            del items[item_id]
        else:
            _change_item(store, items[item_id], wish)
    return list(items.values())


def _change_item(store: Store, item: Obj, wish: Params) -> None:
    if "price" in wish:
        price = recurring_price(store, wish)
        item.update(price=dict(price), plan=plan(price))
    if "quantity" in wish:
        item["quantity"] = wish.integer("quantity", least=1)
    item["metadata"] = wish.metadata(item["metadata"])


def recurring_price(store: Store, wish: Params) -> Obj:
    """The price that a subscription may be made of, else 400."""
    param = wish.path("price")
    price = store.get("price", wish.required("price"), param=param)
    if price["type"] != "recurring":
        raise invalid(
            f"The price specified is set to `type=one_time` but this field only accepts prices with"
            f" `type=recurring`: {price['id']}",
            param=param,
        )
    if not price["active"]:
        raise invalid(
            "The price specified is inactive. This field only accepts active prices.", param=param
        )
    return price


def _cycle(items: list[Obj]) -> tuple[str, int]:
    cycles = {
        (item["price"]["recurring"]["interval"], item["price"]["recurring"]["interval_count"])
        for item in items
    }
    if len(cycles) > 1:
        raise invalid(
            "Currently, all items of a subscription must have the same billing interval.",
            param="items",
        )
    return cycles.pop()


def _begin_cycle(items: list[Obj], now: int) -> None:
    for item in items:
        item["current_period_start"] = now
        item["current_period_end"] = periods.first_end(
            start=now, recurring=item["price"]["recurring"]
        )


def _share(item: Obj, at: int, *, sign: int) -> Line:
    """The part of an item's period that lies after ``at``: given back or asked for."""
    began, ends = item["current_period_start"], item["current_period_end"]
    left = max(0, ends - max(at, began)) / max(1, ends - began)
    line = subscriptions.cycle_line(item)
    words = "Unused time on" if sign < 0 else "Remaining time on"
    return dataclasses.replace(
        line,
        amount=sign * round(line.amount * left),
        description=f"{words} {line.description}",
        start=at,
        is_proration=True,
    )


def _keep_for_later(store: Store, subscription: Obj, line: Line) -> None:
    pending = store.add(
        "invoiceitem",
        amount=line.amount,
        currency=subscription["currency"],
        customer=subscription["customer"],
        date=store.now(),
        description=line.description,
        net_amount=line.amount,
        parent={
            "type": "subscription_details",
            "subscription_details": {
                "subscription": line.subscription, "subscription_item": line.item
            },
        },
        period={"start": line.start, "end": line.end},
        pricing=pricing(line.price),
        quantity=line.quantity,
        quantity_decimal=str(line.quantity),
        _line=dataclasses.asdict(line),
        _subscription=subscription["id"],
    )  # fmt: skip
    emit(store, "invoiceitem.created", pending)
