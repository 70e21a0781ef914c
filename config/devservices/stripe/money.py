"""Amounts and periods in words, for the pages."""

import datetime as dt
from typing import Any

_SYMBOLS = {"eur": "€", "gbp": "£", "jpy": "¥", "usd": "$"}
_WHOLE = frozenset(
    "bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf".split()  # noqa: SIM905
)
_THOUSANDTHS = frozenset(["bhd", "jod", "kwd", "omr", "tnd"])


def price(amount: int, currency: str) -> str:
    """``1299, "usd"`` as ``$12.99``, with the decimals that the currency has."""
    decimals = 0 if currency in _WHOLE else 3 if currency in _THOUSANDTHS else 2
    figure = f"{amount / 10**decimals:,.{decimals}f}"
    symbol = _SYMBOLS.get(currency)
    return f"{symbol}{figure}" if symbol else f"{figure} {currency.upper()}"


def per_period(recurring: dict[str, Any] | None) -> str:
    """``per month``, ``every 3 months``, or nothing for a one-time price."""
    if recurring is None:
        return ""
    count, interval = recurring["interval_count"], recurring["interval"]
    return f"per {interval}" if count == 1 else f"every {count} {interval}s"


def day(moment: int) -> str:
    """A unix time as ``21 November 2026``."""
    date = dt.datetime.fromtimestamp(moment, tz=dt.UTC)
    return f"{date.day} {date:%B %Y}"
