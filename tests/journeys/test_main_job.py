"""The main job, end to end: from an editor's first click to a member's place on the board."""

import datetime as dt
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
import requests
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.utils import timezone
from playwright.sync_api import Page, expect

from commerce.checkout.services import sync_catalog
from fitness.training.models import Category
from tests import factories
from tests.cms import factories as pages
from tests.commerce import goods

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Phone(requests.Session):
    """The app, over plain HTTP; addresses are those below ``/api``."""

    def __init__(self, site: str) -> None:
        super().__init__()
        self.site = site

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **rest: Any) -> Any:
        path = str(url)
        where = path if path.startswith("/media/") else f"/api{path}"
        return super().request(method, f"{self.site}{where}", *args, **rest)


def test_an_editor_publishes_a_member_buys_trains_and_stands_on_the_board(
    site: str, page: Page, tmp_path: Path
) -> None:
    editor = factories.editor()
    pages.home()
    Category.objects.create(slug="strength", name="Strength", hue=20)
    goods.monthly()
    sync_catalog()

    edit(page, site, email=editor.email, film=pages.clip(tmp_path / "squat.mp4", codec="h264"))
    uid = look_on_a_phone(site)
    join_and_buy(page, site)
    watch_and_log(page)
    stand_on_the_board(page, site)
    train_with_the_app(site, uid)


def edit(page: Page, site: str, *, email: str, film: Path) -> None:
    """The editor uploads a video and publishes a premium workout with it."""
    page.goto(f"{site}/cms/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{site}/cms/snippets/training/video/add/")
    page.locator("#id_title").fill("Squat, slowly")
    page.locator("input[name=file]").set_input_files(film)
    expect(page.get_by_text("has been uploaded")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Squat, slowly")).to_be_visible()

    page.goto(f"{site}/cms/pages/add/workouts/workoutpage/{index_pk()}/")
    page.locator("#id_title").fill("Barbell foundations")
    page.locator("#id_introduction").fill("The lifts that carry everything else.")
    choose(page, "category", "Strength")
    page.locator("#id_access").select_option("premium")
    page.locator("#id_teaser").fill("Three lifts, explained joint by joint.")
    page.get_by_role("button", name="Add video").click()
    choose(page, "videos-0-video", "Squat, slowly")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("published")).to_be_visible()


def choose(page: Page, field: str, name: str) -> None:
    """Pick something in one of Wagtail's choosers."""
    page.locator(f"#id_{field}-chooser").get_by_role("button", name=re.compile("^Choose")).click()
    page.get_by_role("dialog").get_by_role("link", name=name).click()


def index_pk() -> int:
    from cms.workouts.models import WorkoutIndexPage

    return int(WorkoutIndexPage.objects.get().pk)


def look_on_a_phone(site: str) -> uuid.UUID:
    """The app lists the workout; a free member gets the teaser and no address."""
    with Phone(site) as phone:
        (row,) = phone.get("/workouts").json()["results"]
        sign_in(phone, "free@example.com")
        detail = phone.get(f"/workouts/{row['id']}").json()
        (video,) = phone.get(f"/workouts/{row['id']}/videos").json()["results"]
        refused = phone.post(f"/content/playback/{video['id']}", json={})

    assert (row["title"], row["access"]["granted"]) == ("Barbell foundations", False)
    assert detail["teaser"] == "Three lifts, explained joint by joint."
    assert (detail["body"], video["playback"]) == ([], None)
    assert (refused.status_code, refused.json()["offers"][0]["price_minor"]) == (403, 1290)
    return uuid.UUID(row["id"])


def sign_in(phone: Phone, email: str, *, is_new: bool = True) -> None:
    told = {"email": email, "password": factories.PASSWORD}
    if is_new:
        assert phone.post("/auth/register", json=told).status_code == 201
    tokens = phone.post("/auth/login", json=told).json()
    phone.headers["Authorization"] = f"Bearer {tokens['access']}"


def join_and_buy(page: Page, site: str) -> None:
    """A visitor meets the paywall, joins, pays at Stripe and comes back to an open door."""
    page.context.clear_cookies()
    page.goto(f"{site}/workouts/")
    page.get_by_role("link", name="Barbell foundations").first.click()
    expect(page.get_by_text("Three lifts, explained joint by joint.")).to_be_visible()
    assert "/private/" not in page.content()
    page.get_by_role("link", name=re.compile("^Get ")).first.click()
    page.get_by_label("Email").fill("buyer@example.com")
    page.get_by_label("Password", exact=False).first.fill(factories.PASSWORD)
    page.get_by_role("button", name="Join free").click()
    expect(page.get_by_role("heading", name="Look in your inbox.")).to_be_visible()
    confirm_address(page, site, "buyer@example.com")
    page.get_by_role("button", name=re.compile("^Get ")).first.click()
    expect(page.get_by_text("Test checkout")).to_be_visible()
    page.get_by_role("button", name=re.compile("Pay|Subscribe|Start")).click()
    expect(page.get_by_role("heading", name="You are in.")).to_be_visible()


def confirm_address(page: Page, site: str, email: str) -> None:
    """Follow the link that the mail holds."""
    address = EmailAddress.objects.get(email=email)
    page.goto(f"{site}/verify-email/{EmailConfirmationHMAC(address).key}")
    page.get_by_role("button", name="Confirm").click()


def watch_and_log(page: Page) -> None:
    """The member watches and says so; the streak begins."""
    page.get_by_role("link", name="Pick a workout").click()
    page.get_by_role("link", name="Barbell foundations").first.click()
    page.get_by_role("button", name=re.compile("Play")).first.click()
    page.wait_for_timeout(500)
    film = page.locator("video")
    for _ in range(40):
        if film.evaluate("video => video.currentTime > 0.3 || video.ended"):
            break
        page.wait_for_timeout(250)
    assert film.evaluate("video => video.videoWidth") == 320
    if page.get_by_label("Minutes it took").count():
        page.get_by_label("Minutes it took").fill("30")
    page.get_by_role("button", name="I did it").click()
    expect(page.get_by_role("heading", name="Day one is in.")).to_be_visible()


def stand_on_the_board(page: Page, site: str) -> None:
    page.goto(f"{site}/today")
    page.get_by_label(re.compile("alias|name", re.IGNORECASE)).first.fill("Swift")
    page.get_by_role("button", name=re.compile("board|Show", re.IGNORECASE)).first.click()
    expect(page.get_by_text("Swift").first).to_be_visible()


def train_with_the_app(site: str, uid: uuid.UUID) -> None:
    """The same member on the phone: open, logged once though sent twice, first on the board."""
    with Phone(site) as phone:
        sign_in(phone, "buyer@example.com", is_new=False)
        (video,) = phone.get(f"/workouts/{uid}/videos").json()["results"]
        started = phone.get(video["playback"]["url"], headers={"Range": "bytes=0-99"})
        session = {
            "client_id": str(uuid.uuid4()),
            "occurred_at": (timezone.now() - dt.timedelta(hours=2)).isoformat(),
            "duration_s": 1800,
            "time_zone": "Europe/Berlin",
        }
        first, second = (
            phone.post(f"/workouts/{uid}/log", json=session, headers={"Idempotency-Key": "k"})
            for _ in range(2)
        )
        streak = phone.get("/streak").json()
        week = phone.get("/leaderboard/weekly").json()

    assert (started.status_code, len(started.content)) == (206, 100)
    assert first.json() == second.json()
    assert streak["current"] >= 1
    assert (week["top"][0]["name"], week["top"][0]["is_me"]) == ("Swift", True)
