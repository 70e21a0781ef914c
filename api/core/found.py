"""Answers to searches: a page of what was found, and what would narrow it down."""

from collections.abc import Callable
from typing import Any

import msgspec
from django.db import transaction
from rest_framework import serializers
from rest_framework.request import Request

from api.core.pagination import Cursor, Page
from cms.search import tallies
from cms.search.marks import Marked
from cms.search.models import Document
from cms.search.questions import LONGEST, Question, understood
from cms.search.selectors import ORDERS, Search, search
from fitness.training.models import Access, Difficulty, Equipment, Muscle

_A_DAY = 86_400


class MarkedOut(msgspec.Struct, frozen=True):
    """Plain text, and where the words that were looked for begin and end, in characters of it."""

    text: str
    marks: list[tuple[int, int]]


class CountOut(msgspec.Struct, frozen=True):
    """An answer to a filter, and how many results it would leave.

    ``label`` is empty where the value is a word of a closed list.
    """

    value: str
    label: str
    count: int


class FoundPage[Item](Page[Item], frozen=True):
    """One page of results; ``total`` is how many there are in all.

    ``facets`` has the counts by each filter, of what all the other filters leave. ``suggestion``
    is what was probably meant where nothing is called what was typed, else empty; ``results`` have
    it already.
    """

    total: int
    facets: dict[str, list[CountOut]]
    suggestion: str


class SearchFilters(serializers.Serializer[Any]):
    """The query of a search; all filters hold at once."""

    q = serializers.CharField(
        max_length=LONGEST,
        help_text="What to look for: words in any order, the last may be unfinished.",
    )
    category = serializers.SlugField(required=False, help_text="The slug of a category.")
    difficulty = serializers.ChoiceField(Difficulty.choices, required=False)
    equipment = serializers.ChoiceField(Equipment.choices, required=False)
    muscle = serializers.ChoiceField(Muscle.choices, required=False)
    access = serializers.ChoiceField(Access.choices, required=False)
    trainer = serializers.UUIDField(required=False, help_text="The id of a coach.")
    min_duration_s = serializers.IntegerField(required=False, min_value=0, max_value=_A_DAY)
    max_duration_s = serializers.IntegerField(required=False, min_value=0, max_value=_A_DAY)
    ordering = serializers.ChoiceField(list(ORDERS), default="relevance")


def found_page[Item](
    request: Request,
    filters: type[SearchFilters],
    *,
    facets: tuple[str, ...],
    items: Callable[[list[Document], Question], list[Item]],
    **fixed: Any,
) -> FoundPage[Item]:
    """The page that a request asks for: four statements, one more where nothing has all words.

    One transaction, which the planner's hint of ``understood`` holds for.
    """
    asked = filters(data=request.query_params)
    asked.is_valid(raise_exception=True)
    chosen = dict(asked.validated_data)
    cursor = Cursor(request, *ORDERS[chosen.pop("ordering")])
    with transaction.atomic():
        question = understood(chosen.pop("q"))
        found = search(question, facets=facets, **chosen, **fixed)
        rows = cursor.rows(found.rows)
    if "cursor" not in request.query_params:
        tallies.count(question, found=found.counted.total)
    page = cursor.as_page(items(rows, question))
    return FoundPage(
        next=page.next,
        previous=page.previous,
        results=page.results,
        total=found.counted.total,
        facets=_facets_of(found),
        suggestion=question.suggestion,
    )


def marked_out(found: Marked) -> MarkedOut:
    return MarkedOut(text=found.text, marks=list(found.marks))


def _facets_of(found: Search) -> dict[str, list[CountOut]]:
    return {
        name: [CountOut(count.value, count.label, count.count) for count in counts]
        for name, counts in found.counted.by.items()
    }
