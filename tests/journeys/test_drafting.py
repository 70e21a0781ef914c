"""An editor's way from a draft to readers: a suggestion, a look through others' eyes, checks."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cms.articles.models import ArticlePage
from cms.assistant.models import Suggestion
from config.devservices.openai import OpenAIStandIn
from tests import factories
from tests.cms import factories as pages
from tests.database import add_what_migrations_add
from tests.openai import openai, running_openai
from tests.queue import drain

__all__ = ["openai", "running_openai"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DRAFTED = (
    "Twenty calm minutes that wake up hips and shoulders. Inside wait the order of the moves and"
    " the coach's cues for each."
)


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in")
    page.get_by_label("Email").fill(factories.editor().email)
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_have_count(0)


def work_off(page: Page) -> None:
    """What the queue does until the assistant has answered: other work may come before."""
    writing = page.get_by_text("The assistant writes. You can go on.")
    for _ in range(150):
        drain()
        if not writing.count():
            return
        page.wait_for_timeout(100)


def open_form(page: Page, address: str) -> None:
    """Go there, and give Wagtail the two seconds after which it looks for changes to save."""
    page.goto(address)
    page.wait_for_timeout(2500)


@pytest.fixture
def article() -> ArticlePage:
    """A live locked article whose newest draft has a picture without words."""
    made = pages.article_page(
        title="Breathing",
        access="premium",
        cover_image=pages.image(),
        body=pages.story(pages.CANARY),
    )
    shown = {"image": pages.image().pk, "alt_text": "", "decorative": False}
    made.body.append(("image", {"image": None, "caption": "Out"}))
    made.save_revision()
    revision = made.latest_revision
    body = json.loads(revision.content["body"])
    body[-1]["value"]["image"] = shown
    revision.content["body"] = json.dumps(body)
    revision.save()
    return made


def test_an_editor_takes_a_suggestion_looks_as_others_do_and_is_told_what_to_mend(
    live_server: LiveServer, page: Page, openai: OpenAIStandIn, article: ArticlePage
) -> None:
    add_what_migrations_add()
    page.set_viewport_size({"width": 1280, "height": 900})
    sign_in(page, live_server.url)
    open_form(page, f"{live_server.url}/cms/pages/{article.pk}/edit/")

    # The assistant's words wait beside the field until they are taken.
    page.get_by_role("button", name="Suggest a teaser").click()
    expect(page.get_by_role("status").get_by_text("The assistant writes")).to_be_visible()
    work_off(page)
    draft = page.get_by_label("Suggest a teaser: change it as you like")
    expect(draft).to_have_value(DRAFTED)
    expect(page.locator("#id_teaser")).to_have_value("What you will learn.")
    draft.fill(f"{DRAFTED} Read on.")
    page.get_by_role("button", name="Use this").click()
    expect(page.locator("#id_teaser")).to_have_value(f"{DRAFTED} Read on.")
    page.wait_for_timeout(2500)  # it is saved as a draft by itself

    article.refresh_from_db()
    assert article.teaser == "What you will learn."
    assert article.get_latest_revision_as_object().teaser == f"{DRAFTED} Read on."
    assert Suggestion.objects.get().answer is None

    # As a free member sees it, the gate stands there.
    page.get_by_role("button", name="Toggle preview").click()
    page.get_by_label("Preview mode").select_option("free")
    frame = page.frame_locator("#w-preview-iframe")
    expect(frame.get_by_text("As a free member sees it.")).to_be_visible()
    expect(frame.locator("#gate")).to_contain_text("Read on.")
    expect(frame.get_by_text(pages.CANARY)).to_have_count(0)

    # The checks name the picture, and lead to it.
    page.get_by_role("button", name="Toggle checks").click()
    words = "Say what the picture “Kettlebell” shows (alternative text), or mark it as decorative."
    finding = page.locator(".finding", has_text=words)
    expect(finding).to_be_visible()
    found = Axe().run(page, context={"include": [[".page-findings"]]})
    assert found.violations_count == 0, found.generate_report()
    finding.click()
    page.wait_for_timeout(300)
    assert page.evaluate("document.activeElement.closest('[data-contentpath]') !== null")

    # Publishing is refused with the same words.
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("could not be saved due to validation errors")).to_be_visible()
    expect(page.locator("main").get_by_text(words).first).to_be_visible()
    article.refresh_from_db()
    assert article.teaser == "What you will learn."


def test_an_outline_and_alternative_text_go_where_the_editor_wants_them(
    live_server: LiveServer, page: Page, openai: OpenAIStandIn
) -> None:
    add_what_migrations_add()
    tutorial, image = pages.tutorial_page(title="The squat", body=[]), pages.image()
    sign_in(page, live_server.url)

    open_form(page, f"{live_server.url}/cms/pages/{tutorial.pk}/edit/")
    page.get_by_role("button", name="Suggest an outline").click()
    work_off(page)
    page.get_by_role("button", name="Add to the story").click()
    expect(page.get_by_text("Clear a space as long as you are tall.")).to_be_visible()
    page.wait_for_timeout(2500)  # it is saved as a draft by itself
    tutorial.refresh_from_db()
    body = tutorial.get_latest_revision_as_object().body
    assert [child.block_type for child in body][:3] == ["heading", "step", "step"]
    assert len(tutorial.body) == 0

    page.goto(f"{live_server.url}/cms/images/{image.pk}/")
    openai.fail("busy")
    page.get_by_role("button", name="Suggest alternative text").click()
    work_off(page)
    expect(page.get_by_role("alert")).to_have_text("The assistant is busy. Try again in a minute.")
    page.get_by_role("button", name="Suggest alternative text").click()
    work_off(page)
    found = Axe().run(page, context={"include": [[".assist"]]})
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name="Dismiss").click()
    expect(page.locator("#id_description")).to_have_value("A red kettlebell")
