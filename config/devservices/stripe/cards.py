"""Stripe's test cards: which number or token does what."""

from dataclasses import dataclass
from typing import Any

from config.devservices.stripe.errors import ApiError, invalid
from config.devservices.stripe.params import Params, is_past
from config.devservices.stripe.store import Store

_SECURITY_CODE_LENGTHS = (3, 4)


@dataclass(frozen=True, slots=True)
class Card:
    """How one test card behaves.

    ``decline`` is the issuer's reason, "" when it pays. ``asks`` says when its owner must confirm:
    never, once (later charges go through unattended) or always.
    """

    number: str
    tokens: tuple[str, ...] = ()
    brand: str = "visa"
    decline: str = ""
    asks: str = "never"
    may_be_kept: bool = True
    is_disputed: bool = False


CARDS = (
    Card("4242424242424242", ("pm_card_visa", "tok_visa")),
    Card("4000056655665556", ("pm_card_visa_debit",)),
    Card("5555555555554444", ("pm_card_mastercard",), brand="mastercard"),
    Card("378282246310005", ("pm_card_amex",), brand="amex"),
    Card(
        "4000000000000002",
        ("pm_card_visa_chargeDeclined", "pm_card_chargeDeclined"),
        decline="generic_decline",
        may_be_kept=False,
    ),
    Card(
        "4000000000009995",
        ("pm_card_visa_chargeDeclinedInsufficientFunds", "pm_card_chargeDeclinedInsufficientFunds"),
        decline="insufficient_funds",
        may_be_kept=False,
    ),
    Card(
        "4000000000009987",
        ("pm_card_visa_chargeDeclinedLostCard",),
        decline="lost_card",
        may_be_kept=False,
    ),
    Card(
        "4000000000000069",
        ("pm_card_chargeDeclinedExpiredCard",),
        decline="expired_card",
        may_be_kept=False,
    ),
    Card(
        "4000000000000127",
        ("pm_card_chargeDeclinedIncorrectCvc",),
        decline="incorrect_cvc",
        may_be_kept=False,
    ),
    Card(
        "4000000000000119",
        ("pm_card_chargeDeclinedProcessingError",),
        decline="processing_error",
        may_be_kept=False,
    ),
    Card("4000000000000341", ("pm_card_chargeCustomerFail",), decline="generic_decline"),
    Card("4000002500003155", ("pm_card_authenticationRequired",), asks="once"),
    Card("4000002760003184", ("pm_card_authenticationRequiredOnSetup",), asks="always"),
    Card(
        "4000008400001629",
        ("pm_card_threeDSecureRequiredChargeDeclined",),
        asks="always",
        decline="generic_decline",
    ),
    Card("4000000000000259", ("pm_card_createDispute",), is_disputed=True),
)
_BY_NUMBER = {card.number: card for card in CARDS}
BY_TOKEN = {token: card for card in CARDS for token in card.tokens}

_REASONS = {
    "authentication_required": "Your card was declined. This transaction requires authentication.",
    "expired_card": "Your card has expired.",
    "incorrect_cvc": "Your card's security code is incorrect.",
    "insufficient_funds": "Your card has insufficient funds.",
    "processing_error": "An error occurred while processing your card. Try again in a little bit.",
    "test_mode_live_card": "Your card was declined. Your request was in test mode, but used a"
    " non test card.",
}
_OWN_CODES = ("authentication_required", "expired_card", "incorrect_cvc", "processing_error")


def card_of(number: str) -> Card:
    """The test card with this number; a wrong number or a real card is refused."""
    digits = number.replace(" ", "").replace("-", "")
    if digits in _BY_NUMBER:
        return _BY_NUMBER[digits]
    if digits.isascii() and digits.isdecimal() and _passes_checksum(digits):
        raise declined("test_mode_live_card")
    raise card_error("Your card number is incorrect.", code="incorrect_number", param="number")


def read_card(params: Params, store: Store) -> dict[str, Any]:
    """The card in a form or a call, as a payment method shows it; ``_number`` is its behaviour."""
    token = params.text("token")
    if token:
        if token not in BY_TOKEN:
            raise invalid(f"No such token: '{token}'", param="card[token]", code="resource_missing")
        return face(BY_TOKEN[token])
    card = card_of(params.required("number"))
    month = params.integer("exp_month", least=1)
    year = params.integer("exp_year", least=0)
    if month is None or month > 12:  # noqa: PLR2004
        raise card_error(
            "Your card's expiration month is invalid.",
            code="invalid_expiry_month",
            param="exp_month",
        )
    year = year + 2000 if year is not None and year < 100 else year  # noqa: PLR2004
    if year is None or is_past(month=month, year=year, now=store.now()):
        raise card_error(
            "Your card's expiration year is invalid.", code="invalid_expiry_year", param="exp_year"
        )
    code = params.text("cvc")
    if code is not None and (not code.isdecimal() or len(code) not in _SECURITY_CODE_LENGTHS):
        raise card_error("Your card's security code is invalid.", code="invalid_cvc", param="cvc")
    return face(card, month=month, year=year)


def face(card: Card, *, month: int = 12, year: int = 2034) -> dict[str, Any]:
    return {
        "brand": card.brand,
        "checks": {
            "address_line1_check": None,
            "address_postal_code_check": None,
            "cvc_check": "pass",
        },
        "country": "US",
        "display_brand": card.brand,
        "exp_month": month,
        "exp_year": year,
        "fingerprint": f"standin{card.number[-9:]}",
        "funding": "credit",
        "generated_from": None,
        "last4": card.number[-4:],
        "networks": {"available": [card.brand], "preferred": None},
        "regulated_status": "unregulated",
        "three_d_secure_usage": {"supported": True},
        "wallet": None,
        "_number": card.number,
    }


def declined(reason: str, **details: Any) -> ApiError:
    """The 402 for an issuer's reason."""
    return card_error(
        _REASONS.get(reason, "Your card was declined."),
        code=reason if reason in _OWN_CODES else "card_declined",
        decline_code=reason,
        **details,
    )


def card_error(message: str, **details: Any) -> ApiError:
    return ApiError(402, message, kind="card_error", **details)


def _passes_checksum(digits: str) -> bool:
    doubled = [int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits))]
    return len(digits) > 11 and sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0  # noqa: PLR2004
