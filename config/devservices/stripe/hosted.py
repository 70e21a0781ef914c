"""The pages a person sees: checkout, the bank's question, and the billing portal."""

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from config.devservices.stripe import buying, money
from config.devservices.stripe.cards import card_error, read_card
from config.devservices.stripe.checkout import return_address, wishes
from config.devservices.stripe.errors import ApiError
from config.devservices.stripe.params import Params
from config.devservices.stripe.shapes import Obj
from config.devservices.stripe.store import Store
from config.devservices.stripe.subscription_calls import trial_end_of

_PAGES = Path(__file__).with_name("pages")
_PREFILLED = {"number": "4242 4242 4242 4242", "expiry": "12 / 34", "cvc": "123"}
_FIELDS = {"exp_month": "expiry", "exp_year": "expiry"}
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Page:
    """An answer for a browser: HTML, or somewhere else to go."""

    html: str = ""
    status: int = 200
    location: str = ""


def show(store: Store, session_id: str) -> Page:
    try:
        session = store.get("checkout.session", session_id)
    except ApiError:
        return message("No such checkout", "The address is wrong or very old.", status=404)
    if session["status"] == "complete":
        link = _link(return_address(session), "Continue")
        return message("Already paid", "This checkout is complete.", link)
    if session["status"] == "expired":
        link = _link(session["cancel_url"], "Back") if session["cancel_url"] else ""
        return message("This checkout has expired", "Start again from the shop.", link)
    if buying.is_awaiting_confirmation(session):
        return _question(store, session)
    return _form(store, session, {}, None)


def submit(store: Store, session_id: str, form: dict[str, Any]) -> Page:
    """Take what the person sent; a refusal comes back as the form with the reason on it."""
    shown = show(store, session_id)
    session = store.objects.get(session_id)
    if session is None or session["status"] != "open":
        return shown
    values = Params({name: str(value).strip() for name, value in form.items()})
    email = known_email(store, session) or values.text("email") or ""
    try:
        if "confirm" in form:
            agreed = values.text("confirm") == "yes"
            target = buying.confirm(store, session, is_confirmed=agreed, email=email)
        else:
            target = _buy(store, session, values, email)
    except ApiError as error:
        return _form(store, session, values.values, error)
    return Page(status=303, location=target or f"/c/pay/{session_id}")


def _buy(store: Store, session: Obj, values: Params, email: str) -> str | None:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        raise card_error("Your e-mail address is incomplete.", code="email", param="email")
    expiry = re.fullmatch(r"(\d{1,2})\s*/?\s*(\d{2}|\d{4})", values.text("expiry") or "")
    if expiry is None:
        raise card_error("Your card's expiry is incomplete.", code="expiry", param="exp_month")
    for name, words in (("number", "card number"), ("cvc", "card's security code")):
        if values.text(name) is None:
            raise card_error(f"Your {words} is incomplete.", code=name, param=name)
    month, year = expiry.groups()
    card = Params({**values.values, "exp_month": month, "exp_year": year})
    return buying.submit(store, session, card=read_card(card, store), email=email)


def known_email(store: Store, session: Obj) -> str:
    customer = store.objects.get(session["customer"] or "", {})
    return str(customer.get("email") or session["customer_email"] or "")


def message(heading: str, text: str, link: str = "", *, status: int = 200) -> Page:
    body = fill("message", heading=escape(heading), text=escape(text), link=link)
    return Page(layout(heading, body), status)


def _form(store: Store, session: Obj, sent: dict[str, Any], error: ApiError | None) -> Page:
    known = known_email(store, session)
    shown = {**_PREFILLED, "email": known or "", **sent}
    complaint = (error.body["error"].get("param") or "number") if error else ""
    wrong = _FIELDS.get(complaint, complaint)
    states = {f"{name}_state": "" for name in ("email", "number", "expiry", "cvc")}
    states["email_state"] = "readonly" if known else ""
    if error:
        states[f"{wrong}_state"] = 'aria-invalid="true" aria-describedby="error" autofocus'
    words = _words(store, session)
    body = fill(
        "pay",
        action=f"/c/pay/{session['id']}",
        back=back(session["cancel_url"]),
        error=f'<p class="error" id="error" role="alert">{escape(error.message)}</p>'
        if error
        else "",
        lines="".join(_lines(session)),
        **{name: escape(str(shown.get(name, ""))) for name in ("email", "number", "expiry", "cvc")},
        **{name: escape(text) for name, text in words.items()},
        **states,
    )
    return Page(layout("Test checkout", body), error.status if error else 200)


def _words(store: Store, session: Obj) -> dict[str, str]:
    if session["mode"] == "setup":
        return {
            "heading": "Keep a card for later",
            "price": "Nothing due",
            "terms": "your card is approved and kept, not charged",
            "form_heading": "Your card",
            "button": "Save card",
            "promise": "No money moves today.",
        }
    lines, currency = session["_lines"], session["currency"]
    due = money.price(session["amount_total"], currency)
    full = money.price(sum(line["amount_subtotal"] for line in lines), currency)
    period = money.per_period(lines[0]["price"]["recurring"])
    name = lines[0]["description"]
    words = {
        "heading": name if len(lines) == 1 else f"{name} and {len(lines) - 1} more",
        "price": due,
        "terms": "one payment, no subscription",
        "form_heading": "Pay by card",
        "button": f"Pay {due}",
        "promise": "You are charged once.",
    }
    if session["mode"] == "subscription":
        words.update(
            heading=f"Subscribe to {words['heading']}",
            terms=f"{period}, until you cancel",
            promise=f"You are charged {full} {period} until you cancel.",
        )
    trial_end = trial_end_of(wishes(session, "subscription_data"), store)
    if trial_end:
        days = (trial_end - store.now()) // _DAY
        words.update(
            price=f"{days} days free",
            terms=f"then {full} {period}, until you cancel",
            button="Start the free trial",
        )
    return words


def _lines(session: Obj) -> list[str]:
    rows = []
    for line in session["_lines"]:
        times = f" x {line['quantity']}" if line["quantity"] > 1 else ""
        amount = money.price(line["amount_subtotal"], line["currency"])
        period = money.per_period(line["price"]["recurring"])
        words = f"<span>{escape(line['description'])}{times}</span>"
        rows.append(f"<li>{words}<span>{escape(f'{amount} {period}'.strip())}</span></li>")
    if session["mode"] != "setup":
        total = escape(money.price(session["amount_total"], session["currency"]))
        rows.append(f'<li class="total"><span>Due today</span><span>{total}</span></li>')
    return rows


def _question(store: Store, session: Obj) -> Page:
    card = store.get("payment_method", session["_method"])["card"]
    amount = session["amount_total"]
    purpose = f"pay {money.price(amount, session['currency'])}" if amount else "keep your details"
    body = fill(
        "confirm",
        action=f"/c/pay/{session['id']}",
        purpose=escape(purpose),
        last4=escape(card["last4"]),
    )
    return Page(layout("Confirm it is you", body))


def back(address: str | None) -> str:
    return f'<a class="back" href="{escape(address)}">← Back</a>' if address else ""


def _link(address: str, words: str) -> str:
    return f'<a class="button" href="{escape(address)}">{escape(words)}</a>'


def layout(title: str, body: str) -> str:
    return fill("layout", title=escape(title), body=body)


def fill(page: str, **values: str) -> str:
    text = (_PAGES / f"{page}.html").read_text(encoding="utf-8")
    return Template(text).substitute(values)
