"""Asks another site whether an address still leads somewhere, and says what readers meet."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from django.conf import settings

from cms.links.guard import GuardedBackend, RefusedAddressError

_REDIRECTS = {301, 302, 303, 307, 308}
_MOST_REDIRECTS = 6
_STEP_SECONDS = 8.0
_PORTS = {80, 443}
# The site is there, and shows the page to people, not to us.
_NOT_FOR_US = {401, 402, 403, 405, 406, 407, 408, 425, 429, 451, 999}
_WENT_WRONG = 400


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an address answered; ``trouble`` is empty where readers get somewhere."""

    status: int | None = None
    trouble: str = ""


class _NotAskedError(Exception):
    """The address is none that is asked; the message says why."""


def ask(address: str) -> Verdict:
    """Ask politely: for the head, and for the page where the head tells of trouble."""
    deadline = time.monotonic() + settings.LINK_SECONDS
    try:
        status = _follow("HEAD", address, deadline)
        if status >= _WENT_WRONG:
            status = _follow("GET", address, deadline)
    except RefusedAddressError:
        return Verdict(trouble="leads into a private network")
    except _NotAskedError as error:
        return Verdict(trouble=str(error))
    except httpcore.TimeoutException:
        return Verdict(trouble="did not answer in time")
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        return Verdict(trouble=_told(error))
    if status < _WENT_WRONG or status in _NOT_FOR_US:
        return Verdict(status)
    return Verdict(status, f"answered {status}")


def _follow(method: str, address: str, deadline: float) -> int:
    """The status at the end of the redirects, each of which is guarded anew."""
    for _ in range(_MOST_REDIRECTS):
        with _answer(method, address, deadline) as answer:
            headers = dict(answer.headers)
            status = answer.status
        moved = headers.get(b"location") or headers.get(b"Location")
        if status not in _REDIRECTS or not moved:
            return status
        address = _joined(address, moved.decode("latin-1"))
    raise _NotAskedError("leads round in redirects")


def _joined(address: str, moved: str) -> str:
    try:
        return urljoin(address, moved)
    except ValueError:
        raise _NotAskedError("is no address") from None


@contextmanager
def _answer(method: str, address: str, deadline: float) -> Iterator[httpcore.Response]:
    """The head of an answer; its body is left on the line."""
    url = _read(address)
    headers: list[tuple[bytes | str, bytes | str]] = [
        ("Host", url.netloc),
        ("User-Agent", f"FitCore link check (+{settings.WAGTAILADMIN_BASE_URL})"),
        ("Accept", "text/html,*/*;q=0.8"),
        ("Connection", "close"),
    ]
    step = dict.fromkeys(("connect", "read", "write", "pool"), _STEP_SECONDS)
    target = httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
    )
    with (
        httpcore.ConnectionPool(network_backend=GuardedBackend(deadline=deadline)) as pool,
        pool.stream(method, target, headers=headers, extensions={"timeout": step}) as answer,
    ):
        yield answer


def _read(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address)
    except (httpx.InvalidURL, UnicodeError):
        raise _NotAskedError("is no address") from None
    if url.scheme not in {"http", "https"} or not url.host or url.userinfo:
        raise _NotAskedError("leads to no page")
    is_allowed = url.netloc.decode() in settings.LINKS_ALLOWED_HERE
    if (url.port or 80) not in _PORTS and not is_allowed:
        raise _NotAskedError("has an unusual port")
    return url


def host_of(address: str) -> str:
    """The host that an address names, for being asked one after the other."""
    return (urlsplit(address).hostname or "")[:255]


def _told(error: Exception) -> str:
    words = str(error).lower()
    if "certificate" in words or "ssl" in words or "tls" in words:
        return "has no valid certificate"
    if "name or service" in words or "nodename" in words or "resolution" in words:
        return "names a site that there is not"
    return "did not answer"
