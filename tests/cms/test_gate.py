"""What is locked is absent: nothing of it is in a page, a list or the map of the site."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from cms.media.models import Caption, Chapter, Transcript
from commerce.entitlements.models import PREMIUM
from fitness.accounts.models import User
from fitness.training.models import Video, WorkoutVideo
from tests import factories
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db

MAKERS = [
    pages.workout_page,
    pages.article_page,
    pages.programme_page,
    pages.tutorial_page,
]
GATED = ["member", "premium", "purchase"]
CAPTIONS = "WEBVTT\n\n00:01.000 --> 00:02.000\nBreathe.\n"


def html_of(client: Client, page: Page) -> str:
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("access", GATED)
@pytest.mark.parametrize("make", MAKERS)
def test_a_visitor_gets_the_teaser_and_nothing_of_the_body(
    client: Client, make: Callable[..., Any], access: str
) -> None:
    page = make(access=access)

    html = html_of(client, page)

    assert "What " in page.teaser
    assert page.teaser in html
    assert pages.CANARY not in html


@pytest.mark.parametrize("access", ["premium", "purchase"])
@pytest.mark.parametrize("make", MAKERS)
def test_a_free_member_gets_the_teaser_and_nothing_of_the_body(
    signed_in: Client, make: Callable[..., Any], access: str
) -> None:
    html = html_of(signed_in, make(access=access))

    assert pages.CANARY not in html


def test_a_right_that_has_ended_opens_nothing(signed_in: Client, member: User) -> None:
    pages.give(member, "premium", days=-1)

    assert pages.CANARY not in html_of(signed_in, pages.workout_page(access="premium"))


@pytest.mark.parametrize("make", MAKERS)
def test_premium_opens_the_body(signed_in: Client, member: User, make: Callable[..., Any]) -> None:
    pages.give(member, PREMIUM)

    assert pages.CANARY in html_of(signed_in, make(access="premium"))


def test_a_bought_workout_opens_itself_alone(signed_in: Client, member: User) -> None:
    bought = pages.workout_page(access="purchase")
    other = pages.workout_page(access="purchase")
    pages.give(member, bought.entitlement_key)

    assert pages.CANARY in html_of(signed_in, bought)
    assert pages.CANARY not in html_of(signed_in, other)


def test_an_account_opens_what_is_free_for_members(signed_in: Client) -> None:
    assert pages.CANARY in html_of(signed_in, pages.workout_page(access="member"))


def test_a_free_page_is_open_to_everyone(client: Client) -> None:
    assert pages.CANARY in html_of(client, pages.workout_page(access="free"))


def test_a_locked_page_names_no_file_and_no_address_of_a_video(client: Client) -> None:
    page = pages.workout_page(access="premium", videos=2)

    html = html_of(client, page)

    for place in WorkoutVideo.objects.select_related("video"):
        name = str(place.video.file.name)
        assert name not in html
        assert name.rsplit("/", 1)[1] not in html
    assert "/playback/" not in html
    assert "/media/private/" not in html


def test_a_free_sample_of_a_locked_workout_can_be_asked_for(client: Client) -> None:
    page = pages.workout_page(access="premium", videos=2, samples=1)

    html = html_of(client, page)

    assert html.count("/playback/") == 1


def test_the_body_is_in_no_list_search_or_map(client: Client) -> None:
    pages.workout_page(access="premium", is_featured=True)
    pages.article_page(access="premium")

    for address in [
        "/",
        "/workouts/",
        "/articles/",
        "/sitemap.xml",
        f"/workouts/?q={pages.CANARY}",
    ]:
        assert pages.CANARY not in client.get(address).content.decode(), address
    assert not Page.objects.search(pages.CANARY).count()


def test_a_locked_page_stands_in_the_map_of_the_site(client: Client) -> None:
    page = pages.workout_page(access="premium")

    assert page.url in client.get("/sitemap.xml").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_visitors_pages_may_be_cached_and_members_pages_may_not(
    client: Client, member: User
) -> None:
    page = pages.workout_page(access="premium")

    public = client.get(page.url)
    client.force_login(member)
    private = client.get(page.url)

    assert public["Cache-Control"] == "public, max-age=60"
    assert public["ETag"]
    assert private["Cache-Control"] == "private, no-store"
    assert "ETag" not in private
    assert "Cookie" in public["Vary"]
    assert "Cookie" in private["Vary"]


def test_a_visitor_who_has_the_page_already_is_told_so(client: Client) -> None:
    page = pages.workout_page(access="premium")
    etag = client.get(page.url)["ETag"]

    answer = client.get(page.url, headers={"If-None-Match": etag})

    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize("access", ["free", "premium"])
@pytest.mark.parametrize("who", ["visitor", "member", "premium member"])
def test_a_workout_page_costs_twelve_queries_with_much_on_it_as_with_little(
    client: Client, member: User, who: str, access: str, django_assert_max_num_queries: Any
) -> None:
    shelf = factories.category()
    little = pages.workout_page(videos=1, access=access, category=shelf, cover_image=pages.image())
    much = pages.workout_page(
        videos=12, access=access, category=shelf, trainer=pages.trainer_page(), samples=1
    )
    for place in much.videos.all():
        add_words(place.video)
    if who != "visitor":
        client.force_login(member)
    if who == "premium member":
        pages.give(member, PREMIUM)

    for page in (little, much):
        client.get(page.url)
        with django_assert_max_num_queries(12):
            client.get(page.url)


def add_words(video: Video) -> None:
    """Captions in two languages, chapters and a transcript."""
    for language in ("en", "de"):
        Caption.objects.create(video=video, language=language, label=language, text=CAPTIONS)
    for start in (0, 60, 120):
        Chapter.objects.create(video=video, start_seconds=start, title=f"From {start}")
    Transcript.objects.create(video=video, text="What is said.")


def test_an_article_costs_a_visitor_few_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    page = pages.article_page(access="premium", cover_image=pages.image())
    client.get(page.url)

    with django_assert_max_num_queries(12):
        client.get(page.url)
