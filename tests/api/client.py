"""A phone: it sends JSON with a bearer token, and holds answers against the OpenAPI document."""

import functools
import json
import re
import threading
from typing import Any

import jsonschema
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator

from fitness.accounts.models import User
from fitness.accounts.sign_ins import start_sign_in


class ApiClient(Client):
    """Django's client with the manners of our apps."""

    def __init__(self, user: User | None = None, **defaults: Any) -> None:
        super().__init__(**defaults)
        if user is not None:
            self.tokens = start_sign_in(
                user=user, device="Test phone", address="192.0.2.1", now=timezone.now()
            )
            self.carry(self.tokens.access)

    def carry(self, token: str) -> None:
        """Send this access token from now on."""
        self.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token}"

    def request(self, **environ: Any) -> Any:
        response: Any = super().request(**environ)
        _check_against_document(environ["REQUEST_METHOD"], environ["PATH_INFO"], response)
        return response

    def send(self, method: str, path: str, body: Any = None, *, key: str = "") -> Any:
        """One JSON request, with an ``Idempotency-Key`` when one is given."""
        headers = {"Idempotency-Key": key} if key else {}
        data = "" if body is None else json.dumps(body, default=str)
        return self.generic(method, path, data, "application/json", headers=headers)

    def post_json(self, path: str, body: Any = None, *, key: str = "") -> Any:
        return self.send("POST", path, {} if body is None else body, key=key)

    def put_json(self, path: str, body: Any) -> Any:
        return self.send("PUT", path, body)

    def patch_json(self, path: str, body: Any) -> Any:
        return self.send("PATCH", path, body)


_one_at_a_time = threading.Lock()


def openapi() -> dict[str, Any]:
    """The document, made once: eight threads that make it at once trip over each other."""
    with _one_at_a_time:
        return _openapi()


@functools.cache
def _openapi() -> dict[str, Any]:
    document: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return document


@functools.cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    paths = sorted(openapi()["paths"], key=lambda path: path.count("{"))
    return [(re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"), path) for path in paths]


def _check_against_document(method: str, path: str, response: HttpResponse) -> None:
    """Fail unless the document names this operation, this status and this very shape."""
    template = next((name for pattern, name in _patterns() if pattern.match(path)), None)
    if template is None or path.startswith("/api/schema"):
        return
    operation = openapi()["paths"][template].get(method.lower())
    if operation is None or response.status_code == 304:
        return
    described = operation["responses"].get(str(response.status_code))
    assert described, (
        f"{method} {template} answers {response.status_code}, which is documented nowhere"
    )
    if "content" not in described:
        assert not response.content
        return
    media_type = response["Content-Type"].split(";")[0]
    assert media_type in described["content"], f"{media_type} is not documented for {template}"
    schema = described["content"][media_type]["schema"]
    jsonschema.validate(
        json.loads(response.content), {**schema, "components": openapi()["components"]}
    )
