"""What was found, as cards: plain values with their marks."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString

from cms.core.access import TIERS
from cms.core.cards import Cover
from cms.core.covers import cover_of
from cms.core.formats import whole_minutes
from cms.search.marks import marked, snippet_of
from cms.search.models import Document, Kind
from cms.search.questions import Question
from cms.workouts.cards import NO_CATEGORY_HUE
from fitness.training.models import Difficulty

_CALLED = {
    Kind.WORKOUT: "Workout",
    Kind.EXERCISE: "Exercise",
    Kind.ARTICLE: "Article",
    Kind.TUTORIAL: "Tutorial",
    Kind.PROGRAMME: "Programme",
    Kind.TRAINER: "Coach",
}


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A thing that was found: what it is, and a line of it with the words that were looked for."""

    kind: str
    title: str
    title_html: SafeString
    snippet_html: SafeString
    url: str
    cover: Cover | None
    hue: int
    facts: list[str]
    tier: str


def found_card(document: Document, question: Question) -> FoundCard:
    """A card of a document that comes with its category: no query."""
    kind = Kind(document.kind)
    texts = [document.introduction, document.teaser, document.text]
    return FoundCard(
        kind=_CALLED[kind],
        title=document.title,
        title_html=marked(document.title, question.needles).html(),
        snippet_html=snippet_of(texts, question.needles).html(),
        url=url_of(document),
        cover=cover_of(document.cover, document.cover_alt),
        hue=document.category.hue if document.category else NO_CATEGORY_HUE,
        facts=_facts(document, kind),
        tier=TIERS[document.access],
    )


def called(document: Document) -> str:
    """What the thing is, in one word."""
    return _CALLED[Kind(document.kind)]


def url_of(document: Document) -> str:
    """Its page; an exercise has none, and leads to the workouts that are made of it."""
    if document.path:
        return document.path
    query = urlencode({"q": document.title, "kind": Kind.WORKOUT})
    return f"{reverse('search')}?{query}"


def _facts(document: Document, kind: Kind) -> list[str]:
    minutes = whole_minutes(document.duration_seconds)
    length = f"{minutes} min{' read' if kind is Kind.ARTICLE else ''}" if minutes else ""
    level = Difficulty(document.difficulty).label if document.difficulty else ""
    tier = TIERS[document.access]
    is_gated = kind not in {Kind.EXERCISE, Kind.TRAINER}
    shown = [document.note, level, length, tier if is_gated and tier != "Premium" else ""]
    return [fact for fact in shown if fact]
