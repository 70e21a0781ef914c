"""A thousand workouts, articles, tutorials and programmes cost what fifty cost."""

import datetime as dt
import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.data.found import add_documents
from bench.data.library import add_workouts
from bench.data.pages import add_pages
from bench.data.shop import add_offers
from tests import factories
from tests.api.client import ApiClient

pytestmark = pytest.mark.django_db

FEW, MANY = 50, 1_000
LISTS = ["/api/workouts", *(f"/api/content/{k}" for k in ("articles", "tutorials", "programmes"))]
API = [
    "/api/workouts",
    "/api/workouts?category=yoga",
    "/api/workouts?updated_since=2020-01-01T00:00:00Z",
    "/api/workouts/featured",
    "/api/workouts/search?q=strength",
    *(
        f"/api/content/{kind}{query}"
        for kind in ("articles", "tutorials", "programmes")
        for query in ("", "?ordering=title", "?updated_since=2020-01-01T00:00:00Z")
    ),
    "/api/content/search?q=strength",
]
SITE = [
    "/", "/workouts/", "/articles/", "/tutorials/", "/programmes/", "/trainers/",
    "/search?q=strength", "/search/propose?q=stre",
]  # fmt: skip
ADMIN = [
    "/cms/",
    *(f"/cms/{kind}/" for kind in ("workouts", "articles", "tutorials", "programmes")),
    *(f"/cms/{kind}/?q=day" for kind in ("workouts", "articles", "tutorials", "programmes")),
]


def as_member() -> Client:
    return ApiClient(user=factories.member())


def as_visitor() -> Client:
    return Client()


def as_editor() -> Client:
    browser = Client()
    browser.force_login(factories.editor())
    return browser


def test_a_thousand_of_a_kind_take_the_statements_that_fifty_take() -> None:
    with library(FEW):
        few, few_listed = statements(), listed()

    with library(MANY):
        many, many_listed = statements(), listed()

    assert many == few
    assert many_listed == few_listed == [20, 20, 20, 20]


ASKED = {as_member: API, as_visitor: [*API, *SITE], as_editor: ADMIN}


@contextmanager
def library(count: int) -> Iterator[None]:
    """So many workouts, articles, tutorials, programmes and documents; gone afterwards."""
    today, chance = timezone.now().date() - dt.timedelta(days=1), random.Random(7)
    with transaction.atomic():
        workouts = add_workouts(count=count, today=today, chance=chance)
        add_offers(workouts=workouts, chance=chance)
        add_pages(workouts=workouts, today=today, chance=chance)
        add_documents(count=count, today=today, chance=chance)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # or the planner takes all tables to be empty
        yield
        transaction.set_rollback(True)


def statements() -> dict[tuple[str, str], int]:
    """What each address takes when it is asked for the second time, by who asks."""
    return {
        (who.__name__, path): _statements(browser, path)
        for who, paths in ASKED.items()
        for browser in [who()]
        for path in paths
    }


def listed() -> list[int]:
    browser = as_visitor()
    return [len(browser.get(path).json()["results"]) for path in LISTS]


def _statements(browser: Client, path: str) -> int:
    assert browser.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as asked:
        browser.get(path)
    return len(asked)
