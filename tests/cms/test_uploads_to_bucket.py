"""Editors' large files go from the browser straight into the bucket, part by signed part."""

import base64
import datetime as dt
from typing import Any

import pytest
import requests
import time_machine
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cms.media.uploads import claim_upload
from cms.media.uploads.tasks import forget_left_over_uploads
from config.devservices.s3 import S3StandIn
from fitness.accounts.models import User
from tests import factories
from tests.buckets import running_s3, s3

__all__ = ["running_s3", "s3"]

pytestmark = pytest.mark.django_db

START = "/cms/uploads/"
PART = 5 * 2**20
FILM = b"\0\0\0\x18ftypmp42" + bytes(2 * PART + 100)


@pytest.fixture
def someone(client: Client, editor: User, s3: S3StandIn, settings: Settings) -> User:
    settings.UPLOAD_PART_BYTES = PART
    client.force_login(editor)
    return editor


def begin(client: Client, content: bytes = FILM) -> Any:
    head = base64.b64encode(FILM[:12]).decode()
    fields = {"name": "squat.mp4", "size": len(content), "head": head}
    return client.post(START, fields).json()


def send(client: Client, state: dict[str, Any], content: bytes = FILM, *, parts: int = 99) -> Any:
    while state["next"] and parts:
        start, parts = state["received"], parts - 1
        part = content[start : start + state["next"]["size"]]
        assert requests.put(state["next"]["url"], data=part, timeout=10).status_code == 200
        state = client.get(f"{START}{state['token']}/").json()
    return state


def finish(client: Client, state: dict[str, Any]) -> Any:
    return client.post(f"{START}{state['token']}/finish")


def everything(s3: S3StandIn) -> tuple[list[str], int]:
    """The objects of the bucket and how many uploads are under way in it."""
    name = storages["private"].bucket_name
    objects = s3.client.list_objects_v2(Bucket=name).get("Contents", [])
    going = s3.client.list_multipart_uploads(Bucket=name).get("Uploads", [])
    return [found["Key"] for found in objects], len(going)


def test_parts_go_to_the_bucket_and_become_one_object(client: Client, someone: User) -> None:
    state = send(client, begin(client))

    answers = [finish(client, state) for _ in range(2)]

    stored = claim_upload(token=state["token"], user_id=someone.pk)
    assert [answer.status_code for answer in answers] == [200, 200]
    found = requests.get(storages["private"].url(stored.name), timeout=10)
    assert (found.content == FILM, found.headers["Content-Type"]) == (True, "video/mp4")


def test_an_upload_cut_at_the_middle_goes_on(client: Client, someone: User) -> None:
    state = send(client, begin(client), parts=1)

    again = client.get(f"{START}{state['token']}/").json()
    requests.put(again["next"]["url"], data=FILM[PART : 2 * PART], timeout=10)
    twice = requests.put(again["next"]["url"], data=FILM[PART : 2 * PART], timeout=10)
    state = send(client, client.get(f"{START}{state['token']}/").json())

    assert (again["received"], twice.status_code) == (PART, 200)
    assert finish(client, state).status_code == 200


def test_an_address_takes_only_the_part_it_was_made_for(client: Client, someone: User) -> None:
    address = begin(client)["next"]["url"]

    longer = requests.put(address, data=FILM, timeout=10)
    elsewhere = requests.put(address.replace("partNumber=1", "partNumber=2"), data=b"", timeout=10)
    with time_machine.travel(timezone.now() - dt.timedelta(hours=2)):
        client.force_login(someone)
        ended = begin(client)["next"]["url"]
    late = requests.put(ended, data=FILM[:PART], timeout=10)

    assert [answer.status_code for answer in (longer, elsewhere, late)] == [403, 403, 403]


def test_what_is_not_whole_is_not_finished(client: Client, someone: User) -> None:
    state = send(client, begin(client), parts=2)

    assert finish(client, state).status_code == 409


def test_a_film_in_name_only_is_deleted(client: Client, someone: User, s3: S3StandIn) -> None:
    words = b"x" * len(FILM)

    answer = finish(client, send(client, begin(client, words), words))

    assert answer.status_code == 422
    assert everything(s3) == ([], 0)


def test_given_up_nothing_is_left_to_pay_for(client: Client, someone: User, s3: S3StandIn) -> None:
    state = send(client, begin(client), parts=1)

    answers = [client.delete(f"{START}{state['token']}/") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [204, 204]
    assert everything(s3) == ([], 0)
    assert client.get(f"{START}{state['token']}/").status_code == 410


def test_left_over_uploads_go_and_videos_stay(client: Client, someone: User, s3: S3StandIn) -> None:
    kept = send(client, begin(client))
    finish(client, kept)
    video = factories.video()
    video.file.name = claim_upload(token=kept["token"], user_id=someone.pk).name
    video.save()
    finish(client, send(client, begin(client)))
    send(client, begin(client), parts=1)
    before = everything(s3)

    with time_machine.travel(timezone.now() + dt.timedelta(hours=25, minutes=1)):
        s3.gate.clock = timezone.now
        forget_left_over_uploads.call()

    objects, going = everything(s3)
    assert (len(before[0]), before[1]) == (3, 1)
    assert (video.file.name in objects, len(objects), going) == (True, 2, 0)


def test_parts_sent_to_us_instead_are_refused(client: Client, someone: User) -> None:
    state = begin(client)

    answer = client.put(
        f"{START}{state['token']}/0", FILM[:PART], content_type="application/octet-stream"
    )

    assert answer.status_code == 410
