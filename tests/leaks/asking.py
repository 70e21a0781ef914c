"""Asking as somebody, in every way, and what comes back."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.test import Client

from fitness.accounts.models import User
from tests.api.client import ApiClient

# Files that an answer leads to, which whoever got the answer can fetch.
_FILES = re.compile(r"(?:/media/|/documents/\d)[^\"'\s<>\\)]+")
WAYS: list[dict[str, Any]] = [
    {},
    {"query": {"format": "json", "fields": "*", "expand": "body"}},
    {"headers": {"Accept": "application/json", "Range": "bytes=0-"}},
    {"headers": {"Accept": "text/markdown, */*;q=0.1", "HX-Request": "true"}},
]
OTHERS = ("HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE")


def browser(user: User | None) -> Client:
    """Signed in on the site and on a phone at once; a page that breaks answers with 500."""
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
        client.defaults["HTTP_AUTHORIZATION"] = ApiClient(user=user).defaults["HTTP_AUTHORIZATION"]
    return client


def read(answer: Any) -> str:
    """Everything that an answer says, its headers included."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    heads = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{heads}\n\n{body.decode('utf-8', 'replace')}"


def ask(
    client: Client, path: str, ways: Sequence[dict[str, Any]] = WAYS
) -> Iterator[tuple[str, str]]:
    """Reading an address in some ways: the way, and what was said."""
    for way in ways:
        answer = client.get(path, way.get("query", {}), headers=way.get("headers"))
        yield f"GET {path} {way}", read(answer)


def ask_otherwise(client: Client, path: str) -> Iterator[tuple[str, str]]:
    """The other methods; what they send fits nothing."""
    for method in OTHERS:
        answer = client.generic(method, path, "{}", "application/json")
        yield f"{method} {path}", read(answer)


def files_in(text: str) -> set[str]:
    """The files that an answer leads to."""
    return {found.rstrip("\\,.;") for found in _FILES.findall(text.replace("&amp;", "&"))}
