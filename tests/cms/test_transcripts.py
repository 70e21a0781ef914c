"""What is said in a film as a text, for the apps: by the film's own right, and no longer."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cms.media.models import Caption, Transcript
from fitness.accounts.models import User
from fitness.training.models import Video
from tests import factories
from tests.api.client import ApiClient
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db

VTT = "WEBVTT\n\n00:00.000 --> 00:04.000\nStand tall.\n"


def playback(user: User, video: Video) -> dict[str, str | None]:
    told: dict[str, str | None] = (
        ApiClient(user=user).post_json(f"/api/content/playback/{video.uid}").json()
    )
    return told


@pytest.fixture
def video(member: User) -> Video:
    """A film that ``member`` may watch."""
    made = factories.video()
    pages.workout_page(chosen=[made], access="premium")
    pages.give(member, "premium")
    return made


def test_it_is_read_as_an_editor_wrote_it(client: Client, member: User, video: Video) -> None:
    Caption.objects.create(video=video, language="en", label="English", text=VTT)
    Transcript.objects.create(video=video, text="Down and up. Überall.")

    answer = client.get(str(playback(member, video)["transcript_url"]))

    assert answer.content.decode() == "Down and up. Überall."
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"


def test_else_the_captions_say_it(client: Client, member: User, video: Video) -> None:
    Caption.objects.create(video=video, language="en", label="English", text=VTT)

    answer = client.get(str(playback(member, video)["transcript_url"]))

    assert answer.content.decode() == "Stand tall."


def test_where_nothing_is_said_there_is_no_address(member: User, video: Video) -> None:
    Transcript.objects.create(video=video, text="")

    assert playback(member, video)["transcript_url"] is None


def test_it_is_locked_as_the_film_is(client: Client, member: User, video: Video) -> None:
    Transcript.objects.create(video=video, text="Down and up.")
    address = str(playback(member, video)["transcript_url"])
    other = factories.video()
    Transcript.objects.create(video=other, text="Secret.")

    refused = playback(factories.member(), video)
    foreign = client.get(address.replace(str(video.uid), str(other.uid)))
    guessed = client.get(f"/media/private/9999999999.x/transcripts/{video.uid}.txt")
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=6)):
        late = client.get(address)

    assert "transcript_url" not in refused
    assert [answer.status_code for answer in (foreign, guessed, late)] == [403, 403, 403]


def test_a_sample_has_one_for_everybody(client: Client, visitor: ApiClient) -> None:
    film = factories.video()
    Transcript.objects.create(video=film, text="Down and up.")
    page = pages.workout_page(chosen=[film, factories.video()], samples=1, access="premium")

    sample, locked = visitor.get(f"/api/workouts/{page.translation_key}/videos").json()["results"]

    assert client.get(sample["playback"]["transcript_url"]).content == b"Down and up."
    assert locked["playback"] is None
