"""Articles, tutorials and programmes on a phone: what all of them promise."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from fitness.accounts.models import User
from tests import factories
from tests.api.client import ApiClient
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db

KINDS = [
    ("articles", pages.article_page),
    ("tutorials", pages.tutorial_page),
    ("programmes", pages.programme_page),
]
kinds = pytest.mark.parametrize(("kind", "make"), KINDS)
type Make = Callable[..., Any]


def at(moment: dt.datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def names(answer: Any) -> list[str]:
    return [row["id"] for row in answer.json()["results"]]


@kinds
def test_a_locked_one_has_its_teaser_and_no_body(
    api: ApiClient, member: User, kind: str, make: Make
) -> None:
    page = make(access="premium")
    path = f"/api/content/{kind}/{page.translation_key}"

    locked = api.get(path)
    pages.give(member, "premium")
    opened = api.get(path)

    assert (locked.json()["body"], locked.json()["teaser"]) == ([], page.teaser)
    assert locked.json()["access"]["granted"] is False
    assert pages.CANARY not in locked.content.decode()
    assert pages.CANARY in str(opened.json()["body"])
    assert opened["Cache-Control"] == "private, no-cache"


@kinds
def test_filters_and_orders(visitor: ApiClient, kind: str, make: Make) -> None:
    strength = factories.category(slug="strength")
    zebra = make(title="Zebra", category=strength, access="premium")
    ant = make(title="Ant")
    path = f"/api/content/{kind}"

    assert names(visitor.get(f"{path}?category=strength")) == [str(zebra.translation_key)]
    assert names(visitor.get(f"{path}?access=free")) == [str(ant.translation_key)]
    assert names(visitor.get(f"{path}?ordering=title")) == [
        str(ant.translation_key), str(zebra.translation_key),
    ]  # fmt: skip
    assert visitor.get(f"{path}?ordering=body").status_code == 400
    assert visitor.get(f"{path}?access=everything").status_code == 400


@kinds
def test_a_list_is_read_on_by_its_cursor(visitor: ApiClient, kind: str, make: Make) -> None:
    made = [str(make().translation_key) for _ in range(3)]

    first = visitor.get(f"/api/content/{kind}?limit=2")
    second = visitor.get(first.json()["next"])

    assert names(first) + names(second) == made[::-1]
    assert second.json()["next"] is None


@kinds
def test_a_phone_learns_what_came_and_what_left(visitor: ApiClient, kind: str, make: Make) -> None:
    left, stays, deleted = make(), make(), make()
    since = timezone.now()
    left.unpublish()
    deleted.delete()
    pages.publish(stays)

    answer = visitor.get(f"/api/content/{kind}?updated_since={at(since)}")

    assert names(answer) == [str(stays.translation_key)]
    assert answer.json()["removed"] == [str(left.translation_key), str(deleted.translation_key)]
    assert visitor.get(f"/api/content/{kind}").json()["removed"] == []


@kinds
def test_what_comes_back_is_not_gone(visitor: ApiClient, kind: str, make: Make) -> None:
    since, page = timezone.now(), make()
    page.unpublish()
    pages.publish(page)

    answer = visitor.get(f"/api/content/{kind}?updated_since={at(since)}")

    assert (names(answer), answer.json()["removed"]) == ([str(page.translation_key)], [])


@kinds
def test_drafts_are_not_there(visitor: ApiClient, kind: str, make: Make) -> None:
    page = make()
    page.unpublish()

    assert names(visitor.get(f"/api/content/{kind}")) == []
    assert visitor.get(f"/api/content/{kind}/{page.translation_key}").status_code == 404


@kinds
@pytest.mark.parametrize("is_one", [False, True])
@pytest.mark.parametrize("is_member", [False, True])
def test_that_nothing_changed_is_told_in_three_queries(
    kind: str,
    make: Make,
    is_member: bool,  # noqa: FBT001
    is_one: bool,  # noqa: FBT001
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = ApiClient(user=factories.member() if is_member else None)
    page = make(access="premium", cover_image=pages.image())
    path = f"/api/content/{kind}" + (f"/{page.translation_key}" if is_one else "")
    etag = client.get(path)["ETag"]

    with django_assert_max_num_queries(3):
        again = client.get(path, headers={"If-None-Match": etag})

    assert again.status_code == 304


@pytest.mark.parametrize("count", [1, 9])
def test_a_programme_costs_the_same_however_many_workouts_it_has(
    api: ApiClient, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    workouts = [pages.workout_page(videos=1, access="premium") for _ in range(count)]
    page = pages.programme_page(workouts=workouts, access="premium")
    path = f"/api/content/programmes/{page.translation_key}"
    etag = api.get(path)["ETag"]

    with django_assert_num_queries(5):  # member, programme, workouts, rights, progress
        again = api.get(path, headers={"If-None-Match": etag})

    assert again.status_code == 304


@kinds
@pytest.mark.parametrize("count", [1, 20])
def test_a_list_takes_six_queries_at_most(
    api: ApiClient,
    kind: str,
    make: Make,
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        make(access="premium", cover_image=pages.image(), category=factories.category())

    with django_assert_max_num_queries(6):
        assert len(names(api.get(f"/api/content/{kind}"))) == count


@kinds
def test_one_takes_six_queries_at_most(
    api: ApiClient,
    kind: str,
    make: Make,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    page = make(access="premium", cover_image=pages.image(), category=factories.category())

    with django_assert_max_num_queries(6):
        assert api.get(f"/api/content/{kind}/{page.translation_key}").status_code == 200
