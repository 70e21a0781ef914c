"""Search in everything there is to train, to read and to learn."""

import datetime as dt
import uuid

import msgspec
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from api.core.access import AccessOut, Reader
from api.core.answers import shared_answer
from api.core.covers import CoverOut, cover_out
from api.core.found import FoundPage, MarkedOut, SearchFilters, found_page, marked_out
from api.workouts.answers import CategoryOut
from api.workouts.search import category_of, snippet
from cms.search.filters import FACETS
from cms.search.marks import marked
from cms.search.models import Document, Kind
from cms.search.questions import Question


class FoundOut(msgspec.Struct, frozen=True):
    """Something that was found. ``id`` is its id in the lists of its ``kind``.

    ``duration_s`` is how long a workout or the reading of an article takes, else 0. ``path`` is its
    page on the site, empty where it has none.
    """

    kind: str
    id: uuid.UUID
    title: str
    introduction: str
    path: str
    note: str
    category: CategoryOut | None
    difficulty: str
    duration_s: int
    cover: CoverOut | None
    access: AccessOut
    published_at: dt.datetime
    updated_at: dt.datetime
    marked_title: MarkedOut
    snippet: MarkedOut


class ContentFilters(SearchFilters):
    """The query of a search over all content; all filters hold at once."""

    kind = serializers.ChoiceField(Kind.choices, required=False)


class ContentSearch(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Search over all content, best first; forgives typing errors",
        parameters=[ContentFilters],
        responses={200: FoundPage[FoundOut]},
    )
    def get(self, request: Request) -> HttpResponseBase:
        def items(rows: list[Document], question: Question) -> list[FoundOut]:
            reader = Reader.of(request, rows)
            return [_found_out(row, question, reader.access_to(row)) for row in rows]

        page = found_page(request, ContentFilters, facets=FACETS, items=items)
        return shared_answer(request, page)


def _found_out(row: Document, question: Question, access: AccessOut) -> FoundOut:
    return FoundOut(
        kind=row.kind,
        id=row.uid,
        title=row.title,
        introduction=row.introduction,
        path=row.path,
        note=row.note,
        category=category_of(row),
        difficulty=row.difficulty,
        duration_s=row.duration_seconds,
        cover=cover_out(row.cover, row.cover_alt),
        access=access,
        published_at=row.published_at,
        updated_at=row.updated_at,
        marked_title=marked_out(marked(row.title, question.needles)),
        snippet=snippet(row, question),
    )
