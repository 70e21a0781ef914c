"""Search in the library."""

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView

from api.core.access import AccessOut, Reader
from api.core.answers import shared_answer
from api.core.covers import cover_out
from api.core.found import FoundPage, MarkedOut, SearchFilters, found_page, marked_out
from api.workouts.answers import CategoryOut, TrainerOut, WorkoutOut
from cms.search.filters import FACETS
from cms.search.marks import marked, snippet_of
from cms.search.models import Document, Kind
from cms.search.questions import Question

_FACETS = tuple(name for name in FACETS if name != "kind")


class WorkoutFoundOut(WorkoutOut, frozen=True):
    """A workout as lists have it, and where it has the words that were looked for."""

    marked_title: MarkedOut
    snippet: MarkedOut


class WorkoutSearch(APIView):
    permission_classes = [AllowAny]

    @extend_schema(
        summary="Search in the library, best first; forgives typing errors",
        description="Looks in what everyone may read of the published library; the caller's own"
        " workouts are in `/api/workouts?source=own`.",
        parameters=[SearchFilters],
        responses={200: FoundPage[WorkoutFoundOut]},
    )
    def get(self, request: Request) -> HttpResponseBase:
        def items(rows: list[Document], question: Question) -> list[WorkoutFoundOut]:
            reader = Reader.of(request, rows)
            return [_found_out(row, question, reader.access_to(row)) for row in rows]

        page = found_page(request, SearchFilters, facets=_FACETS, items=items, kind=Kind.WORKOUT)
        return shared_answer(request, page)


def category_of(row: Document) -> CategoryOut | None:
    shelf = row.category
    return CategoryOut(slug=shelf.slug, name=shelf.name, hue=shelf.hue) if shelf else None


def snippet(row: Document, question: Question) -> MarkedOut:
    texts = [row.introduction, row.teaser, row.text]
    return marked_out(snippet_of(texts, question.needles))


def _trainer(row: Document) -> TrainerOut | None:
    return TrainerOut(row.trainer, row.trainer_name, row.trainer_role) if row.trainer else None


def _found_out(row: Document, question: Question, access: AccessOut) -> WorkoutFoundOut:
    return WorkoutFoundOut(
        id=row.uid,
        title=row.title,
        introduction=row.introduction,
        category=category_of(row),
        difficulty=row.difficulty,
        equipment=row.equipment,
        muscles=row.muscles,
        duration_s=row.duration_seconds,
        cover=cover_out(row.cover, row.cover_alt),
        trainer=_trainer(row),
        is_own=False,
        access=access,
        published_at=row.published_at,
        updated_at=row.updated_at,
        marked_title=marked_out(marked(row.title, question.needles)),
        snippet=snippet(row, question),
    )
