"""Connections to the outside alone: an address is looked at in the moment it is connected to.

What a name means is asked once, and the connection goes to the very address that was looked at,
so neither a redirect nor a name that changes its mind leads into the house.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore
from django.conf import settings

# Public by the letter, and a way to any IPv4 address where there is a translator.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class RefusedAddressError(Exception):
    """The address lies on this machine, in its network, or nowhere that is public."""


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to public addresses until ``deadline`` (of the monotonic clock)."""

    def __init__(self, *, deadline: float) -> None:
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        address = public_address(host, port)
        left = _left(self._deadline, timeout)
        stream = self._plain.connect_tcp(address, port, left, local_address, socket_options)
        return _UntilDeadline(stream, self._deadline)


class _UntilDeadline(httpcore.NetworkStream):
    """A connection whose every wait ends with the deadline: a site that drips holds nobody."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(self._deadline, timeout)
        inner = self._stream.start_tls(ssl_context, server_hostname, left)
        return _UntilDeadline(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def public_address(host: str, port: int) -> str:
    """An address to connect to; a name with one address inside is refused with all of them."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(str(error)) from error
    addresses = [str(row[4][0]) for row in found]
    is_allowed = f"{host}:{port}" in settings.LINKS_ALLOWED_HERE
    if not is_allowed and not all(is_public(address) for address in addresses):
        raise RefusedAddressError(host)
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet at large."""
    read = ipaddress.ip_address(address.partition("%")[0])
    return read.is_global and not read.is_multicast and read not in _NAT64


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("The time is up.")
    return left if timeout is None else min(left, timeout)
