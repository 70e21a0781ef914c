"""The search page answers whatever is typed, and editors see what is looked for."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from cms.search import tallies
from cms.search.models import Wanted
from cms.search.questions import understood
from tests import factories
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def shown(client: Client, **params: Any) -> str:
    answer = client.get("/search", params)
    assert answer.status_code == 200
    return answer.content.decode()


def pin(words: str, page: Any) -> None:
    SearchPromotion.objects.create(query=Query.get(words), page=page, sort_order=0)


def test_results_are_cards_with_marks_and_nothing_typed_becomes_markup(client: Client) -> None:
    pages.workout_page(title="Rowing & <i>more</i>", slug="rowing")

    html = shown(client, q="rowing <script>")

    assert '<a class="card-link" href="/workouts/rowing/">' in html
    assert "<mark>Rowing</mark> &amp; &lt;i&gt;more&lt;/i&gt;" in html
    assert '<script>"' not in html
    assert 'value="rowing &lt;script&gt;"' in html


def test_the_page_is_for_nobodys_cache_and_no_search_engine(client: Client) -> None:
    pages.workout_page(title="Rowing")

    answer = client.get("/search", {"q": "rowing"})

    assert answer["Cache-Control"] == "private, no-store"
    assert {"Cookie", "HX-Request"} <= set(answer["Vary"].split(", "))
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_an_empty_search_shows_what_is_much_trained(client: Client) -> None:
    pages.workout_page(title="Rowing")

    assert "Rowing" in shown(client)
    assert "Rowing" in shown(client, q="   ")


def test_a_search_that_finds_nothing_helps(client: Client) -> None:
    pages.workout_page(title="Rowing")

    html = shown(client, q="zeppelin")

    assert "Nothing found." in html
    assert "Rowing" in html


def test_a_mistyped_word_is_answered_and_said(client: Client) -> None:
    pages.workout_page(title="Mobility")

    html = shown(client, q="mobilty")

    assert "Nothing is called “mobilty”" in html
    assert 'href="/search?q=mobility"' in html


def test_filters_are_links_with_counts_that_keep_the_question(client: Client) -> None:
    pages.workout_page(title="Rowing easy", access="premium")
    pages.workout_page(title="Rowing hard", access="purchase", difficulty="advanced")

    html = shown(client, q="rowing", access="premium")

    assert "2 results" in html
    assert 'href="/search?q=rowing&amp;access=premium&amp;difficulty=advanced"' in html
    assert 'href="/search?q=rowing"' in html


@pytest.mark.parametrize(
    "params",
    [
        {"q": "a\0b"}, {"q": "x" * 10_000}, {"q": "&|!<->:*"}, {"q": "rowing", "kind": "user"},
        {"q": "rowing", "trainer": "x"}, {"q": "rowing", "after": "9" * 40},
        {"q": "rowing", "after": "1.2.3"}, {"q": "rowing", "category": "../x"},
        {"q": "rowing", "category": "nowhere"}, {"q": "%"}, {"q": "\ufffd"},
    ],
)  # fmt: skip
def test_no_address_is_an_error(client: Client, params: dict[str, str]) -> None:
    pages.workout_page(title="Rowing")

    assert client.get("/search", params).status_code == 200
    assert client.get("/search/propose", params).status_code == 200


def test_the_list_goes_on_where_it_ended(client: Client) -> None:
    for number in range(14):
        pages.article_page(title=f"Rowing {number:02}")

    first = client.get("/search", {"q": "rowing"})
    second = client.get(first.context["next_url"], headers=HTMX)

    titles = [card.title for page in (first, second) for card in page.context["cards"]]
    assert len(titles) == len(set(titles)) == 14
    assert second.context["next_url"] == ""
    assert "<html" not in second.content.decode()


def test_the_page_takes_as_many_statements_for_twelve_as_for_one(
    client: Client, django_assert_num_queries: Any
) -> None:
    pages.workout_page(title="Rowing")
    shown(client, q="rowing")
    with django_assert_num_queries(5 + 2):
        shown(client, q="rowing")
    for number in range(11):
        pages.workout_page(title=f"Rowing {number}", cover_image=pages.image())

    with django_assert_num_queries(5 + 2):
        shown(client, q="rowing")


def test_proposals_are_names_with_addresses(client: Client) -> None:
    pages.workout_page(title="Kettlebell flow", slug="flow", access="premium")
    factories.exercise(name="Kettlebell swing")

    told = client.get("/search/propose", {"q": "kettl"}).json()["results"]

    assert {row["title"]: row["kind"] for row in told} == {
        "Kettlebell flow": "Workout",
        "Kettlebell swing": "Exercise",
    }
    assert "/workouts/flow/" in [row["url"] for row in told]


def test_an_exercise_leads_to_the_workouts_that_are_made_of_it(client: Client) -> None:
    page = pages.workout_page(title="Monday")
    name = page.exercises.get().exercise.name

    html = shown(client, q=name, kind="exercise")

    url = client.get("/search/propose", {"q": name}).json()["results"][0]["url"]
    assert url.replace("&", "&amp;") in html
    assert "Monday" in client.get(url).content.decode()


def test_what_editors_pinned_stands_first_and_once(client: Client) -> None:
    pages.article_page(title="Back pain", introduction="About the back.")
    chosen = pages.article_page(title="Start here", introduction="For a strong back.")
    pin("Back  Pain", chosen)

    cards = client.get("/search", {"q": "back pain"})

    assert [card.title for card in cards.context["pinned"]] == ["Start here"]
    assert [card.title for card in cards.context["cards"]] == ["Back pain"]
    assert "Our pick" in cards.content.decode()


def test_a_pinned_page_that_is_withdrawn_or_hides_stands_nowhere(client: Client) -> None:
    gone, hidden = pages.article_page(title="Gone"), pages.article_page(title="Hidden")
    pin("back", gone)
    pin("back", hidden)
    gone.unpublish()
    hidden.noindex = True
    pages.publish(hidden)

    html = shown(client, q="back")

    assert "Gone" not in html
    assert "Hidden" not in html


def test_editors_pin_results_in_the_admin(admin: Client) -> None:
    page = pages.article_page(title="Start here")
    form = {
        "query_string": "Back pain",
        "editors_picks-TOTAL_FORMS": "1",
        "editors_picks-INITIAL_FORMS": "0",
        "editors_picks-MIN_NUM_FORMS": "0",
        "editors_picks-MAX_NUM_FORMS": "1000",
        "editors_picks-0-page": str(page.pk),
        "editors_picks-0-description": "",
        "editors_picks-0-ORDER": "1",
    }

    answer = admin.post(reverse("wagtailsearchpromotions:add"), form)

    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert admin.get(reverse("wagtailsearchpromotions:index")).status_code == 200
    found = Client().get("/search", {"q": "back pain"})
    assert [card.title for card in found.context["pinned"]] == ["Start here"]


def test_words_are_kept_once_many_looked_for_them(client: Client) -> None:
    pages.workout_page(title="Rowing")
    for _ in range(tallies.OFTEN - 1):
        shown(client, q="Rowing")
    assert not Wanted.objects.exists()

    shown(client, q="rowing")

    kept = Wanted.objects.get()
    assert (kept.words, kept.times, kept.found) == ("rowing", tallies.OFTEN, 1)


@pytest.mark.parametrize(
    "typed", ["ana@example.com", "0171 2345678", "my name is ana lind from berlin", "ab"]
)
def test_what_may_say_who_somebody_is_is_never_kept(typed: str) -> None:
    for _ in range(tallies.OFTEN):
        tallies.count(understood(typed), found=0)

    assert not Wanted.objects.exists()


def test_narrowing_down_and_reading_on_are_no_new_searches(client: Client) -> None:
    pages.workout_page(title="Rowing")
    for _ in range(tallies.OFTEN):
        shown(client, q="rowing", difficulty="beginner")
        shown(client, q="rowing", after="1.1")

    assert not Wanted.objects.exists()


def test_editors_read_what_found_nothing_first(admin: Client) -> None:
    today = timezone.now().date()
    for words, found in (("rowing", 3), ("zumba", 0)):
        Wanted.objects.create(day=today, words=words, times=20, found=found)

    html = admin.get(reverse("searches_report")).content.decode()
    sheet = admin.get(reverse("searches_report"), {"export": "csv"})

    assert html.index("zumba") < html.index("rowing")
    assert b"".join(sheet.streaming_content).decode().splitlines()[1].startswith("zumba,20,0,")
    assert admin.get(reverse("searches_report"), {"export": "xlsx"}).status_code == 200
    assert "Search terms" not in admin.get("/cms/reports/locked/").content.decode()
