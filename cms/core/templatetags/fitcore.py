"""The few words that templates need beside Django's own."""

import calendar
import datetime as dt
import uuid

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

_SYMBOLS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩"}
_NO_DECIMALS = frozenset(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split()  # noqa: SIM905
)
_THREE_DECIMALS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())  # noqa: SIM905
# The first mark that is found: most browsers also name those that they descend from.
_BROWSERS = [
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]  # fmt: skip
_SYSTEMS = [
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS X", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"),
]  # fmt: skip
_HUES = 12
_MIRRORED = frozenset({"arrow-right", "chevron-right"})
_SILENT = SafeString('aria-hidden="true"')


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; without a label it is decoration that screen readers skip."""
    direction = " is-directional" if name in _MIRRORED else ""
    spoken = format_html('role="img" aria-label="{}"', label) if label else _SILENT
    return format_html(
        '<svg class="icon{}" width="20" height="20" {}><use href="{}#{}"></use></svg>',
        direction,
        spoken,
        static("icons.svg"),
        name,
    )


@register.simple_tag
def site_url() -> str:
    """The site's own address, for links in mails; without a slash at its end."""
    return str(settings.WAGTAILADMIN_BASE_URL).rstrip("/")


@register.simple_tag
def attempt() -> str:
    """A buy button's own id, so that two clicks on it are one purchase."""
    return str(uuid.uuid4())


@register.filter
def money(minor: int, currency: str) -> str:
    """A price in minor units as people write it: 999 and "eur" give €9.99."""
    code = currency.upper()
    decimals = 0 if code in _NO_DECIMALS else 3 if code in _THREE_DECIMALS else 2
    whole, rest = divmod(abs(minor), 10**decimals)
    amount = f"{whole:,}.{rest:0{decimals}d}" if decimals else f"{whole:,}"
    # A no-break space keeps the code and the amount on one line.
    sign = "-" if minor < 0 else ""
    return f"{sign}{_SYMBOLS.get(code, f'{code}\N{NO-BREAK SPACE}')}{amount}"


@register.filter
def browser(user_agent: str) -> str:
    """A browser as people call it: "Firefox on Windows"."""
    name = next((name for mark, name in _BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{name} on {system}" if system else name


@register.filter
def hue(degrees: int) -> str:
    """The class that gives a category's colour: the nearest of twelve hues."""
    return f"hue-{round(degrees / 360 * _HUES) % _HUES}"


@register.simple_tag
def renewal_day(interval: str) -> dt.date:
    """The day on which a plan that is bought today renews for the first time."""
    return renewal_after(timezone.localdate(), interval)


def renewal_after(day: dt.date, interval: str) -> dt.date:
    """The same day a month or a year later, or that month's last day where there is none."""
    months = day.month if interval == "month" else day.month + 11
    year, month = day.year + months // 12, months % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
