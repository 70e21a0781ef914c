"""Editors' large files: sent in parts, gone on with after a cut, and cleaned up when forgotten."""

import base64
import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client

from cms.media.storage import PrivateFileStorage
from cms.media.uploads import claim_upload
from cms.media.uploads.disk import DiskPlace
from cms.media.uploads.services import start_upload, state_of, take_part
from cms.media.uploads.tickets import UploadGoneError, upload_of
from fitness.accounts.models import User
from fitness.training.models import Video
from tests import factories
from tests.cms import factories as pages
from tests.cms.uploading import (
    ADD_VIDEO,
    FILM,
    HEAD,
    PART,
    START,
    begin,
    finish,
    private_files,
    put,
    send,
    small_parts,
    someone,
)
from tests.queue import drain
from tests.threads import at_once

__all__ = ["small_parts", "someone"]

pytestmark = pytest.mark.django_db


def test_a_file_comes_in_parts_and_is_whole(client: Client, someone: User) -> None:
    state = send(client, begin(client).json())

    answer = finish(client, state)

    stored = claim_upload(token=state["token"], user_id=someone.pk)
    assert (answer.status_code, answer.json()["size"]) == (200, len(FILM))
    assert stored.size == len(FILM)
    with storages["private"].open(stored.name) as file:
        assert file.read() == FILM


def test_the_state_says_what_has_arrived_and_where_to_go_on(client: Client, someone: User) -> None:
    state = send(client, begin(client).json(), parts=2)

    answer = client.get(f"{START}{state['token']}/").json()

    assert (answer["received"], answer["size"]) == (2 * PART, len(FILM))
    assert answer["next"] == {"url": f"{START}{state['token']}/{2 * PART}", "size": PART}


def test_a_part_that_comes_twice_changes_nothing(client: Client, someone: User) -> None:
    state = begin(client).json()
    address = state["next"]["url"]

    answers = [put(client, address, FILM[:PART]).json() for _ in range(2)]
    finish(client, send(client, answers[1]))

    assert [answer["received"] for answer in answers] == [PART, PART]
    assert storages["private"].open(private_files()[0]).read() == FILM


def test_a_part_cut_at_the_middle_is_gone_on_with(client: Client, someone: User) -> None:
    state = begin(client).json()

    state = put(client, state["next"]["url"], FILM[:123]).json()
    state = send(client, state)

    assert finish(client, state).status_code == 200
    assert storages["private"].open(private_files()[0]).read() == FILM


class CutLine(io.BytesIO):
    """A connection that breaks after what it holds."""

    def read(self, size: int | None = -1, /) -> bytes:
        if chunk := super().read(size):
            return chunk
        raise OSError("cut")


def test_what_arrived_before_the_line_broke_stays(editor: User) -> None:
    state = start_upload(user_id=editor.pk, file_name="squat.mp4", size=len(FILM), head=HEAD)

    with pytest.raises(OSError, match="cut"):
        take_part(state.token, CutLine(FILM[:321]), user_id=editor.pk, offset=0)

    assert state_of(state.token, user_id=editor.pk).received == 321


def test_a_part_that_leaves_a_gap_is_refused(client: Client, someone: User) -> None:
    state = begin(client).json()

    answer = put(client, f"{START}{state['token']}/{PART}", FILM[PART : 2 * PART])

    assert (answer.status_code, answer.json()["code"]) == (409, "upload_incomplete")
    assert client.get(f"{START}{state['token']}/").json()["received"] == 0


def test_no_more_is_taken_than_was_announced(client: Client, someone: User) -> None:
    state = begin(client).json()

    answer = put(client, state["next"]["url"], FILM + b"more")

    assert answer.status_code == 409


def test_an_upload_that_is_not_whole_cannot_be_finished_or_saved(
    client: Client, someone: User
) -> None:
    state = send(client, begin(client).json(), parts=1)

    answer = finish(client, state)
    saved = client.post(
        ADD_VIDEO, {"title": "Squats", "description": "", "file-upload": state["token"]}
    )

    assert answer.status_code == 409
    assert "has not arrived whole" in saved.content.decode()
    assert not Video.objects.exists()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"name": "film.exe"}, "not allowed"),
        ({"name": "film"}, "not allowed"),
        ({"size": 0}, "empty"),
        ({"size": 10**12}, "too large"),
        ({"head": base64.b64encode(b"just words..").decode()}, "not a video"),
        ({"head": ""}, "not a video"),
    ],
)
def test_what_we_do_not_take_is_refused_before_it_is_sent(
    client: Client, someone: User, fields: dict[str, Any], reason: str
) -> None:
    answer = begin(client, **fields)

    assert answer.status_code == 422
    assert reason in answer.json()["detail"]
    assert private_files() == []


@pytest.mark.parametrize("fields", [{"size": "much"}, {"size": -1}, {"name": ""}, {"head": "%"}])
def test_nonsense_is_refused(client: Client, someone: User, fields: dict[str, Any]) -> None:
    assert begin(client, **fields).status_code == 400


def test_a_film_in_name_only_is_thrown_away_in_the_end(client: Client, someone: User) -> None:
    state = send(client, begin(client).json(), b"x" * len(FILM))

    answer = finish(client, state)

    assert (answer.status_code, answer.json()["code"]) == (422, "upload_refused")
    assert private_files() == []


@pytest.mark.parametrize("name", ["../../etc/passwd.mp4", "a/b\\c.mp4", "ä" * 200 + ".mp4", ".mp4"])
def test_odd_names_stay_in_their_folder(client: Client, someone: User, name: str) -> None:
    answer = begin(client, name=name)

    assert answer.status_code in {201, 422}
    assert all(path.startswith("uploads/") for path in private_files())


def test_visitors_and_members_may_not_upload(client: Client, member: User) -> None:
    visitor = begin(client)
    client.force_login(member)
    signed_in = begin(client)

    assert visitor.status_code == 302
    assert signed_in.status_code in {302, 403}
    assert private_files() == []


def test_an_upload_needs_the_token_of_the_page(someone: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(someone)
    state = start_upload(user_id=someone.pk, file_name="squat.mp4", size=len(FILM), head=HEAD)
    assert state.next

    assert begin(strict).status_code == 403
    assert put(strict, state.next.url, FILM[:PART]).status_code == 403
    assert state_of(state.token, user_id=someone.pk).received == 0


def test_an_upload_is_its_editors_own(client: Client, someone: User) -> None:
    other = factories.editor()
    mine = start_upload(user_id=other.pk, file_name="squat.mp4", size=len(FILM), head=HEAD)
    assert mine.next

    answers = [
        client.get(f"{START}{mine.token}/"),
        put(client, mine.next.url, FILM[:PART]),
        client.post(f"{START}{mine.token}/finish"),
        client.delete(f"{START}{mine.token}/"),
        client.get(f"{START}{mine.token[:-1]}x/"),
    ]

    assert [answer.status_code for answer in answers] == [410] * 5
    with pytest.raises(UploadGoneError):
        claim_upload(token=mine.token, user_id=someone.pk)


def test_an_upload_that_is_given_up_is_gone(client: Client, someone: User) -> None:
    state = send(client, begin(client).json(), parts=2)

    answers = [client.delete(f"{START}{state['token']}/") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [204, 204]
    assert private_files() == []
    assert client.get(f"{START}{state['token']}/").status_code == 410


def test_the_form_makes_a_video_of_the_upload(
    client: Client, someone: User, tmp_path: Path
) -> None:
    film = pages.clip(tmp_path / "squat.mp4").read_bytes()
    state = send(client, begin(client, film).json(), film)
    finish(client, state)

    answer = client.post(
        ADD_VIDEO, {"title": "Squats", "description": "", "file-upload": state["token"]}
    )

    assert answer.status_code == 302
    video = Video.objects.get()
    assert (video.duration_seconds, video.size_bytes) == (2, len(film))
    assert video.file.read() == film
    drain()
    video.refresh_from_db()
    assert video.poster
    assert video.hls


def test_a_form_with_another_mistake_keeps_the_upload(
    client: Client, someone: User, tmp_path: Path
) -> None:
    film = pages.clip(tmp_path / "squat.mp4").read_bytes()
    state = send(client, begin(client, film).json(), film)
    finish(client, state)

    answer = client.post(ADD_VIDEO, {"title": "", "file-upload": state["token"]})

    html = answer.content.decode()
    assert f'name="file-upload" value="{state["token"]}"' in html
    assert "has been uploaded" in html


def test_many_connections_with_the_same_part_write_it_once(editor: User) -> None:
    content = HEAD + os.urandom(3_000_000)
    state = start_upload(user_id=editor.pk, file_name="squat.mp4", size=len(content), head=HEAD)

    uploaded = upload_of(state.token, user_id=editor.pk)
    place = DiskPlace(PrivateFileStorage())

    at_once(lambda number: place.write(uploaded, io.BytesIO(content), offset=0))

    assert place.received(uploaded) == len(content)
    assert Path(storages["private"].path(f"{uploaded.name}.part")).read_bytes() == content
