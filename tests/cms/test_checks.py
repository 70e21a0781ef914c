"""What is looked at before a page is published, whoever publishes it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from cms.articles.models import ArticlePage
from cms.core.models import BasePage
from cms.media.models import Caption, Transcode
from tests import factories
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db


def text(html: str) -> dict[str, Any]:
    return {"type": "text", "value": html, "id": "11111111-1111-4111-8111-111111111111"}


def heading(words: str, level: str = "h2") -> dict[str, Any]:
    return {"type": "heading", "value": {"text": words, "level": level}}


def picture(image: Any, *, alt: str = "", decorative: bool = False) -> dict[str, Any]:
    shown = {"image": image.pk, "alt_text": alt, "decorative": decorative}
    return {"type": "image", "value": {"image": shown, "caption": ""}}


def article(*body: dict[str, Any], **fields: Any) -> ArticlePage:
    """An article that nothing is to be said about but what its body gives reason to."""
    words = {"search_description": "What it says.", "category": factories.category()}
    return pages.article_page(body=list(body), cover_image=pages.image(), **words | fields)


def errors(page: BasePage) -> list[str]:
    return [finding.message for finding in page.findings() if finding.severity == "error"]


def warnings(page: BasePage) -> list[str]:
    return [finding.message for finding in page.findings() if finding.severity == "warning"]


def test_of_a_page_that_is_well_nothing_is_said() -> None:
    shown = pages.image()
    goal = pages.article_page()
    page = article(
        heading("First"),
        heading("Within", "h3"),
        text(
            f'<p><a linktype="page" id="{goal.pk}">On</a> <a href="/plans">Plans</a>'
            f' <a href="{goal.url}">There</a> <a href="https://example.com">Far</a></p>'
        ),
        picture(shown, alt="A kettlebell"),
        picture(shown, decorative=True),
    )

    assert page.findings() == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ([heading("Within", "h3")], "Put a heading (a part) before a part of a part"),
        ([{"type": "step", "value": {"heading": "One", "text": "<p>Do.</p>"}}], "before the step"),
        ([text("<h1>Again</h1>")], "one first heading"),
        ([text("<h2>A</h2><h4>B</h4>")], "a level is skipped"),
        ([text('<p><a href="/plans"> </a></p>')], "A link has no words"),
        ([text('<p><a linktype="page" id="999999">On</a></p>')], "“On” leads to a page that is"),
        ([text('<p><a href="/articles/none/">On</a></p>')], "leads to /articles/none/, where"),
    ],
)  # fmt: skip
def test_what_leads_astray_is_an_error(body: list[dict[str, Any]], reason: str) -> None:
    (message,) = errors(article(*body))

    assert reason in message


def test_a_link_and_a_button_to_an_unpublished_page_are_errors() -> None:
    goal = pages.draft_workout(title="To come")
    button = {"heading": "On", "text": "", "label": "Go", "page": goal.pk, "url": ""}
    page = article(
        text(f'<p><a linktype="page" id="{goal.pk}">On</a></p>'),
        {"type": "call_to_action", "value": button},
    )

    assert errors(page) == [
        "The link “On” leads to “To come”, which is not published.",
        "The button leads to “To come”, which is not published.",
    ]


def test_a_button_whose_page_is_gone_is_an_error() -> None:
    button = {"heading": "On", "text": "", "label": "Go", "page": 999999, "url": ""}

    page = article({"type": "call_to_action", "value": button})

    assert errors(page) == ["The button leads nowhere: its page is gone."]


def test_a_picture_says_what_it_shows_or_that_it_decorates() -> None:
    wordless = pages.image(alt="  ")

    page = article(picture(wordless), social_image=wordless)

    fields = [(found.field, bool(found.block)) for found in page.findings()]
    assert fields == [("social_image", False), ("body", True)]
    assert "Say what the picture “Kettlebell” shows" in errors(page)[1]


def test_a_picture_within_a_step_is_looked_at_too() -> None:
    shown = {"image": pages.image().pk, "alt_text": "", "decorative": False}
    step = {"heading": "One", "text": "<p>Do.</p>", "image": shown}

    page = article(heading("First"), {"type": "step", "value": step})

    assert len(errors(page)) == 1


@pytest.mark.parametrize(
    ("has_sound", "told"), [(True, ["error"]), (None, ["warning"]), (False, [])]
)
def test_what_is_said_in_a_video_can_be_read(*, has_sound: bool | None, told: list[str]) -> None:
    video = factories.video()
    Transcode.objects.create(video=video, has_sound=has_sound)
    page = article({"type": "video", "value": video.pk})

    assert [found.severity for found in page.findings()] == told
    Caption.objects.create(video=video, language="en", label="English", text="WEBVTT")
    assert page.findings() == []


def test_the_videos_of_a_workout_and_a_tutorial_are_looked_at() -> None:
    video = factories.video()
    Transcode.objects.create(video=video, has_sound=True)
    workout = pages.workout_page(chosen=[video])
    tutorial = pages.tutorial_page(video=video)

    assert [found.field for found in workout.findings() if "captions" in found.message] == [
        "videos"
    ]
    assert [found.field for found in tutorial.findings() if "captions" in found.message] == [
        "video"
    ]


def test_what_could_be_better_is_a_warning() -> None:
    page = pages.workout_page()

    assert [found.field for found in page.findings()] == [
        "search_description",
        "social_image",
        "trainer",
    ]
    page.check_ready()


def test_a_page_takes_few_questions_however_long_it_is(django_assert_max_num_queries: Any) -> None:
    goals = [pages.article_page() for _ in range(3)]
    links = [text(f'<p><a linktype="page" id="{goal.pk}">On</a></p>') for goal in goals]
    films = [{"type": "video", "value": factories.video().pk} for _ in range(3)]
    page = ArticlePage.objects.get(pk=article(*links, *films, picture(pages.image())).pk)

    with django_assert_max_num_queries(8):
        page.findings()


def test_a_page_is_not_ready_with_an_error() -> None:
    page = article(text('<p><a linktype="page" id="999999">On</a></p>'))

    with pytest.raises(ValidationError, match="leads to a page that is gone"):
        page.check_ready()
