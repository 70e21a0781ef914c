"""The load generator, a process of its own: ``python -m bench.load``, a plan in, figures out.

One thread and a few kept connections, each sending its next request when the last is answered.
It knows as much HTTP as the server speaks, so that it costs next to nothing itself.
"""

import json
import re
import selectors
import socket
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import cycle
from typing import Any

CONCURRENCY = 8
UNIQUE = "{unique}"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_BODILESS = {204, 304}
_ANSWER_SECONDS = 30


@dataclass(frozen=True)
class Plan:
    """What to send, and what is expected back. ``UNIQUE`` becomes a new UUID in each request."""

    port: int
    requests: Sequence[str]
    status: int
    seconds: float
    is_once: bool = False  # the requests are sent once each, not over and over
    connections: int = CONCURRENCY


@dataclass
class Outcome:
    """How it went. ``unexpected`` is the first answer that should not have been."""

    latencies: list[float] = field(default_factory=list)
    seconds: float = 0
    size: int = 0
    own_cpu_seconds: float = 0
    unexpected: str = ""


class Connection:
    """A kept connection with one request on its way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=_ANSWER_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = 0.0
        self._buffer = b""

    def send(self, request: str) -> None:
        self._buffer = b""
        self.sent_at = time.perf_counter()
        self.socket.sendall(request.replace(UNIQUE, str(uuid.uuid4())).encode())

    def answer(self) -> tuple[int, bytes] | None:
        """The status and the body, once they are here in full."""
        received = self.socket.recv(262_144)
        if not received:
            return 0, b"The server closed the connection."
        self._buffer += received
        head, separator, body = self._buffer.partition(b"\r\n\r\n")
        if not separator:
            return None
        status, length = int(head[9:12]), _LENGTH.search(head)
        wanted = int(length[1]) if length and status not in _BODILESS else 0
        return (status, body) if len(body) >= wanted else None


def drive(plan: Plan) -> Outcome:
    """Send requests for the given time and wait for the answers that are still on their way."""
    outcome = Outcome()
    waiting = selectors.DefaultSelector()
    requests = iter(plan.requests) if plan.is_once else cycle(plan.requests)
    began, cpu_began = time.perf_counter(), time.process_time()
    for _ in range(plan.connections):
        connection = Connection(plan.port)
        if _sent(connection, requests):
            waiting.register(connection.socket, selectors.EVENT_READ, connection)
    while waiting.get_map():
        ready = waiting.select(_ANSWER_SECONDS)
        if not ready:
            outcome.unexpected = f"no answer in {_ANSWER_SECONDS} seconds"
            break
        for key, _ in ready:
            is_over = time.perf_counter() - began > plan.seconds or outcome.unexpected
            if _took(key.data, plan, outcome) and (is_over or not _sent(key.data, requests)):
                waiting.unregister(key.data.socket)
    outcome.seconds = time.perf_counter() - began
    outcome.own_cpu_seconds = time.process_time() - cpu_began
    return outcome


def _sent(connection: Connection, requests: Iterator[str]) -> bool:
    request = next(requests, None)
    if request is None:
        return False
    connection.send(request)
    return True


def _took(connection: Connection, plan: Plan, outcome: Outcome) -> bool:
    """Whether the connection's answer has come."""
    answer = connection.answer()
    if answer is None:
        return False
    status, body = answer
    outcome.latencies.append(time.perf_counter() - connection.sent_at)
    outcome.size = len(body)
    if status != plan.status and not outcome.unexpected:
        outcome.unexpected = f"{status}: {body[:300].decode(errors='replace')}"
    return True


def main() -> None:
    plan: dict[str, Any] = json.load(sys.stdin)
    json.dump(asdict(drive(Plan(**plan))), sys.stdout)


if __name__ == "__main__":
    main()
