"""No question is answered differently for words that stand in a locked text alone."""

import re
from typing import Any

import pytest

from tests.api.client import openapi
from tests.leaks.asking import browser, read
from tests.leaks.surfaces import addresses
from tests.leaks.world import NEEDLE, World, build, locked_out

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# Names that an API might take for looking into a field, beside those that ours says it takes.
GUESSES = [
    "body", "gated_body", "q", "search", "query", "body__icontains", "gated_body__contains",
    "text", "transcript", "fields", "ordering", "order",
]  # fmt: skip
# What differs from one answer to the next for everybody.
_CHANGING = re.compile(
    r"csrfmiddlewaretoken\" value=\"[^\"]+|nonce[-=]\"?[\w+/=-]+|set-cookie: .+|etag: .+"
    r"|content-length: .+|x-request-id: .+|/media/private/[^/]+|client_id\" value=\"[^\"]+"
    r"|value=\"[0-9a-f-]{36}\"",
    re.IGNORECASE,
)


def parameters(path: str) -> set[str]:
    operations: dict[str, Any] = openapi()["paths"].get(path, {})
    return {asked["name"] for asked in operations.get("get", {}).get("parameters", [])}


@pytest.fixture
def world() -> World:
    return build()


def test_no_list_and_no_search_knows_a_locked_word(world: World) -> None:
    client, told = browser(locked_out()["free"]), []
    lists = {path for route, path in addresses(world) if _lists(route.path, path)}
    assert {"/api/workouts", "/api/content/articles", "/workouts/", "/articles/"} <= lists

    for path in sorted(lists):
        for name in sorted({*GUESSES, *parameters(path)}):
            nonsense = "zqxyzzyq"
            if _said(client, path, name, NEEDLE) != _said(client, path, name, nonsense):
                told.append((path, name))

    assert told == []


@pytest.mark.parametrize("path", ["/api/workouts", "/api/content/articles"])
def test_no_order_is_taken_from_what_is_locked(world: World, path: str) -> None:
    client = browser(None)

    for field in ("body", "-body", "gated_body", "videos__video__file"):
        assert client.get(path, {"ordering": field}).status_code == 400
        for name in ("order", "sort", "order_by"):
            assert client.get(path, {name: field}).content == client.get(path).content


def _lists(pattern: str, path: str) -> bool:
    is_content = path.startswith(("/api/workouts", "/api/content", "/api/exercises", "/search"))
    return is_content if "<" not in pattern and pattern else path in _LISTS


_LISTS = ("/", "/workouts/", "/articles/", "/tutorials/", "/programmes/")


def _said(client: Any, path: str, name: str, word: str) -> str:
    text = read(client.get(path, {name: word}))
    return _CHANGING.sub("", text).replace(word, "")
