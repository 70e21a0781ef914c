"""Export, consent and the end of an account, as a phone meets them."""

import csv
import datetime as dt
import io
import json
import tempfile
import tracemalloc
import zipfile
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone
from PIL import Image

from fitness.accounts.avatars import set_avatar
from fitness.accounts.models import User
from fitness.body.models import Weight
from fitness.privacy.archive import Archive
from fitness.privacy.models import Consent, Export
from fitness.privacy.selectors import may_process_health
from fitness.privacy.services import exports
from fitness.privacy.services.exports import build_export
from fitness.privacy.tasks import forget_old_exports
from fitness.streaks.models import PointEntry
from tests import factories
from tests.api.client import ApiClient
from tests.queue import drain

pytestmark = pytest.mark.django_db
EXPORT, CONSENTS = "/api/users/export", "/api/users/consents"


def fetched(api: ApiClient) -> zipfile.ZipFile:
    told = api.get(EXPORT).json()
    answer = Client().get(told["url"])
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def table(archive: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(archive.read(f"json/{name}.json"))
    return rows


# Export -------------------------------------------------------------------------------------
def test_an_export_is_built_in_the_background_and_fetched_by_a_signed_address(
    api: ApiClient, member: User
) -> None:
    factories.session(user=member, at=timezone.now() - dt.timedelta(hours=2), note="Legs, =2+2")

    asked = api.post_json(EXPORT)
    waiting = api.get(EXPORT).json()
    drain()
    ready = api.get(EXPORT).json()

    assert (asked.status_code, waiting["state"], waiting["url"]) == (202, "waiting", None)
    assert (ready["state"], ready["percent"]) == ("ready", 100)
    archive = fetched(api)
    assert table(archive, "training_workoutlog")[0]["note"] == "Legs, =2+2"
    assert table(archive, "accounts_user")[0]["email"] == member.email
    assert "password" not in table(archive, "accounts_user")[0]
    assert "Workout logs" in archive.read("README.txt").decode()
    sheet = csv.DictReader(io.StringIO(archive.read("csv/training_workoutlog.csv").decode()))
    assert next(sheet)["note"] == "Legs, =2+2"


def test_the_member_is_told_by_mail_when_the_export_is_ready(api: ApiClient) -> None:
    api.post_json(EXPORT)

    drain()

    assert "/settings/privacy" in mail.outbox[0].body
    assert "media/" not in mail.outbox[0].body


def test_a_second_wish_gets_the_export_that_runs_or_is_fresh(api: ApiClient) -> None:
    first = api.post_json(EXPORT).json()["id"]
    running = api.post_json(EXPORT).json()["id"]
    drain()
    fresh = api.post_json(EXPORT).json()["id"]
    with time_machine.travel(timezone.now() + dt.timedelta(days=1, minutes=1), tick=True):
        later = exports.ask_for_export(user_id=Export.objects.get().user_id, now=timezone.now())

    assert first == running == fresh != str(later.uid)


def test_the_picture_and_the_body_are_in_the_copy(api: ApiClient, member: User) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (600, 600), "yellow").save(picture, "PNG")
    set_avatar(user_id=member.pk, sent=picture.getvalue())
    Weight.objects.create(
        user=member,
        client_id=member.uid,
        weight_kg=71,
        occurred_at=factories.JOINED,
        time_zone="UTC",
        local_day=factories.JOINED.date(),
    )

    api.post_json(EXPORT)
    drain()

    archive = fetched(api)
    assert [name for name in archive.namelist() if name.endswith("-512.webp")]
    assert table(archive, "body_weight")[0]["weight_kg"] == "71.00"


def test_nobody_finds_an_export_before_asking_for_one(api: ApiClient) -> None:
    assert api.get(EXPORT).status_code == 404


def test_an_export_holds_nothing_of_another_member(api: ApiClient, member: User) -> None:
    other = factories.member(alias="Canary", name="Canary Bird")
    at = timezone.now() - dt.timedelta(hours=2)
    for user, note in ((member, "mine"), (other, "canary in a mine")):
        factories.session(user=user, at=at, note=note)

    api.post_json(EXPORT)
    drain()

    archive = fetched(api)
    everything = b"\n".join(archive.read(name) for name in archive.namelist()).lower()
    assert b"mine" in everything
    for word in ("canary", other.email, str(other.uid)):
        assert word.lower().encode() not in everything


def test_the_address_of_an_export_ends(api: ApiClient) -> None:
    api.post_json(EXPORT)
    drain()
    url = api.get(EXPORT).json()["url"]

    with time_machine.travel(timezone.now() + dt.timedelta(minutes=6), tick=False):
        answer = Client().get(url)

    assert answer.status_code == 403


def test_an_export_goes_after_a_week_with_its_file(api: ApiClient) -> None:
    api.post_json(EXPORT)
    drain()
    kept = Export.objects.get().file

    with time_machine.travel(timezone.now() + dt.timedelta(days=7, minutes=1), tick=False):
        forget_old_exports.call()

    assert not Export.objects.exists()
    assert not kept.storage.exists(str(kept.name))


def test_a_worker_that_dies_half_way_leaves_one_result(api: ApiClient, member: User) -> None:
    api.post_json(EXPORT)
    export = Export.objects.get()
    storage = export.file.storage
    storage.save(f"exports/{export.uid.hex}/fitcore-data.zip", io.BytesIO(b"half"))
    Export.objects.update(state="building", rows_done=3)

    drain()
    build_export.call(str(export.uid))

    assert Export.objects.get().state == "ready"
    assert storage.listdir(f"exports/{export.uid.hex}")[1] == ["fitcore-data.zip"]
    assert len(mail.outbox) == 1
    assert table(fetched(api), "accounts_user")


@pytest.mark.slow
def test_a_hundred_thousand_rows_pass_through_little_memory(member: User) -> None:
    PointEntry.objects.bulk_create(
        (
            PointEntry(
                user=member,
                rule="workout",
                source=str(number),
                local_day=dt.date(2026, 1, 1),
                points=1,
                occurred_at=factories.JOINED,
            )
            for number in range(100_000)
        ),
        batch_size=5000,
    )
    archive = Archive(user_id=member.pk, now=timezone.now())
    total = archive.count_rows()

    with tempfile.TemporaryFile() as built:
        tracemalloc.start()
        told = list(archive.write_to(built))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        rows = zipfile.ZipFile(built).read("json/streaks_pointentry.json").count(b"\n")

    assert most < 8_000_000
    assert rows == 100_002
    assert told == sorted(told)
    assert told[-1] == total


# Consent ------------------------------------------------------------------------------------
def test_health_data_is_used_from_the_consent_until_it_is_withdrawn(
    api: ApiClient, member: User
) -> None:
    before = may_process_health(member.pk)
    version = api.get(CONSENTS).json()["consents"][1]["version"]

    given = api.put_json(CONSENTS, {"kind": "health", "is_given": True, "version": version})
    during = may_process_health(member.pk)
    taken = api.put_json(CONSENTS, {"kind": "health", "is_given": False})

    assert (given.status_code, taken.status_code) == (200, 200)
    assert (before, during, may_process_health(member.pk)) == (False, True, False)
    assert [said.is_given for said in Consent.objects.order_by("pk")] == [True, False]


def test_saying_the_same_again_adds_no_line(api: ApiClient) -> None:
    told = {"kind": "marketing", "is_given": True, "version": "2026-11"}

    for _ in range(3):
        api.put_json(CONSENTS, told)

    assert Consent.objects.count() == 1


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({"kind": "health", "is_given": True, "version": "1999-01"}, 409),
        ({"kind": "health", "is_given": True}, 409),
        ({"kind": "terms", "is_given": False}, 422),
        ({"kind": "soul", "is_given": True}, 400),
        ({"kind": "health"}, 400),
        ({"kind": "health", "is_given": "perhaps", "version": "x"}, 400),
        ({"kind": "health", "is_given": True, "version": "\x00"}, 400),
        ([], 400),
    ],
)
def test_what_is_no_answer_to_a_text_is_refused(api: ApiClient, told: Any, status: int) -> None:
    assert api.put_json(CONSENTS, told).status_code == status
    assert not Consent.objects.exists()


# The end ------------------------------------------------------------------------------------


def test_visitors_have_nothing_to_export_agree_to_or_close(visitor: ApiClient) -> None:
    answers = [
        visitor.get(EXPORT),
        visitor.post_json(EXPORT),
        visitor.get(CONSENTS),
        visitor.put_json(CONSENTS, {}),
        visitor.send("DELETE", "/api/users/me", {}),
    ]

    assert {answer.status_code for answer in answers} == {401}
