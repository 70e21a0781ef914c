"""What leaves by other ways than an answer: logs, broken pages, a member's copy, mails, caches."""

import logging
import zipfile
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from cms.tutorials.models import TutorialPage
from config.cache.models import Entry
from fitness.accounts.models import User
from fitness.favorites.models import Favorite
from fitness.privacy.models import Export
from fitness.privacy.services.exports import ask_for_export
from fitness.training.models import Workout
from tests import factories
from tests.access.routes import routes
from tests.leaks.asking import browser, read
from tests.leaks.world import NEEDLE, World, build, entitled, hidden
from tests.log_lines import lines
from tests.queue import drain

__all__ = ["lines"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return build()


def test_the_log_holds_neither_what_is_locked_nor_what_opens_it(
    world: World, lines: StringIO
) -> None:
    client, page = browser(entitled()), world.pages["article"]

    assert hidden("body-article") in read(client.get(page.url))
    played = client.post(f"/watch/{world.film.uid}").json()
    client.get(played["url"])
    client.get(f"{world.document.url}?token=9999999999.secret")

    token, told = played["url"].split("/")[3], lines.getvalue()
    assert "/media/private/-/" in told
    assert "body-article" not in told
    assert token not in told
    assert "9999999999.secret" not in told


def test_a_page_that_breaks_shows_and_logs_nothing_of_itself(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Any, request: Any, *args: Any, **kwargs: Any) -> Any:
        body = str(self.body)
        raise RuntimeError(len(body))

    monkeypatch.setattr(TutorialPage, "get_context", broken)
    with caplog.at_level(logging.DEBUG):
        answer = browser(entitled()).get(world.pages["tutorial"].url)

    assert answer.status_code == 500
    assert NEEDLE not in read(answer)
    assert NEEDLE not in caplog.text
    assert "RuntimeError" in caplog.text


def test_a_page_that_is_not_there_tells_nothing_of_one_that_is(world: World) -> None:
    for page in world.pages.values():
        for path in (f"{page.url}body/", f"{page.url}?body=1#x", page.url.rstrip("/")):
            assert NEEDLE not in read(Client().get(path)), path


def test_a_members_copy_of_their_data_holds_nothing_locked(
    world: World, member: User, tmp_path: Any
) -> None:
    workout = Workout.objects.get(uid=world.pages["workout"].translation_key)
    Favorite.objects.create(user=member, kind="workout", target=workout.uid)
    factories.session(user=member, at=timezone.now(), workout=workout)

    ask_for_export(user_id=member.pk, now=timezone.now())
    drain()

    with Export.objects.get(user=member).file.open() as file, zipfile.ZipFile(file) as archive:
        held = b"\n".join(archive.read(name) for name in archive.namelist())
    assert workout.title.encode() in held
    assert NEEDLE.encode() not in held
    assert all(NEEDLE not in str(letter.message()) for letter in mail.outbox)


def test_no_cache_holds_a_page_or_its_body(world: World) -> None:
    client = browser(entitled())
    for page in world.pages.values():
        client.get(page.url)

    # In memory there are names of pictures' sizes, and no text.
    for cache in caches.all(initialized_only=True):
        assert f"{NEEDLE}-body" not in str(getattr(cache, "_cache", ""))
    kept = Entry.objects.exclude(pickled=None).values_list("pickled", flat=True)
    assert not [value for value in kept if f"{NEEDLE}-body".encode() in bytes(value or b"")]


def test_no_preview_and_no_view_of_the_admin_is_open_to_members(world: World) -> None:
    page, client = world.pages["article"], browser(factories.member())
    ids = {
        "page_id": page.pk, "revision_id": page.latest_revision_id, "pk": page.pk,
        "image_id": world.image.pk, "document_id": world.document.pk,
    }  # fmt: skip
    inside = [route for route in routes() if route.path.startswith("cms/")]
    assert len(inside) > 200

    told = [
        route.path
        for route in inside
        if NEEDLE in read(client.get(address := route.address(**ids))).replace(address, "")
    ]

    assert told == []
