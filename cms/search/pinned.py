"""What editors want to stand first for certain words (Wagtail's promoted search results)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from wagtail.search.utils import normalise_query_string

from cms.search.models import Document
from cms.search.questions import Question
from fitness.core.prepared import PreparedInstance, is_any_of


def pinned_for(question: Question, *, kind: str = "") -> Sequence[Document]:
    """What is pinned for just these words, in the editors' order: one statement.

    Only what visitors can find: a page that is withdrawn or hides stands nowhere.
    """
    spelt = {normalise_query_string(question.typed), question.folded, question.suggestion} - {""}
    if not spelt:
        return []
    pinned = {row.pk: row for row in _PINNED.all(spelt=sorted(spelt))}
    return [row for row in pinned.values() if kind in {"", row.kind}]


def _pinned(spelt: Any) -> QuerySet[Document]:
    rows = Document.objects.filter(is_any_of("page__searchpromotion__query__query_string", spelt))
    return rows.order_by("page__searchpromotion__sort_order", "pk")


_PINNED = PreparedInstance(Document, "category", _pinned, "spelt")
