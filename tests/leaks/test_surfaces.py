"""Nothing of what is locked leaves by any address, asked in any way by whoever may not open it."""

import re

import pytest
from django.core import mail
from django.urls import URLPattern

from fitness.accounts.models import User
from tests.addresses import ways
from tests.leaks.asking import WAYS, ask, ask_otherwise, browser, files_in, read
from tests.leaks.surfaces import addresses, has_parts, ids_at, surfaces
from tests.leaks.world import BEHIND, NEEDLE, STRANGERS, World, build, entitled, hidden, locked_out
from tests.queue import drain

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def world() -> World:
    return build()


def said_without(asked: str, text: str) -> str:
    """What is said beyond what was asked: a redirect or a refusal may repeat the address."""
    return text.replace(asked, "")


def leaks(user: User | None, world: World) -> list[str]:
    """Where somebody was told something that is locked, in an answer or in a file it names."""
    told, seen, client = [], set[str](), browser(user)
    for _, path in addresses(world):
        for way, text in ask(client, path):
            seen |= files_in(text)
            if NEEDLE in said_without(path, text):
                told.append(way)
    return told + [
        file
        for file in seen
        if NEEDLE in file or NEEDLE in said_without(file, read(client.get(file)))
    ]


def seen_by(user: User, world: World) -> tuple[str, dict[str, str]]:
    """All that is said to somebody at all addresses, with the files; and the ETag of each."""
    client, texts, etags, files = browser(user), [], {}, set[str]()
    for route, path in addresses(world):
        if path.startswith("/media/"):
            continue  # guesses
        for _, text in ask(client, path, ways=WAYS[:1]):
            texts.append(said_without(path, text))
        if "playback" in route.path or route.path.startswith("watch/"):
            texts.append(read(client.post(path)))
        if found := re.search(r"^ETag: (.+)$", texts[-1], re.MULTILINE):
            etags[path] = found[1]
    for text in texts:
        files |= files_in(text)
    return "\n".join([*texts, *(read(client.get(file)) for file in files)]), etags


def test_nothing_locked_is_told_to_anybody_else(world: World) -> None:
    said, etags = seen_by(entitled(), world)
    missing = [name for name in BEHIND if hidden(name) not in said]
    assert not missing, "whoever may open it must see it, or this test would see nothing at all"

    told = {name: leaks(user, world) for name, user in locked_out().items()}

    assert {name: found for name, found in told.items() if found} == {}
    stolen = browser(None)
    for path, etag in etags.items():
        answer = stolen.get(path, headers={"If-None-Match": etag})
        is_same_for_all = NEEDLE not in read(browser(entitled()).get(path))
        assert answer.status_code != 304 or is_same_for_all, path


@pytest.mark.parametrize("name", ["visitor", *STRANGERS])
def test_nothing_locked_is_told_by_another_method(world: World, name: str) -> None:
    user, told = locked_out()[name], []

    for _, path in addresses(world):
        for way, text in ask_otherwise(browser(user), path):
            if NEEDLE in said_without(path, text):
                told.append(way)
    drain()

    assert told == []
    assert all(NEEDLE not in str(letter.message()) for letter in mail.outbox)


def test_somebody_thought_of_every_address(world: World) -> None:
    unknown = [
        route.path for route in surfaces() if has_parts(route) and ids_at(route.path, world) is None
    ]

    assert unknown == [], "say in tests/leaks/surfaces.py what of the locked pages fits there"
    assert len(surfaces()) > 100


def test_no_api_of_wagtails_own_is_mounted() -> None:
    modules = {
        str(getattr(way[-1].callback, "__module__", ""))
        for way in ways()
        if isinstance(way[-1], URLPattern)
    }

    assert not [name for name in modules if name.startswith("wagtail.api")]
