"""Uploads that nobody goes on with."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone

from cms.media.models import Transcode
from cms.media.uploads import claim_upload
from cms.media.uploads.tasks import forget_left_over_uploads
from fitness.accounts.models import User
from fitness.training.models import Video
from tests import factories
from tests.cms import factories as pages
from tests.cms.uploading import (
    ADD_VIDEO,
    START,
    begin,
    finish,
    private_files,
    send,
    small_parts,
    someone,
)

__all__ = ["small_parts", "someone"]

pytestmark = pytest.mark.django_db


def test_giving_up_takes_no_file_from_a_video(
    client: Client, someone: User, tmp_path: Path
) -> None:
    film = pages.clip(tmp_path / "squat.mp4").read_bytes()
    state = send(client, begin(client, film).json(), film)
    finish(client, state)
    client.post(ADD_VIDEO, {"title": "Squats", "description": "", "file-upload": state["token"]})

    client.delete(f"{START}{state['token']}/")

    assert Video.objects.get().file.read() == film


def test_what_is_left_over_for_a_day_is_deleted(
    client: Client, someone: User, tmp_path: Path
) -> None:
    film = pages.clip(tmp_path / "squat.mp4").read_bytes()
    saved = send(client, begin(client, film).json(), film)
    finish(client, saved)
    client.post(ADD_VIDEO, {"title": "Squats", "description": "", "file-upload": saved["token"]})
    never_saved = send(client, begin(client).json())
    finish(client, never_saved)
    cut = send(client, begin(client).json(), parts=2)

    forget_left_over_uploads.call()
    kept = len(private_files())
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25, minutes=1)):
        forget_left_over_uploads.call()
        forget_left_over_uploads.call()

    assert kept == 3
    assert private_files() == [str(Video.objects.get().file.name)]
    assert client.get(f"{START}{cut['token']}/").status_code == 410


def test_the_file_that_a_refused_one_would_give_back_is_kept(client: Client, someone: User) -> None:
    state = send(client, begin(client).json())
    finish(client, state)
    before = claim_upload(token=state["token"], user_id=someone.pk).name
    Transcode.objects.create(video=factories.video(), replaced=before)

    with time_machine.travel(timezone.now() + dt.timedelta(hours=25, minutes=1)):
        forget_left_over_uploads.call()

    assert storages["private"].exists(before)


def test_after_a_day_an_upload_cannot_be_gone_on_with(client: Client, someone: User) -> None:
    state = begin(client).json()

    with time_machine.travel(timezone.now() + dt.timedelta(hours=24, minutes=1)):
        client.force_login(someone)
        answer = client.get(f"{START}{state['token']}/")

    assert answer.status_code == 410
