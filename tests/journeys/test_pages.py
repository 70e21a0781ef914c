"""Pages in a real browser: nothing breaks the content policy, and axe finds nothing to mend."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import factories
from tests.cms import factories as pages
from tests.commerce import goods
from tests.database import add_what_migrations_add

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """A small site with one of each."""
    add_what_migrations_add()
    goods.monthly()
    pages.workout_page(
        slug="open", title="Open", videos=1, is_featured=True, cover_image=pages.image()
    )
    pages.workout_page(slug="locked", title="Locked", access="premium", videos=2, samples=1)
    pages.article_page(slug="read", title="Read", cover_image=pages.image())
    pages.landing_page(slug="start", title="Start", body=STORY, cover_image=pages.image())
    shelf = pages.category_page(slug="shelf", title="Shelf").category
    trainer = pages.trainer_page(slug="ines", title="Ines", cover_image=pages.image())
    trained = pages.workout_page(
        slug="trained", title="Trained", trainer=trainer, category=shelf, cover_image=pages.image()
    )
    pages.programme_page(
        slug="plan", title="Plan", workouts=[trained] * 5, access="premium",
        cover_image=pages.image(),
    )  # fmt: skip
    pages.tutorial_page(
        slug="squat", title="Squat", video=factories.video(), body=STORY, access="free"
    )
    return live_server.url


STORY = [
    {"type": "heading", "value": {"text": "How it is done", "level": "h2"}},
    {"type": "text", "value": "<p>Slowly, <b>and</b> with a wall behind you.</p>"},
    {"type": "step", "value": {"heading": "Stand", "text": "<p>As wide as your hips.</p>"}},
    {"type": "step", "value": {"heading": "Sit", "text": "<p>Between your heels.</p>"}},
    {"type": "tip", "value": {"heading": "Breathe", "text": "<p>Out on the way up.</p>"}},
    {
        "type": "table",
        "value": {
            "caption": "How a month grows",
            "columns": [
                {"type": "text", "heading": "Week"},
                {"type": "number", "heading": "Minutes"},
                {"type": "text", "heading": "What changes"},
                {"type": "text", "heading": "How it feels"},
            ],
            "rows": [
                {"values": ["First", 20, "Nothing yet", "Easy"]},
                {"values": ["Second", 25.0, "One set more", "Less easy"]},
            ],
        },
    },
    {
        "type": "faq",
        "value": {
            "heading": "Questions",
            "questions": [{"question": "Do I need a mat?", "answer": "<p>A carpet will do.</p>"}],
        },
    },
    {
        "type": "call_to_action",
        "value": {"heading": "What next", "label": "Go on", "url": "https://example.com/"},
    },
    {"type": "embed", "value": {"url": "https://vimeo.com/1", "title": "A run by the river"}},
]


def test_the_api_is_documented_without_any_outside_host(site: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{site}/api/docs")

    expect(page.get_by_text("/api/workouts/{uid}/log").first).to_be_visible()
    assert all(url.startswith((site, "data:", "blob:")) for url in asked)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_are_accessible(site: str, page: Page, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    member = factories.member()
    factories.session(user=member, at=factories.JOINED, now=factories.JOINED)

    for path in PUBLIC:
        page.goto(f"{site}{path}")
        check(page, path)
    page.goto(f"{site}/sign-in?next=/today")
    page.get_by_label("Email").fill(member.email)
    page.get_by_label("Password").first.fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    check(page, "/today")


PUBLIC = [
    "/", "/workouts/", "/workouts/open/", "/workouts/locked/", "/articles/", "/articles/read/",
    "/start/", "/workouts/shelf/", "/trainers/", "/trainers/ines/", "/workouts/trained/",
    "/programmes/", "/programmes/plan/", "/tutorials/", "/tutorials/squat/",
    "/plans", "/sign-up", "/sign-in", "/password-reset", "/nowhere",
]  # fmt: skip


def check(page: Page, path: str) -> None:
    """No accessibility fault, and nothing that is wider than the window."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    faults = [
        (fault["id"], [node["html"] for node in fault["nodes"]][:3])
        for fault in found.response["violations"]
    ]
    assert not faults, f"{path}: {json.dumps(faults, indent=1)}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
