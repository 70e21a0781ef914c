"""What a story is made of: for readers, for the apps, and for editors who choose a part."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from cms.core.blocks import StoryBlock
from cms.core.blocks.acting import provider_of
from tests import factories
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db

STORY = StoryBlock()


def cleaned(kind: str, value: Any) -> Any:
    block = STORY.child_blocks[kind]
    return block.clean(block.to_python(value))


@pytest.mark.parametrize("kind", STORY.child_blocks)
def test_every_part_has_an_icon_a_description_and_a_preview(admin: Client, kind: str) -> None:
    block = STORY.child_blocks[kind]
    factories.video()
    factories.exercise()
    pages.image()

    answer = admin.get("/cms/block-preview/", {"id": block.definition_prefix})

    assert block.meta.description
    assert block.meta.icon != "placeholder"
    assert block.is_previewable
    assert answer.status_code in {200, 404}
    assert block.render(block.get_preview_value()).strip()


def test_a_call_to_action_leads_to_a_page_or_to_an_address() -> None:
    words = {"heading": "Go on", "label": "Go"}
    page = pages.article_page()

    assert cleaned("call_to_action", {**words, "page": page.pk}).href == page.url
    assert cleaned("call_to_action", {**words, "url": "https://example.com/"}).href
    for both in ({}, {"page": page.pk, "url": "https://example.com/"}):
        with pytest.raises(ValidationError):
            cleaned("call_to_action", {**words, **both})


def test_a_call_to_a_page_that_was_unpublished_is_not_shown(client: Client) -> None:
    target = pages.article_page()
    call = {"heading": "Go on", "text": "", "label": "Go", "page": target.pk, "url": ""}
    page = pages.landing_page(body=[{"type": "call_to_action", "value": call}])
    before = client.get(page.url).content.decode()

    target.unpublish()

    assert target.url in before
    assert "Go on" not in client.get(page.url).content.decode()


@pytest.mark.parametrize(
    ("address", "provider"),
    [
        ("https://www.youtube.com/watch?v=1", "YouTube"),
        ("https://vimeo.com/1", "Vimeo"),
        ("http://vimeo.com/1", ""),
        ("https://vimeo.com.evil.example/1", ""),
        ("https://evil.example/?vimeo.com", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_only_known_sites_are_linked(address: str, provider: str) -> None:
    assert provider_of(address) == provider


def test_a_part_from_elsewhere_asks_nothing_of_the_other_site(client: Client) -> None:
    value = {"url": "https://vimeo.com/1", "title": "A run"}

    html = client.get(pages.landing_page(body=[{"type": "embed", "value": value}]).url)

    text = html.content.decode()
    assert 'href="https://vimeo.com/1"' in text
    assert "<iframe" not in text
    with pytest.raises(ValidationError):
        cleaned("embed", {"url": "https://evil.example/1", "title": "A run"})


def test_the_apps_get_every_part_without_an_address_of_a_video() -> None:
    video = factories.video()
    stream = STORY.to_python(
        [
            {"type": "video", "value": video.pk},
            {"type": "embed", "value": {"url": "https://vimeo.com/1", "title": "A run"}},
            {"type": "step", "value": {"heading": "Stand", "text": "<p>Up.</p>"}},
            {"type": "table", "value": STORY.child_blocks["table"].get_prep_value(
                STORY.child_blocks["table"].get_preview_value())},
        ]
    )  # fmt: skip

    told = STORY.get_api_representation(stream)

    assert [part["type"] for part in told] == ["video", "embed", "step", "table"]
    assert told[0]["value"]["uid"] == str(video.uid)
    assert str(video.file.name) not in str(told)
    assert told[3]["value"]["caption"] == "How a month grows"


@pytest.mark.parametrize(
    ("number", "shown"), [(25, "25"), (12.5, "12.5"), (1_500_000, "1500000"), (0, "0"), (None, "")]
)
def test_a_number_in_a_table_is_written_as_somebody_would(number: float | None, shown: str) -> None:
    table = {
        "columns": [{"type": "number", "heading": "Minutes"}],
        "rows": [{"values": [number]}],
        "caption": "",
    }
    [block] = STORY.to_python([{"type": "table", "value": table}])

    assert f"<td>{shown}</td>" in block.render()
