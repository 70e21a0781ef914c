"""Where a request comes from, told so that its sender cannot choose."""

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest

_UNKNOWN = "0.0.0.0"  # noqa: S104  (no interface to bind: the address that is none)
_PORT = re.compile(r"^(?:\[(?P<six>.+)\]|(?P<four>[\d.]+))(?::\d+)?$")
_IPV6_HOME = 64


def client_address(request: HttpRequest | None) -> str:
    """The address that a request comes from, in its one spelling.

    Behind ``TRUSTED_PROXIES`` proxies it is the entry of ``X-Forwarded-For`` that the outermost
    of them wrote. What stands further left came from the sender and is never believed.
    """
    if request is None:
        return _UNKNOWN
    peer = _parsed(request.META.get("REMOTE_ADDR", ""))
    proxies: int = settings.TRUSTED_PROXIES
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    told = _parsed(hops[-proxies]) if 0 < proxies <= len(hops) else None
    return str(told or peer or _UNKNOWN)


def network_of(address: str) -> str:
    """What limits count as one sender: an IPv4 address, or the /64 that an IPv6 one is from."""
    parsed = _parsed(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((parsed, _IPV6_HOME), strict=False))
    return str(parsed or _UNKNOWN)


def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    text = text.strip()
    if match := _PORT.match(text):
        text = match["six"] or match["four"]
    try:
        parsed = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(parsed, "ipv4_mapped", None) or parsed
