"""Whatever somebody asks of search: an answer, or a reason why there is none."""

import uuid
from typing import Any

import pytest
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from tests.api.client import ApiClient
from tests.api.test_search import ALL, LIBRARY, article, found
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db


def test_a_snippet_is_text_and_its_marks_are_places(visitor: ApiClient) -> None:
    article("Rowing", introduction="<b>Row</b> & rest: rowing is " + "very " * 60 + "good.")

    row = found(visitor, "rowing")["results"][0]

    text = row["snippet"]["text"]
    assert text.startswith("<b>Row</b> & rest: rowing is")
    assert len(text) < 200
    assert [text[a:b] for a, b in row["snippet"]["marks"]] == ["rowing"]
    assert row["marked_title"] == {"text": "Rowing", "marks": [[0, 6]]}


@pytest.mark.parametrize("path", [ALL, LIBRARY])
@pytest.mark.parametrize("q", ["", "   ", "x" * 10_000, "a\0b"])
def test_what_is_no_question_is_refused_with_a_reason(
    visitor: ApiClient, path: str, q: str
) -> None:
    answer = visitor.get(path, {"q": q})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/q"


@pytest.mark.parametrize("path", [ALL, LIBRARY])
@pytest.mark.parametrize(
    "q",
    [
"&", "| ! <->", "!", ":*", "a:*", "'", "''", "\\", "a & ", "(", ")))((", "%", "%%%%",
        "____", "*" * 100, "a" * 100, "a " * 50, "🏋️", "\u202e", "日本語", "قوة", "½", "1e999",
        "<script>", "'; DROP TABLE search_document; --", "e\u0301" * 40, "\ufffd",
        "the", "die der das", "İstanbul", "ﬁt", "3x12", "10-20", "%s %(words)s", "{}",
    ],
)  # fmt: skip
def test_whatever_is_typed_is_answered(visitor: ApiClient, path: str, q: str) -> None:
    article("Sleep")

    assert visitor.get(path, {"q": q}).status_code == 200


@pytest.mark.parametrize(
    "params",
    [
        {"difficulty": "heroic"}, {"kind": "user"}, {"trainer": "x"}, {"min_duration_s": -1},
        {"max_duration_s": 10**12}, {"ordering": "rank"}, {"cursor": "x"}, {"limit": 1000},
    ],
)  # fmt: skip
def test_filters_that_mean_nothing_are_refused(visitor: ApiClient, params: dict[str, Any]) -> None:
    assert visitor.get(ALL, {"q": "sleep", **params}).status_code == 400


def test_filters_of_nobody_find_nothing(visitor: ApiClient) -> None:
    article("Sleep")

    assert found(visitor, "sleep", category="nowhere")["results"] == []
    assert found(visitor, "sleep", trainer=uuid.uuid4())["results"] == []


def test_what_editors_pinned_is_promoted_where_nothing_else_was_chosen(visitor: ApiClient) -> None:
    article("Back pain")
    workout = pages.workout_page(title="Start here")
    for place, page in enumerate([article("A strong back"), workout]):
        SearchPromotion.objects.create(query=Query.get("back pain"), page=page, sort_order=place)

    everywhere = found(visitor, "Back  pain")

    assert [row["title"] for row in everywhere["promoted"]] == ["A strong back", "Start here"]
    assert [row["title"] for row in everywhere["results"]] == ["Back pain"]
    assert [row["title"] for row in found(visitor, "back pain", LIBRARY)["promoted"]] == [
        "Start here"
    ]
    for chosen in ({"access": "free"}, {"ordering": "newest"}, {"q": "back"}):
        assert found(visitor, **{"q": "back pain", **chosen})["promoted"] == []
