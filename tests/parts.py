"""The order of a whole run: fast tests, then slow ones, then those in a browser."""

import shutil

import pytest

from config.env import env

_ADVICE = "needs chromium: run `make browser`, or name one in CHROMIUM"


def chromium() -> str:
    """The browser that the tests drive; empty when there is none."""
    named = env.str("CHROMIUM", default="")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next(filter(None, found), "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_part)
    in_browser = [item for item in items if item.get_closest_marker("browser")]
    if in_browser and not chromium():
        if env.bool("CI", default=False):
            raise pytest.UsageError(f"A complete run {_ADVICE}.")
        for item in in_browser:
            item.add_marker(pytest.mark.skip(reason=_ADVICE))


def _part(item: pytest.Item) -> int:
    return 2 if item.get_closest_marker("browser") else bool(item.get_closest_marker("slow"))
