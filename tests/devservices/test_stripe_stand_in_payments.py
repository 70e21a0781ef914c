"""Cards that pay, cards that do not, and money that goes back."""

from typing import Any

import pytest
import stripe
from stripe import PaymentIntent, StripeClient

from config.devservices.stripe import StripeStandIn
from tests.devservices import goods


def test_a_payment_makes_a_charge_and_moves_the_balance(client: StripeClient) -> None:
    intent = _pay(client, "pm_card_visa", expand=["latest_charge.balance_transaction"])

    charge: Any = intent.latest_charge
    assert (intent.status, intent.amount_received) == ("succeeded", 1000)
    assert (charge.paid, charge.balance_transaction.amount) == (True, 1000)


@pytest.mark.parametrize(
    ("card", "code", "reason"),
    [
        ("pm_card_chargeDeclined", "card_declined", "generic_decline"),
        ("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"),
        ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc"),
    ],
)
def test_a_declined_card_says_why(client: StripeClient, card: str, code: str, reason: str) -> None:
    with pytest.raises(stripe.CardError) as refused:
        _pay(client, card)

    error: Any = refused.value
    assert (error.http_status, error.code, error.error.decline_code) == (402, code, reason)
    intent = client.v1.payment_intents.retrieve(error.error.payment_intent.id)
    assert intent.status == "requires_payment_method"
    assert client.v1.charges.list().data[0].status == "failed"


def test_a_declined_payment_can_be_paid_with_another_card(
    client: StripeClient, stand_in: StripeStandIn
) -> None:
    with pytest.raises(stripe.CardError):
        _pay(client, "pm_card_chargeDeclined")
    intent = client.v1.payment_intents.list().data[0]

    paid = client.v1.payment_intents.confirm(intent.id, {"payment_method": "pm_card_visa"})

    assert (paid.status, paid.last_payment_error) == ("succeeded", None)
    with pytest.raises(stripe.InvalidRequestError, match="status of succeeded"):
        client.v1.payment_intents.confirm(intent.id)
    kinds = goods.told(stand_in)
    assert kinds.index("payment_intent.payment_failed") < kinds.index("payment_intent.succeeded")


def test_a_card_that_must_be_confirmed_waits_for_its_owner(client: StripeClient) -> None:
    intent = _pay(client, "pm_card_authenticationRequired")

    assert intent.status == "requires_action"
    assert client.v1.charges.list().data == []


def test_nobody_there_to_confirm_is_a_refusal(client: StripeClient) -> None:
    with pytest.raises(stripe.CardError) as refused:
        _pay(client, "pm_card_authenticationRequired", off_session=True)

    assert refused.value.code == "authentication_required"


def test_some_cards_are_refused_when_kept_and_some_when_charged(client: StripeClient) -> None:
    customer = client.v1.customers.create({})

    with pytest.raises(stripe.CardError):
        client.v1.payment_methods.attach("pm_card_chargeDeclined", {"customer": customer.id})
    kept = client.v1.payment_methods.attach("pm_card_chargeCustomerFail", {"customer": customer.id})

    assert [one.id for one in client.v1.customers.payment_methods.list(customer.id).data] == [
        kept.id
    ]
    with pytest.raises(stripe.CardError):
        _pay(client, kept.id, customer=customer.id)


@pytest.mark.parametrize(
    ("card", "code"),
    [
        ({"number": "4242424242424242", "exp_month": 1, "exp_year": 2020}, "invalid_expiry_year"),
        ({"number": "4242424242424242", "exp_month": 13, "exp_year": 2034}, "invalid_expiry_month"),
        ({"number": "4242424242424241", "exp_month": 1, "exp_year": 2034}, "incorrect_number"),
        ({"number": "4929420573595709", "exp_month": 1, "exp_year": 2034}, "card_declined"),
    ],
)
def test_a_card_that_is_no_test_card_is_refused(client: StripeClient, card: Any, code: str) -> None:
    with pytest.raises(stripe.CardError) as refused:
        client.v1.payment_methods.create({"type": "card", "card": card})

    assert refused.value.code == code


def test_refunds_add_up_to_the_charge_and_no_further(
    client: StripeClient, stand_in: StripeStandIn
) -> None:
    intent = _pay(client, "pm_card_visa")
    charge: Any = intent.latest_charge
    goods.told(stand_in)

    client.v1.refunds.create({"payment_intent": intent.id, "amount": 400})
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded amount"):
        client.v1.refunds.create({"charge": charge, "amount": 601})
    partial = client.v1.charges.retrieve(charge)
    client.v1.refunds.create({"charge": charge})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create({"charge": charge})

    assert (partial.amount_refunded, partial.refunded) == (400, False)
    assert client.v1.charges.retrieve(charge, {"expand": ["refunds"]}).refunded
    assert refused.value.code == "charge_already_refunded"
    assert goods.told(stand_in).count("charge.refunded") == 2


def test_a_dispute_takes_the_charge_back_until_it_is_won(
    client: StripeClient, stand_in: StripeStandIn
) -> None:
    charge: Any = _pay(client, "pm_card_createDispute").latest_charge
    dispute = client.v1.disputes.list().data[0]

    stand_in.close_dispute(dispute.id, is_won=True)

    assert client.v1.charges.retrieve(charge).disputed
    assert client.v1.disputes.retrieve(dispute.id).status == "won"
    kinds = [kind for kind in goods.told(stand_in) if "dispute" in kind]
    assert kinds == [
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.funds_reinstated",
        "charge.dispute.closed",
    ]


def test_a_card_is_kept_without_a_charge(client: StripeClient) -> None:
    customer = client.v1.customers.create({})

    kept = client.v1.setup_intents.create(
        {"customer": customer.id, "payment_method": "pm_card_visa", "confirm": True}
    )
    method: Any = kept.payment_method
    client.v1.payment_methods.detach(method)

    assert kept.status == "succeeded"
    assert client.v1.charges.list().data == []
    assert client.v1.customers.payment_methods.list(customer.id).data == []


def _pay(client: StripeClient, card: str, **more: Any) -> PaymentIntent:
    wish: Any = {"amount": 1000, "currency": "usd", "payment_method": card, "confirm": True}
    return client.v1.payment_intents.create(wish | more)
