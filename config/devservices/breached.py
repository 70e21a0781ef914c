"""A stand-in for Pwned Passwords: ``python -m config.devservices.breached password ...``.

It speaks the range protocol of https://haveibeenpwned.com/API/v3#PwnedPasswords over HTTP.
"""

import argparse
import hashlib
import re
import secrets
import threading
import time
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_PREFIX = re.compile(r"/range/([0-9A-Fa-f]{5})")
_PADDING = 20


class BreachedStandIn:
    """Knows the given passwords from a breach. ``asked`` is every path that was asked for."""

    def __init__(self, passwords: Iterable[str]) -> None:
        self.digests = [
            hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
            for password in passwords
        ]
        self.asked: list[str] = []
        self.outage = 0  # a status to answer everything with
        self.delay_seconds = 0.0

    def start(self, port: int = 0) -> str:
        """Serve in the background and return the base address; port 0 takes any free one."""
        handler = type("Handler", (_Handler,), {"stand_in": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, path: str, *, is_padded: bool) -> tuple[int, str]:
        self.asked.append(path)
        time.sleep(self.delay_seconds)
        if self.outage:
            return self.outage, "down"
        if not (match := _PREFIX.fullmatch(path)):
            return 400, "The hash prefix was not in a valid format"
        prefix = match[1].upper()
        lines = [f"{digest[5:]}:3,730" for digest in self.digests if digest.startswith(prefix)]
        if is_padded:
            lines += [f"{secrets.token_hex(18)[:35].upper()}:0" for _ in range(_PADDING)]
        return 200, "\r\n".join(lines)


class _Handler(BaseHTTPRequestHandler):
    stand_in: BreachedStandIn

    def do_GET(self) -> None:
        is_padded = self.headers.get("Add-Padding", "").lower() == "true"
        status, text = self.stand_in.answer(self.path, is_padded=is_padded)
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """What was asked is kept, not printed."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m config.devservices.breached")
    parser.add_argument("--port", type=int, default=8014)
    parser.add_argument("passwords", nargs="+", help="known from a breach")
    options = parser.parse_args()
    print(
        f"Breached passwords are told at {BreachedStandIn(options.passwords).start(options.port)}"
    )
    threading.Event().wait()


if __name__ == "__main__":
    main()
