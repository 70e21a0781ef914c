"""Requests, as the load generator sends them and as Django's test client does."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.errors import BenchError
from bench.load import UNIQUE

HOST = "127.0.0.1"
_JSON = "application/json"
_OF_TRANSACTIONS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass(frozen=True)
class Request:
    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None

    @property
    def content(self) -> str:
        return "" if self.body is None else json.dumps(self.body)

    def on_the_wire(self) -> str:
        """The request as it goes over a kept connection."""
        headers = {"Host": HOST, **self.headers}
        if self.body is not None:
            length = len(self.content.replace(UNIQUE, str(uuid.UUID(int=0))))
            headers |= {"Content-Type": _JSON, "Content-Length": str(length)}
        lines = [f"{self.method} {self.path} HTTP/1.1", *map(": ".join, headers.items())]
        return "\r\n".join([*lines, "", self.content])


def ask(request: Request) -> HttpResponse:
    """The answer that this process gives, without a server."""
    unique = str(uuid.uuid4())
    answer: Any = Client(SERVER_NAME=HOST).generic(
        request.method,
        request.path,
        request.content.replace(UNIQUE, unique),
        _JSON,
        headers={name: value.replace(UNIQUE, unique) for name, value in request.headers.items()},
    )
    return cast("HttpResponse", answer)


def statements(request: Request, *, status: int) -> int:
    """How many SQL statements the answer takes; those that only bound transactions not counted."""
    if request.method == "GET":
        ask(request)  # what a process reads once in its life is no cost of a request
    with CaptureQueriesContext(connection) as captured:
        answer = ask(request)
    if answer.status_code != status:
        raise BenchError(
            f"{request.method} {request.path} answers {answer.status_code} and not {status}:"
            f" {answer.content[:300].decode(errors='replace')}"
        )
    return sum(not query["sql"].startswith(_OF_TRANSACTIONS) for query in captured)
