"""Articles on a phone."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from commerce.entitlements.services import set_rights
from fitness.accounts.models import User
from tests import factories
from tests.api.client import ApiClient
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db


def test_articles_come_newest_first_with_their_covers(visitor: ApiClient) -> None:
    older = pages.article_page()
    newer = pages.article_page(cover_image=pages.image(alt="A red kettlebell"))

    first, second = visitor.get("/api/content/articles").json()["results"]

    assert [first["id"], second["id"]] == [str(newer.translation_key), str(older.translation_key)]
    assert (first["cover"]["alt"], second["cover"]) == ("A red kettlebell", None)
    assert visitor.get(first["cover"]["small"]["webp"]).status_code == 200


@pytest.mark.parametrize("count", [1, 12])
def test_a_list_takes_the_same_queries_whatever_its_length(
    api: ApiClient, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        pages.article_page(access="premium", cover_image=pages.image())

    with django_assert_num_queries(3):  # member, articles with covers, rights and offers
        assert len(api.get("/api/content/articles").json()["results"]) == count


def test_a_locked_article_has_its_teaser_and_no_body(api: ApiClient, member: User) -> None:
    article = pages.article_page(access="premium")
    path = f"/api/content/articles/{article.translation_key}"

    locked = api.get(path)
    now = timezone.now()
    set_rights(
        user_id=member.pk, source="test", keys=["premium"],
        starts_at=now - dt.timedelta(hours=1), ends_at=None, now=now,
    )  # fmt: skip
    opened = api.get(path)

    assert (locked.json()["body"], locked.json()["teaser"]) == ([], "What you will learn.")
    assert pages.CANARY not in locked.content.decode()
    assert pages.CANARY in str(opened.json()["body"])


def test_drafts_and_unknown_articles_are_not_there(visitor: ApiClient) -> None:
    gone = pages.article_page()
    gone.unpublish()

    for uid in (gone.translation_key, uuid.uuid4()):
        assert visitor.get(f"/api/content/articles/{uid}").status_code == 404
    assert visitor.get("/api/content/articles").json()["results"] == []


def test_articles_of_a_category_and_since_a_time(visitor: ApiClient) -> None:
    shelf = factories.category(slug="strength")
    wanted = pages.article_page(category=shelf)
    pages.article_page()
    later = (timezone.now() + dt.timedelta(hours=1)).isoformat().replace("+00:00", "Z")

    (row,) = visitor.get("/api/content/articles?category=strength").json()["results"]

    assert row["id"] == str(wanted.translation_key)
    assert visitor.get(f"/api/content/articles?updated_since={later}").json()["results"] == []
    assert visitor.get("/api/content/articles?ordering=secret").status_code == 400
