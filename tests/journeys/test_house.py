"""Editors in a browser: two at once, many pages, pictures without words, and blocks to choose."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from cms.articles.models import ArticlePage
from cms.core.blocks import StoryBlock
from cms.dashboard import bulk_actions
from cms.dashboard.bulk_changes import go_on
from cms.dashboard.models import BulkChange
from config.devservices.openai import OpenAIStandIn
from tests import factories
from tests.cms import factories as pages
from tests.cms.test_assistant_pictures import bytes_of_a_picture
from tests.database import add_what_migrations_add
from tests.journeys.test_drafting import open_form, sign_in, work_off
from tests.openai import openai, running_openai
from tests.queue import drain

__all__ = ["openai", "running_openai"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Somebody lifts a kettlebell in front of a plain wall."


@pytest.fixture
def article() -> ArticlePage:
    add_what_migrations_add()
    return pages.article_page(title="Breathing", cover_image=pages.image())


def no_faults(page: Page, part: str) -> None:
    found = Axe().run(page, context={"include": [[part]]})
    assert found.violations_count == 0, found.generate_report()


def test_the_second_of_two_editors_loses_nothing_they_typed(
    live_server: LiveServer, page: Page, browser: Browser, article: ArticlePage
) -> None:
    address = f"{live_server.url}/cms/pages/{article.pk}/edit/"
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    second = context.new_page()
    for window in (page, second):
        sign_in(window, live_server.url)
        open_form(window, address)

    page.locator("#id_introduction").fill("The first was here.")
    page.wait_for_timeout(2500)  # it is saved as a draft by itself
    second.locator("#id_introduction").fill("The second types for long.")
    notice = second.get_by_role("alert").filter(has_text="saved a new version")
    expect(notice).to_be_visible()

    # Their words are there to be copied, and nothing was overwritten.
    expect(notice.get_by_label("What you typed")).to_have_value(
        "Introduction\nThe second types for long."
    )
    notice.get_by_role("button", name="Copy what you typed").click()
    expect(notice.get_by_role("button", name="Copied")).to_be_visible()
    assert "The second types" in second.evaluate("navigator.clipboard.readText()")
    no_faults(second, ".conflict")
    draft = ArticlePage.objects.get().get_latest_revision_as_object()
    assert draft.introduction == "The first was here."

    # The newest version opens beside it, and the form keeps what was typed.
    with context.expect_page() as opened:
        notice.get_by_role("link", name="Open the newest version").click()
    expect(opened.value.locator("#id_introduction")).to_have_value("The first was here.")
    expect(second.locator("#id_introduction")).to_have_value("The second types for long.")
    context.close()


def test_a_change_of_many_pages_is_watched_and_found_again(
    live_server: LiveServer, page: Page, article: ArticlePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk_actions, "AT_ONCE", 2)
    category = factories.category()
    chosen = [pages.draft_workout(category=category, videos=0) for _ in range(5)]
    drain()
    sign_in(page, live_server.url)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "set_tier"])

    page.goto(f"{live_server.url}{url}?" + "&".join(f"id={each.pk}" for each in chosen))
    page.get_by_label("Premium", exact=True).check()
    page.get_by_role("button", name="Set tier").click()
    expect(page.get_by_text("0 of 5")).to_be_visible()
    no_faults(page, ".bulk-change")
    chosen[0].delete()
    page.goto(f"{live_server.url}/cms/")
    page.get_by_role("link", name="Set tier: Premium").click()
    expect(page.get_by_text("0 of 5")).to_be_visible()

    go_on.call(BulkChange.objects.get().pk)  # beside the open page, as the queue does

    expect(page.get_by_text("5 of 5")).to_be_visible()
    expect(page.get_by_text("4 changed, 1 left as it was.")).to_be_visible()
    expect(page.get_by_text("It was deleted.")).to_be_visible()
    no_faults(page, ".bulk-change")


def test_pictures_get_their_words_where_they_lack_them(
    live_server: LiveServer,
    page: Page,
    openai: OpenAIStandIn,
    article: ArticlePage,
    tmp_path: object,
) -> None:
    pages.image()
    sign_in(page, live_server.url)
    open_form(page, f"{live_server.url}/cms/pages/{article.pk}/edit/")

    # In the chooser's form, before the picture is uploaded.
    page.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name="Picture").click()
    page.get_by_role("button", name="Choose an image").last.click()
    page.get_by_role("tab", name="Upload").click()
    page.locator("#id_image-chooser-upload-file").set_input_files(
        {"name": "red.png", "mimeType": "image/png", "buffer": bytes_of_a_picture()}
    )
    modal = page.locator(".modal")
    modal.get_by_role("button", name="Suggest alternative text").click()
    work_off(page)
    modal.get_by_role("button", name="Use this").click()
    expect(page.locator("#id_image-chooser-upload-description")).to_have_value(WORDS)
    page.locator("#id_image-chooser-upload-title").fill("Red")
    modal.get_by_role("button", name="Upload").last.click()
    duplicate = page.get_by_role("link", name="Use new image").or_(
        page.get_by_role("button", name="Use new image")
    )
    picture = page.locator('input[name^="body-"][name$="-image"]').last
    for _ in range(100):
        if picture.input_value():
            break
        if duplicate.count():
            duplicate.first.click()
        page.wait_for_timeout(200)
    expect(picture).not_to_have_value("")

    # In the story, where a picture has none.
    words = page.locator('[name$="-alt_text"]').last
    words.fill("")
    page.get_by_role("button", name="Suggest alternative text").last.click()
    work_off(page)
    page.get_by_role("button", name="Use this").click()
    expect(words).to_have_value(WORDS)
    expect(page.get_by_role("button", name="Suggest alternative text")).to_have_count(0)


@pytest.mark.parametrize("is_empty", [True, False])
def test_each_block_shows_what_it_will_look_like(
    live_server: LiveServer, page: Page, *, is_empty: bool
) -> None:
    add_what_migrations_add()
    pages.home()
    if not is_empty:
        pages.image()
        factories.exercise()
        factories.video()
    sign_in(page, live_server.url)
    story = ArticlePage._meta.get_field("body").stream_block  # noqa: SLF001
    assert story.child_blocks.keys() == StoryBlock().child_blocks.keys()

    for name, block in story.child_blocks.items():
        url = (
            f"{live_server.url}{reverse('wagtailadmin_block_preview')}?id={block.definition_prefix}"
        )
        page.goto(url)
        nothing = page.get_by_text("Nothing of this kind is in the house yet.")
        lacks = is_empty and name in {"image", "exercise", "video"}
        expect(nothing).to_be_visible(visible=lacks)
        no_faults(page, "body")


def test_a_new_page_says_when_checks_and_assistant_begin(
    live_server: LiveServer, page: Page, article: ArticlePage
) -> None:
    sign_in(page, live_server.url)
    parent = article.get_parent().pk
    page.goto(f"{live_server.url}/cms/pages/add/articles/articlepage/{parent}/")

    page.get_by_role("button", name="Toggle checks").click()

    expect(page.get_by_text("Save the draft once: then its checks stand here")).to_be_visible()
