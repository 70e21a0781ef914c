"""A real browser on a real server, with the queue and the Stripe stand-in beside it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django_q.models import OrmQ
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from config.tasks import forget_finished_tasks
from tests.config.running_queue import RunningQueue
from tests.database import add_what_migrations_add
from tests.journeys.underway import answered_in_full
from tests.parts import chromium
from tests.stripe import SECRET, WEBHOOK, Shop, shop, stand_in

__all__ = ["shop", "stand_in"]

_SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
_PATIENCE_MS = 20_000


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Playwright runs an event loop in this thread, which Django would mistake for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # noqa: TID251
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=_SWITCHES)
        yield launched
        launched.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]  # noqa: TID251


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of its own, in which nothing may break the content policy or fail in a script."""
    expect.set_options(timeout=_PATIENCE_MS)
    # Less motion: a fade from a page of ours to one of an admin is an error to the console.
    context = browser.new_context(
        locale="en-GB", timezone_id="Europe/Berlin", reduced_motion="reduce"
    )
    opened = context.new_page()
    opened.set_default_timeout(_PATIENCE_MS)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on(
        "console",
        lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None,
    )
    with answered_in_full():
        yield opened
        context.close()
    assert faults == []


@pytest.fixture
def site(
    live_server: LiveServer,
    shop: Shop,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[str]:
    """The address of the whole product: pages, API, queue and a Stripe that sends webhooks."""
    add_what_migrations_add()
    stripe_at = f"http://{shop.stripe.host}"
    settings.SECURE_CSP = settings.SECURE_CSP | {"form-action": ["'self'", stripe_at]}
    monkeypatch.setenv("STRIPE_API_HOST", stripe_at)
    shop.stripe.add_webhook(f"{live_server.url}{WEBHOOK}", SECRET)
    with RunningQueue(tmp_path, settings_module="config.settings.test") as queue:
        forget_finished_tasks.enqueue()
        queue.wait_until(lambda: not OrmQ.objects.exists())
        yield live_server.url
