"""Searching in a real browser: with the keyboard alone, without scripts, and for everybody."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import factories
from tests.cms import factories as pages
from tests.database import add_what_migrations_add
from tests.journeys.test_pages import check

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """A few things with like names."""
    add_what_migrations_add()
    shelf = factories.category(name="Strength", slug="strength", hue=30)
    coach = pages.trainer_page(title="Ines Ribeiro", cover_image=pages.image())
    words = {
        "introduction": "Swing, clean and press one kettlebell for a strong back and warm lungs.",
        "cover_image": pages.image(),
        "category": shelf,
        "trainer": coach,
    }
    pages.workout_page(title="Kettlebell flow", slug="flow", videos=2, **words)
    pages.workout_page(title="Kettlebell ladder", access="premium", videos=1, **words)
    pages.article_page(
        title="How heavy should a first kettlebell be? A long answer to a short question",
        cover_image=pages.image(),
    )
    pages.tutorial_page(title="The kettlebell swing", access="member")
    factories.exercise(name="Kettlebell swing", summary="A hinge, not a squat.")
    return live_server.url


def test_typing_proposes_names_that_the_keyboard_can_choose(site: str, page: Page) -> None:
    page.goto(site)
    page.get_by_role("link", name="Search", exact=True).click()
    field = page.get_by_role("combobox", name="What are you looking for?")

    field.press_sequentially("kettlebel fl", delay=30)
    expect(page.get_by_role("option", name="Kettlebell flow")).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press_sequentially("o")
    expect(page.get_by_role("option", name="Kettlebell flow")).to_be_visible()
    field.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Kettlebell flow")
    field.press("Enter")

    expect(page).to_have_url(f"{site}/workouts/flow/")


def test_a_mistyped_search_finds_and_filters_narrow_it_down(site: str, page: Page) -> None:
    page.goto(f"{site}/search")
    page.get_by_role("combobox").fill("ketlebell")
    page.get_by_role("combobox").press("Enter")

    expect(page.get_by_text("Nothing is called “ketlebell”")).to_be_visible()
    page.get_by_role("link", name="Articles 1").click()

    expect(page.get_by_role("heading", name="1 result")).to_be_visible()
    expect(page).to_have_url(f"{site}/search?q=ketlebell&kind=article")
    page.go_back()
    expect(page.get_by_role("heading", name="5 results")).to_be_visible()


def test_search_works_without_scripts(site: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/search")

    page.get_by_label("What are you looking for?").fill("kettlebell")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Workouts 2").click()

    expect(page.get_by_role("heading", name="2 results")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_search_is_accessible(site: str, page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})

    for path in ("/search", "/search?q=ketlebell", "/search?q=zeppelin"):
        page.goto(f"{site}{path}")
        check(page, path)
    page.get_by_role("combobox").fill("kettle")
    expect(page.get_by_role("option").first).to_be_visible()
    check(page, "proposals")
