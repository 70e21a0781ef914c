"""Alternative text by the assistant: before a picture is uploaded, and where it is chosen."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.assistant.models import Suggestion
from cms.assistant.tasks import forget_left_suggestions
from config.devservices.openai import OpenAIStandIn
from tests import factories
from tests.cms import factories as pages
from tests.cms.test_assistant import ask
from tests.openai import openai, running_openai
from tests.queue import drain

__all__ = ["openai", "running_openai"]
pytestmark = pytest.mark.django_db(transaction=True)


def bytes_of_a_picture() -> bytes:
    with pages.image().file.open("rb") as file:
        content: bytes = file.read()
    return content


def send(client: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("picture.jpg", content, "image/jpeg")
    return client.post(reverse("assistant_ask"), {"kind": "alt_text", "picture": file})


def test_a_picture_is_described_before_it_is_uploaded(admin: Client, openai: OpenAIStandIn) -> None:
    asked = send(admin, bytes_of_a_picture())
    kept = Suggestion.objects.get()
    before = bool(kept.sent)
    drain()

    told = admin.get(asked.json()["url"]).json()

    kept.refresh_from_db()
    (question,) = openai.asked
    assert told["text"] == "Somebody lifts a kettlebell in front of a plain wall."
    assert question["input"][0]["content"][-1]["image_url"].startswith("data:image/jpeg;base64,")
    assert (before, kept.sent) == (True, None)


def test_what_is_no_picture_is_not_sent_on(admin: Client, openai: OpenAIStandIn) -> None:
    answer = send(admin, b"this is no picture")

    assert (answer.status_code, Suggestion.objects.exists()) == (400, False)
    assert "once it is uploaded" in answer.json()["trouble"]


def test_whoever_may_choose_a_picture_may_have_it_described(
    client: Client, openai: OpenAIStandIn
) -> None:
    image = pages.image()
    client.force_login(factories.trainer())
    trainers = ask(client, "alt_text", image)
    client.force_login(factories.member())

    members = ask(client, "alt_text", image)

    assert (trainers.status_code, members.status_code) == (202, 302)


def test_a_picture_that_nobody_waited_for_is_forgotten(
    admin: Client, openai: OpenAIStandIn
) -> None:
    send(admin, bytes_of_a_picture())
    Suggestion.objects.update(asked_at=timezone.now() - dt.timedelta(days=2))

    forget_left_suggestions.call()

    assert Suggestion.objects.get().sent is None
