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
from cms.search.pinned import pinned_for
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
    it already. ``promoted`` is what editors want to stand first for these words: on the first page
    of a search without filters, and not among its ``results``.
    """

    total: int
    facets: dict[str, list[CountOut]]
    suggestion: str
    promoted: list[Item]


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
    kind: str = "",
) -> FoundPage[Item]:
    """The page that a request asks for: five statements, one more where nothing has all words.

    One transaction, which the planner's hint of ``understood`` holds for.
    """
    asked = filters(data=request.query_params)
    asked.is_valid(raise_exception=True)
    chosen = dict(asked.validated_data)
    ordering, typed = chosen.pop("ordering"), chosen.pop("q")
    cursor = Cursor(request, *ORDERS[ordering])
    takes_pins = cursor.is_first and ordering == "relevance" and not chosen
    with transaction.atomic():
        question = understood(typed)
        found = search(question, facets=facets, **chosen, **({"kind": kind} if kind else {}))
        pinned = list(pinned_for(question, kind=kind)) if takes_pins else []
        rows = cursor.rows(found.rows.exclude(pk__in=[row.pk for row in pinned]))
    if cursor.is_first:
        tallies.count(question, found=found.counted.total)
    told = items([*pinned, *rows], question)
    page = cursor.as_page(told[len(pinned) :])
    return FoundPage(
        next=page.next,
        previous=page.previous,
        results=page.results,
        total=found.counted.total,
        facets=_facets_of(found),
        suggestion=question.suggestion,
        promoted=told[: len(pinned)],
    )


def marked_out(found: Marked) -> MarkedOut:
    return MarkedOut(text=found.text, marks=list(found.marks))


def _facets_of(found: Search) -> dict[str, list[CountOut]]:
    return {
        name: [CountOut(count.value, count.label, count.count) for count in counts]
        for name, counts in found.counted.by.items()
    }
