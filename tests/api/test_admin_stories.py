"""The story of a page, as an admin client writes it."""

import uuid
from typing import Any

import pytest

from cms.workouts.models import WorkoutPage
from tests import factories
from tests.api.client import ApiClient
from tests.api.test_admin_workouts import PATH, phone, pointers, whole

__all__ = ["phone"]

pytestmark = pytest.mark.django_db


def test_rich_text_keeps_what_the_toolbar_has_and_nothing_else(phone: ApiClient) -> None:
    wild = (
        '<p onclick="x()">Plain <b>bold</b> <script>alert(1)</script>'
        '<img src="x" onerror="y()"><a href="javascript:alert(2)">here</a></p>'
    )
    body = [
        {"type": "text", "value": wild},
        {"type": "tip", "value": {"heading": "A", "text": wild}},
        {"type": "faq", "value": {"heading": "B", "questions": [
            {"question": "C", "answer": wild}]}},
    ]  # fmt: skip

    answer = phone.post_json(PATH, whole(body=body))

    kept = str(answer.json()["body"])
    assert answer.status_code == 201, answer.content
    assert "<b>bold</b>" in kept
    for harm in ("onclick", "<script", "onerror", "javascript:", "<img"):
        assert harm not in kept


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ([{"type": "spell", "value": "x"}], "/body/0/type"),
        ([{"type": "text"}], "/body/0/value"),
        (["text"], "/body/0/type"),
        ([{"type": "heading", "value": {"text": "", "level": "h2"}}], "/body/0/value/text"),
        ([{"type": "heading", "value": {"text": "A", "level": "h9"}}], "/body/0/value/level"),
        ([{"type": "heading", "value": 7}], "/body"),
        ([{"type": "video", "value": 999_999}], "/body/0/value"),
        ([{"type": "embed", "value": {"url": "https://evil.example/", "title": "A"}}],
         "/body/0/value/url"),
        ([{"type": "text", "value": ["a"]}], "/body"),
        ([{"type": "table", "value": {"columns": [{"type": "x"}], "rows": []}}], "/body"),
        ([{"type": "faq", "value": {"questions": 7}}], "/body"),
    ],
)  # fmt: skip
def test_a_wrong_block_is_pointed_at(phone: ApiClient, body: Any, pointer: str) -> None:
    answer = phone.post_json(PATH, whole(body=body))

    assert pointer in pointers(answer)
    assert not WorkoutPage.objects.exists()


def test_wrong_places_are_pointed_at(phone: ApiClient) -> None:
    video, exercise = str(factories.video().uid), str(factories.exercise().uid)

    twice = phone.post_json(PATH, whole(videos=[{"video": video}, {"video": video}]))
    neither = phone.post_json(PATH, whole(exercises=[{"exercise": exercise}]))
    unknown = phone.post_json(PATH, whole(videos=[{"video": str(uuid.uuid4())}]))

    assert "/videos" in pointers(twice)
    assert "/exercises/0/reps" in pointers(neither)
    assert "/videos/0/video" in pointers(unknown)
