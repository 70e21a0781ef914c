"""Captions on the page of a video."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.media.models import Caption
from tests import factories
from tests.cms.video_form import ENGLISH, captions, english, save

pytestmark = pytest.mark.django_db


def test_captions_are_typed_in(admin: Client) -> None:
    video = factories.video()

    answer = save(admin, video, **captions(english()))

    assert answer.status_code == 302
    kept = Caption.objects.get(video=video)
    assert (kept.language, kept.label, kept.text) == ("en", "English", ENGLISH)


@pytest.mark.parametrize(
    "content",
    [
        ENGLISH.encode(),
        b"\xef\xbb\xbf" + ENGLISH.replace("\n", "\r\n").encode(),
        b"1\n00:00:01,000 --> 00:00:02,000\nStand tall.\n",
    ],
)
def test_captions_are_read_from_a_file_of_either_kind(admin: Client, content: bytes) -> None:
    video = factories.video()
    file = SimpleUploadedFile("captions.vtt", content)

    save(admin, video, **captions(english(text="", upload=file)))

    text = Caption.objects.get(video=video).text
    assert text.replace("00:00:0", "00:0") == ENGLISH


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Stand tall.", "Line 1: captions begin with the word WEBVTT"),
        ("WEBVTT\n\n00:01.000 -> 00:02.000\nStand", "Line 3: “00:01.000 -&gt; 00:02.000”"),
        ("WEBVTT\n\n00:01 --> 00:02\nStand", "Line 3: “00:01 --&gt; 00:02” is no time span"),
        ("WEBVTT\n\n00:03.000 --> 00:02.000\nStand", "Line 3: the caption ends before it starts"),
        ("WEBVTT\n", "There is no caption in it"),
        ("", "Write the captions here, or choose a file"),
    ],
)
def test_captions_that_a_player_would_not_show_are_refused_with_the_line(
    admin: Client, text: str, told: str
) -> None:
    video = factories.video()

    answer = save(admin, video, **captions(english(text=text)))

    html = answer.content.decode()
    assert answer.status_code == 200
    assert told in html
    assert 'value="English"' in html  # what was typed is not lost
    assert not Caption.objects.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [("Straße".encode("latin-1"), "not saved as UTF-8"), (b" " * 1_100_000, "larger than 1 MB")],
)
def test_a_file_that_holds_no_captions_is_refused(admin: Client, content: bytes, told: str) -> None:
    video = factories.video()
    file = SimpleUploadedFile("captions.vtt", content)

    answer = save(admin, video, **captions(english(text="", upload=file)))

    assert told in answer.content.decode()


def test_a_language_stands_once(admin: Client) -> None:
    video = factories.video()

    answer = save(admin, video, **captions(english(), english(label="Again")))

    assert answer.status_code == 200
    assert "duplicate" in answer.content.decode()


def test_captions_are_changed_and_taken_away(admin: Client) -> None:
    video = factories.video()
    save(admin, video, **captions(english(), english(language="de", label="Deutsch")))
    german, kept = Caption.objects.order_by("language")

    save(
        admin,
        video,
        **captions(
            english(id=german.pk, DELETE="on"), english(id=kept.pk, label="English (US)"), kept=2
        ),
    )

    assert list(Caption.objects.values_list("language", "label")) == [("en", "English (US)")]


def test_a_form_that_knows_no_captions_leaves_them_alone(admin: Client) -> None:
    video = factories.video()
    save(admin, video, **captions(english()))

    save(admin, video)

    assert Caption.objects.count() == 1
