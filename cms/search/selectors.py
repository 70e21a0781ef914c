"""What is found, in which order, and what would narrow it down."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.search import SearchRank
from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Greatest, Least

from cms.search.facets import Counted, counted
from cms.search.filters import Chosen, conditions_of
from cms.search.models import Document
from cms.search.questions import Question

ORDERS: Final = {
    "relevance": ("-score", "-id"),
    "newest": ("-published_at", "-id"),
    "title": ("title", "id"),
    "shortest": ("duration_seconds", "id"),
    "longest": ("-duration_seconds", "-id"),
}
POPULAR: Final = ("-popularity", "-published_at", "-pk")
# Of what is not in the head, facts, summary, title.
_WEIGHTS: Final = [0.0, 0.1, 0.25, 1.0]
_MILLION: Final = 1_000_000
# So that scores are whole numbers, which a cursor can name exactly.
_EXACT_TITLE, _TITLE_BEGINS, _MOST_POPULAR = 1_000_000, 500_000, 50
_NOT_SHOWN: Final = ("title_words", "summary_words", "fact_words", "text_words", "vector", "head")


@dataclass(frozen=True, slots=True)
class Search:
    """A question with its filters, ready to be read a page at a time."""

    question: Question
    rows: QuerySet[Document]
    counted: Counted


def search(question: Question, *, facets: Collection[str], **chosen: Any) -> Search:
    """What answers the question: one statement for the counts, one more if no thing has all words.

    ``rows`` are not read yet; they have a ``score`` and come with their category.
    """
    conditions = conditions_of(chosen)
    fixed = _fixed(chosen, facets)
    rest = {name: condition for name, condition in conditions.items() if name in facets}
    for query in _attempts(question):
        matching = Document.objects.filter(fixed, vector=query)
        counts = counted(matching, rest, facets)
        if counts.total or any(counts.by.values()):
            break
    else:
        nothing = Document.objects.none().annotate(score=Value(0))
        return Search(question, nothing, Counted(0, {name: [] for name in facets}))
    rows = matching.filter(*conditions.values()).select_related("category").defer(*_NOT_SHOWN)
    return Search(question, rows.annotate(score=_score(question, query)), counts)


def popular(*, limit: int) -> Sequence[Document]:
    """What others train most, for whoever found nothing: one statement."""
    rows = Document.objects.select_related("category").defer(*_NOT_SHOWN)
    return list(rows.filter(kind="workout").order_by(*POPULAR)[:limit])


def completions(question: Question, *, limit: int) -> Sequence[Document]:
    """Things whose title or facts begin as was typed, the best first: one statement."""
    if question.query is None:
        return []
    rows = Document.objects.filter(vector=question.query).defer(*_NOT_SHOWN)
    scored = rows.annotate(score=_score(question, question.query))
    return list(scored.order_by(*ORDERS["relevance"])[:limit])


def _attempts(question: Question) -> list[Any]:
    """First what has all of the words; where there is nothing, what has any of them."""
    if question.query is None:
        return []
    return [question.query, question.loose] if len(question.words) > 1 else [question.query]


def _fixed(chosen: Chosen, facets: Collection[str]) -> Q:
    """What is chosen once for all, and is no facet: the kind of a list of one kind."""
    fixed = Q()
    for name, condition in conditions_of(chosen).items():
        if name not in facets:
            fixed &= condition
    return fixed


def _score(question: Question, query: Any) -> Any:
    """How well a thing answers: its title counts most, then summary, facts and open story."""
    rank = Least(SearchRank(F("head"), query, weights=_WEIGHTS), Value(1.0))
    title = Case(
        When(title_words=question.folded, then=_EXACT_TITLE),
        When(title_words__startswith=question.folded, then=_TITLE_BEGINS),
        default=0,
    )
    trained = Least(Greatest(F("popularity"), 0), _MOST_POPULAR)
    whole = Cast(rank * Value(float(_MILLION)), BigIntegerField())
    return Cast(whole + title + trained * 1_000, BigIntegerField())
