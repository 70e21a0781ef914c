"""The HTTP side: keys are checked, requests are held against the protocol, faults are to order."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from config.devservices.openai.answers import fault, response, words_for

_LARGEST_BODY = 8 << 20
_PATH = "/v1/responses"
_ERRORS: dict[str, tuple[int, Any, dict[str, str]]] = {
    "busy": (
        429,
        fault("Rate limit reached.", kind="requests", code="rate_limit_exceeded"),
        {"Retry-After": "60"},
    ),
    "broken": (500, fault("The server had an error.", kind="server_error"), {}),
}


class Server(ThreadingHTTPServer):
    """What goes wrong with the next questions stands in ``faults``, one each: ``busy``, ``broken``,
    ``gone``, ``no_json``, ``cut``, ``refused``, ``malformed``, or ``say:`` and the words.
    """

    daemon_threads = True

    def __init__(self, address: tuple[str, int], *, key: str) -> None:
        self.key = key
        self.asked: list[dict[str, Any]] = []
        self.faults: list[str] = []
        self.seconds = 0.0
        self.lock = threading.Lock()
        super().__init__(address, Handler)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60
    server: Server

    def do_GET(self) -> None:
        is_known = self.path == "/v1/models"
        nothing = fault("Not found.", kind="invalid_request_error")
        self._send(*((200, {"object": "list", "data": []}) if is_known else (404, nothing)))

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > _LARGEST_BODY:
            self.close_connection = True
            self._send(413, fault("The request is too large.", kind="invalid_request_error"))
            return
        body = self.rfile.read(length)
        if self.headers.get("Authorization") != f"Bearer {self.server.key}":
            told = fault(
                "Incorrect API key provided.", kind="invalid_request_error", code="invalid_api_key"
            )
            self._send(401, told)
            return
        if self.path != _PATH:
            self._send(404, fault(f"No {self.path} here.", kind="invalid_request_error"))
            return
        try:
            asked = json.loads(body)
            trouble = _trouble(asked)
        except (ValueError, KeyError, TypeError) as error:
            trouble = f"The request does not follow the protocol: {error!r}"
        if trouble:
            self._send(400, fault(trouble, kind="invalid_request_error"))
            return
        with self.server.lock:
            self.server.asked.append(asked)
            wrong = self.server.faults.pop(0) if self.server.faults else ""
        time.sleep(self.server.seconds)
        self._answer(asked, wrong)

    def _answer(self, asked: dict[str, Any], wrong: str) -> None:
        text = words_for(asked)
        if wrong == "gone":
            self.close_connection = True
        elif wrong == "no_json":
            self._write(200, b"<html>upstream is away</html>", {"Content-Type": "text/html"})
        elif wrong in _ERRORS:
            self._send(*_ERRORS[wrong])
        elif wrong == "cut":
            self._send(200, response(asked, text[:-9], status="incomplete"))
        elif wrong == "refused":
            self._send(200, response(asked, "", refusal="I cannot help with that."))
        else:
            said = json.dumps({"text": wrong.removeprefix("say:")})
            said = '{"words": 7}' if wrong == "malformed" else said
            self._send(200, response(asked, said if wrong else text))

    def _send(self, status: int, told: Any, headers: dict[str, str] | None = None) -> None:
        kind = {"Content-Type": "application/json"}
        self._write(status, json.dumps(told).encode(), kind | (headers or {}))

    def _write(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Questions are kept, not printed."""


def _trouble(asked: dict[str, Any]) -> str:
    """What the real service would refuse in a question."""
    shape = asked["text"]["format"]
    if shape["type"] != "json_schema" or not shape["strict"] or not shape["name"]:
        return "text.format: a strict json_schema with a name is wanted."
    schema = shape["schema"]
    if schema["type"] != "object" or schema.get("additionalProperties") is not False:
        return "text.format.schema: an object without other properties is wanted."
    if sorted(schema["required"]) != sorted(schema["properties"]):
        return "text.format.schema: every property has to be required."
    for message in asked["input"]:
        for part in message["content"]:
            if part["type"] == "input_image" and not part["image_url"].startswith("data:image/"):
                return "input: an image as data is wanted."
            if part["type"] == "input_text" and not isinstance(part["text"], str):
                return "input: text is wanted."
    return "" if asked["model"] else "model: one is wanted."
