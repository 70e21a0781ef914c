"""The HTTP side: keys, idempotency, faults, Stripe's JSON and a person's pages."""

import base64
import binascii
import json
import logging
import re
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from config.devservices.stripe import clock, hosted, portal
from config.devservices.stripe.control import Controls, LoggedCall, run_control
from config.devservices.stripe.errors import (
    ApiError,
    internal,
    invalid,
    key_used_differently,
    unauthorized,
    unknown_url,
)
from config.devservices.stripe.params import Params, decode
from config.devservices.stripe.routes import Call, expanded, resolve
from config.devservices.stripe.store import new_id

_log = logging.getLogger(__name__)
_KEY = re.compile(r"(sk|rk)_test_[A-Za-z0-9]{24,}")
_LARGEST_BODY = 1 << 20
_ANSWERS_KEPT_SECONDS = 24 * 3600
_NOT_REMEMBERED = (400, 401, 404, 429)
_SAFE_PAGE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int], controls: Controls) -> None:
        self.controls = controls
        super().__init__(address, Handler)


class Handler(BaseHTTPRequestHandler):
    """One connection: every request is answered under the store's lock, faults outside it."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60
    wbufsize = -1
    server: Server

    def handle_any(self) -> None:
        self._request_id = new_id("req", length=14)
        try:
            self._answer_any()
        except ApiError as error:
            self._send_json(error.status, error.body)
        except Exception:  # a bug of ours must look like Stripe's own 500
            _log.exception("%s %s failed", self.command, self.path)
            self._send_json(500, internal().body)

    do_GET = do_POST = do_DELETE = do_PUT = do_PATCH = handle_any  # noqa: N815

    def _answer_any(self) -> None:
        address = urlsplit(self.path)
        body = self._read_body()
        if address.path.startswith("/v1/"):
            self._answer_api(address.path, address.query, body)
        elif address.path.startswith("/_control/"):
            self._answer_control(address.path.removeprefix("/_control/"), body)
        else:
            self._answer_page(address.path, body)

    def _answer_api(self, path: str, query: str, body: str) -> None:
        controls = self.server.controls
        self._check_key()
        fault = controls.take_fault(self.command, path)
        is_early = fault is not None and fault.status is not None and not fault.after
        if fault and is_early:
            status, answer, is_replayed = fault.status or 500, fault.body(), False
        else:
            status, answer, is_replayed = self._run(path, query, body)
            if fault and fault.status is not None:
                status, answer = fault.status, fault.body()
        key = self.headers.get("Idempotency-Key")
        version = self.headers.get("Stripe-Version")
        controls.note_call(LoggedCall(self.command, path, status, key, version))
        if fault:
            time.sleep(fault.sleep)
        extra = {"Idempotent-Replayed": "true"} if is_replayed else {}
        self._send_json(status, answer, extra | ({"Idempotency-Key": key} if key else {}))

    def _run(self, path: str, query: str, body: str) -> tuple[int, dict[str, Any], bool]:
        store = self.server.controls.store
        key = self.headers.get("Idempotency-Key") if self.command == "POST" else None
        asked = [path, query, body]
        with store.lock:
            known = store.answers.get(key) if key else None
            if known and store.now() - known["at"] < _ANSWERS_KEPT_SECONDS:
                if known["asked"] != asked:
                    raise key_used_differently(str(key))
                return known["status"], known["answer"], True
            clock.catch_up(store)
            try:
                status, answer = 200, self._dispatch(path, query, body)
            except ApiError as error:
                status, answer = error.status, error.body
            if key and status not in _NOT_REMEMBERED:
                store.answers[key] = {
                    "asked": asked, "status": status, "answer": answer, "at": store.now()
                }  # fmt: skip
            self._remember()
        return status, answer, False

    def _dispatch(self, path: str, query: str, body: str) -> dict[str, Any]:
        handler, ids = resolve(self.command, path)
        kind = self.headers.get_content_type() if body else ""
        if body and kind != "application/x-www-form-urlencoded":
            raise invalid(
                "Invalid request (check that your POST content type is"
                " application/x-www-form-urlencoded)."
            )
        params = Params({**decode(query), **decode(body)})
        expand = params.texts("expand")
        params.values.pop("expand", None)
        store = self.server.controls.store
        call = Call(store, self.command, path, params, self._base_url(), ids)
        return expanded(store, handler(call), expand)

    def _answer_control(self, name: str, body: str) -> None:
        if not self.client_address[0].startswith(("127.", "::1")):
            raise invalid("Only the machine itself may steer the stand-in.", status=403)
        if self.command != "POST" or self.headers.get_content_type() != "application/json":
            raise invalid("Controls are JSON sent by POST.", status=405)
        self._send_json(200, {"result": run_control(self.server.controls, name, body)})

    def _answer_page(self, path: str, body: str) -> None:
        match = re.fullmatch(r"/(c/pay|p/session)/(\w+)", path)
        if match is None or self.command not in ("GET", "POST"):
            raise unknown_url(self.command, path)
        pages = hosted if match[1] == "c/pay" else portal
        store = self.server.controls.store
        with store.lock:
            clock.catch_up(store)
            if self.command == "GET":
                page = pages.show(store, match[2])
            else:
                page = pages.submit(store, match[2], decode(body))
            self._remember()
        self._send(
            page.status,
            page.html.encode(),
            {
                "Content-Type": "text/html; charset=utf-8",
                "Content-Security-Policy": f"{_SAFE_PAGE}; frame-ancestors 'none'",
                "Referrer-Policy": "no-referrer",
                **({"Location": page.location} if page.location else {}),
            },
        )

    def _remember(self) -> None:
        if self.command != "GET" or self.server.controls.store.has_news:
            self.server.controls.store.save()
        self.server.controls.courier.wake()

    def _check_key(self) -> None:
        scheme, _, given = (self.headers.get("Authorization") or "").partition(" ")
        if scheme.lower() == "basic":
            try:
                given = base64.b64decode(given, validate=True).decode().partition(":")[0]
            except (binascii.Error, UnicodeDecodeError):
                given = ""
        if not given:
            raise unauthorized(
                "You did not provide an API key. You need to provide your API key in the"
                " Authorization header, using Bearer auth (e.g. 'Authorization: Bearer"
                " YOUR_SECRET_KEY')."
            )
        if not _KEY.fullmatch(given):
            raise unauthorized(f"Invalid API Key provided: {given[:8]}{'*' * 12}")

    def _read_body(self) -> str:
        declared = self.headers.get("Content-Length") or "0"
        if not declared.isdecimal() or int(declared) > _LARGEST_BODY:
            self.close_connection = True
            raise invalid("The request is too large or of unknown length.", status=413)
        try:
            return self.rfile.read(int(declared)).decode()
        except UnicodeDecodeError:
            raise invalid("The request is not UTF-8.") from None

    def _base_url(self) -> str:
        return f"http://{self.headers.get('Host') or self.server.controls.host}"

    def _send_json(
        self, status: int, answer: dict[str, Any], extra: dict[str, str] | None = None
    ) -> None:
        body = json.dumps(answer, indent=2).encode()
        self._send(status, body, {"Content-Type": "application/json", **(extra or {})})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Request-Id": self._request_id, **headers}.items():
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Calls are kept in the controls' log, not printed."""
