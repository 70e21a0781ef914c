"""The calls that read, preview and pay invoices."""

from config.devservices.stripe import invoices
from config.devservices.stripe.customers import owned_method
from config.devservices.stripe.errors import invalid
from config.devservices.stripe.routes import Call, included, page, readable, route
from config.devservices.stripe.shapes import Obj, listing
from config.devservices.stripe.store import Store
from config.devservices.stripe.subscription_changes import plan_change, preview_lines
from config.devservices.stripe.subscriptions import method_of

readable("invoiceitem", "/v1/invoiceitems", filters=("customer", "invoice"))


@route("GET", "/v1/invoices")
def listed(call: Call) -> Obj:
    found, wanted = call.store.find("invoice"), call.params.text("subscription")
    if wanted:
        found = [one for one in found if invoices.subscription_of(one) == wanted]
    return page(call, found, filters=("customer", "status"))


@route("POST", "/v1/invoices/create_preview")
def create_preview(call: Call) -> Obj:
    store, params = call.store, call.params
    wanted = params.required("subscription")
    subscription = store.get("subscription", wanted, param="subscription")
    details = params.child("subscription_details")
    wishes = details.children("items")
    change = plan_change(store, subscription, wishes, details) if wishes else None
    return invoices.preview(store, subscription, preview_lines(store, subscription, change))


@route("GET", "/v1/invoices/{id}")
def retrieve(call: Call) -> Obj:
    return call.target("invoice")


@route("POST", "/v1/invoices/{id}")
def update(call: Call) -> Obj:
    invoice = call.target("invoice")
    invoice["metadata"] = call.params.metadata(invoice["metadata"])
    return invoice


@route("GET", "/v1/invoices/{id}/lines")
def lines(call: Call) -> Obj:
    return page(call, call.target("invoice")["lines"]["data"])


@route("POST", "/v1/invoices/{id}/finalize")
def finalize(call: Call) -> Obj:
    invoice = call.target("invoice")
    _expect(invoice, "draft", "This invoice is already finalized, you can't re-finalize it.")
    invoices.finalize(call.store, invoice)
    return invoice


@route("POST", "/v1/invoices/{id}/pay")
def pay(call: Call) -> Obj:
    store, invoice = call.store, call.target("invoice")
    if invoice["status"] == "draft":
        invoices.finalize(store, invoice)
    if invoice["status"] == "paid":
        raise invalid("Invoice is already paid", code="invoice_already_paid")
    _expect(invoice, "open", f"This invoice can't be paid: it is {invoice['status']}.")
    method = call.params.text("payment_method")
    if method:
        customer = store.get("customer", invoice["customer"])
        method = owned_method(store, method, customer, param="payment_method")["id"]
    else:
        subscription = store.get("subscription", invoices.subscription_of(invoice))
        method = method_of(store, subscription)
    is_attended = not call.params.flag("off_session", default=True)
    invoices.pay(store, invoice, method=method, is_attended=is_attended)
    return invoice


@route("POST", "/v1/invoices/{id}/void")
def void(call: Call) -> Obj:
    invoice = call.target("invoice")
    _expect(invoice, "open", "You can only void open invoices.")
    invoices.void(call.store, invoice)
    return invoice


@route("POST", "/v1/invoices/{id}/mark_uncollectible")
def mark_uncollectible(call: Call) -> Obj:
    invoice = call.target("invoice")
    _expect(invoice, "open", "You can only mark open invoices uncollectible.")
    invoices.mark_uncollectible(call.store, invoice)
    return invoice


@route("GET", "/v1/invoice_payments")
def payments(call: Call) -> Obj:
    found = call.store.find("invoice_payment")
    wanted = call.params.child("payment").text("payment_intent")
    if wanted:
        found = [one for one in found if one["payment"]["payment_intent"] == wanted]
    return page(call, found, filters=("invoice", "status"))


@route("GET", "/v1/invoice_payments/{id}")
def payment(call: Call) -> Obj:
    return call.target("invoice_payment")


@included("invoice", "payments")
def _payments(store: Store, invoice: Obj) -> Obj:
    found = store.find("invoice_payment", invoice=invoice["id"])
    return listing(found, f"/v1/invoice_payments?invoice={invoice['id']}")


@included("invoice", "confirmation_secret")
def _confirmation_secret(store: Store, invoice: Obj) -> Obj | None:
    secret: Obj | None = invoice.get("_confirmation_secret")
    return secret


def _expect(invoice: Obj, status: str, complaint: str) -> None:
    if invoice["status"] != status:
        raise invalid(complaint, code="invoice_not_editable")
