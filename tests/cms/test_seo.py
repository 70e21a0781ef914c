"""What search engines, feed readers and old links get; and that none of it holds what is locked."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect

from fitness.accounts.models import User
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db

FAQ = {
    "type": "faq",
    "value": {
        "heading": "Questions",
        "questions": [
            {"question": "Why </script>?", "answer": f"<p>Because {pages.CANARY} &amp; more.</p>"}
        ],
    },
}
STEP = {"type": "step", "value": {"heading": "Stand", "text": f"<p>{pages.CANARY}</p>"}}
MAKERS = [pages.workout_page, pages.article_page, pages.programme_page, pages.tutorial_page]


def told_by(client: Client, address: str) -> dict[str, dict[str, Any]]:
    html = client.get(address).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    graph = json.loads(found[1])["@graph"]
    return {thing["@type"]: thing for thing in graph}


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (pages.article_page, "Article"),
        (pages.workout_page, "ExercisePlan"),
        (pages.programme_page, "ExercisePlan"),
        (pages.tutorial_page, "HowTo"),
    ],
)
def test_a_gated_page_says_so_in_booleans(
    client: Client, make: Callable[..., Any], kind: str
) -> None:
    locked = told_by(client, make(access="premium").url)[kind]
    free = told_by(client, make(access="free").url)[kind]

    assert locked["isAccessibleForFree"] is False
    assert locked["hasPart"]["cssSelector"] == ".gated"
    assert free["isAccessibleForFree"] is True
    assert "hasPart" not in free


@pytest.mark.parametrize("make", MAKERS)
def test_questions_and_steps_are_told_to_whoever_may_read_them(
    client: Client, member: User, make: Callable[..., Any]
) -> None:
    page = make(access="premium", body=[FAQ, STEP])
    locked = client.get(page.url).content.decode()
    pages.give(member, "premium")
    client.force_login(member)

    told = told_by(client, page.url)

    assert pages.CANARY not in locked
    assert "FAQPage" not in locked
    [asked] = told["FAQPage"]["mainEntity"]
    assert asked["name"] == "Why </script>?"
    assert asked["acceptedAnswer"]["text"] == f"Because {pages.CANARY} & more."


def test_a_tutorial_tells_its_steps_once_open(client: Client) -> None:
    page = pages.tutorial_page(access="free", body=[STEP])

    assert told_by(client, page.url)["HowTo"]["step"] == [
        {"@type": "HowToStep", "name": "Stand", "text": pages.CANARY}
    ]


def test_a_video_is_told_without_its_address(client: Client) -> None:
    page = pages.workout_page(access="premium", videos=2, samples=1)

    films = told_by(client, page.url)["ExercisePlan"]["video"]

    assert [film["isAccessibleForFree"] for film in films] == [True, False]
    assert all("contentUrl" not in film and "embedUrl" not in film for film in films)


def test_a_page_says_where_it_stands(client: Client) -> None:
    page = pages.article_page(title="Sleep")

    places = told_by(client, page.url)["BreadcrumbList"]["itemListElement"]

    assert [place["name"] for place in places] == ["FitCore", "Articles", "Sleep"]
    assert places[-1]["item"].startswith("http://")
    assert places[-1]["item"].endswith(page.url)


def test_a_page_that_hides_is_in_no_map_and_no_feed(client: Client) -> None:
    hidden = pages.article_page(noindex=True)
    elsewhere = pages.article_page(canonical_url="https://elsewhere.example/first")
    shown = pages.article_page()

    site_map = client.get("/sitemap.xml").content.decode()
    feed = client.get("/articles/feed.atom").content.decode()

    assert '<meta name="robots" content="noindex">' in client.get(hidden.url).content.decode()
    assert 'name="robots"' not in client.get(shown.url).content.decode()
    assert shown.url in site_map
    assert shown.url in feed
    assert hidden.url not in site_map + feed
    assert elsewhere.url not in site_map


@pytest.mark.parametrize("address", ["/articles/feed.rss", "/articles/feed.atom", "/sitemap.xml"])
def test_feeds_and_the_map_hold_teasers_at_most_and_cost_the_same_for_many(
    client: Client, address: str, django_assert_max_num_queries: Any
) -> None:
    pages.article_page(access="premium")
    client.get(address)
    with django_assert_max_num_queries(20) as few:
        client.get(address)
    for _ in range(4):
        pages.article_page(access="premium", teaser="A promise.")

    with django_assert_max_num_queries(len(few)):
        text = client.get(address).content.decode()

    assert pages.CANARY not in text
    assert ("A promise." in text) == ("feed" in address)


def test_an_old_address_leads_to_the_newest_in_one_step(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    page = pages.article_page(slug="first")
    for slug in ("second", "third"):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    answers = [client.get(f"/articles/{slug}/") for slug in ("first", "second")]

    assert [answer.status_code for answer in answers] == [301, 301]
    assert {answer["Location"] for answer in answers} == {"/articles/third/"}


def test_redirects_that_follow_each_other_are_one_step(client: Client) -> None:
    page = pages.article_page(slug="there")
    Redirect.add_redirect("/one", "/two", is_permanent=True)
    Redirect.add_redirect("/two", "/three", is_permanent=False)
    Redirect.add_redirect("/three", page, is_permanent=True)

    answer = client.get("/one")

    assert (answer.status_code, answer["Location"]) == (302, page.url)


def test_redirects_in_a_circle_and_to_what_is_not_published_are_not_found(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    Redirect.add_redirect("/round", "/and-round", is_permanent=True)
    Redirect.add_redirect("/and-round", "/round", is_permanent=True)
    page = pages.article_page(slug="first")
    for slug in ("second", "first"):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    page.unpublish()

    for address in ("/round/", "/articles/first/", "/articles/second/"):
        assert client.get(address).status_code == 404, address
