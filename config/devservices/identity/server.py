"""The HTTP side: two providers below one address, and faults to order."""

import logging
import threading
import time
from collections import Counter
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

from config.devservices.identity.answers import Answer, OAuthError, page
from config.devservices.identity.requests import Asked

_log = logging.getLogger(__name__)
_LARGEST_BODY = 1 << 16


class Provider(Protocol):
    def answer(self, asked: Asked) -> Answer | None: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong at every address that begins so."""

    path: str
    status: int = 503
    body: bytes = b"<html>upstream is away</html>"
    sleep: float = 0


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], providers: dict[str, Provider]) -> None:
        self.providers = providers
        self.faults: list[Fault] = []
        self.calls: Counter[str] = Counter()
        self.lock = threading.Lock()
        super().__init__(address, Handler)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: Server

    def handle_any(self) -> None:
        try:
            answer = self._answer()
        except OAuthError as error:
            answer = error.answer()
        except Exception:  # a bug of ours must look like the provider's own 500
            _log.exception("%s %s failed", self.command, self.path)
            answer = Answer(b"", 500)
        self._send(answer)

    do_GET = do_POST = handle_any  # noqa: N815

    def _answer(self) -> Answer:
        address = urlsplit(self.path)
        body = self._read_body()
        with self.server.lock:
            self.server.calls[address.path] += 1
            fault = next((f for f in self.server.faults if address.path.startswith(f.path)), None)
        if fault is not None:
            time.sleep(fault.sleep)
            if fault.status:
                return Answer(fault.body, fault.status, {"Content-Type": "text/html"})
        if address.path == "/":
            return page("message", "Google and Apple", text="Stand-ins. Sign in from the site.")
        _, name, *rest = address.path.split("/")
        provider = self.server.providers.get(name)
        asked = Asked(
            method=self.command,
            path="/" + "/".join(rest),
            url=self.path,
            query=dict(parse_qsl(address.query)),
            form=dict(parse_qsl(body)),
        )
        answer = provider.answer(asked) if provider else None
        return answer or page("message", "Error 404", status=404, text="Nothing is here.")

    def _read_body(self) -> str:
        declared = self.headers.get("Content-Length") or "0"
        if not declared.isdecimal() or int(declared) > _LARGEST_BODY:
            self.close_connection = True
            raise OAuthError("invalid_request", "The request is too large.", status=413)
        return self.rfile.read(int(declared)).decode(errors="replace")

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in {"Cache-Control": "no-store", **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Calls are counted, not printed."""
