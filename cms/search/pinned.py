"""What editors want to stand first for certain words (Wagtail's promoted search results)."""

from collections.abc import Sequence

from wagtail.search.utils import normalise_query_string

from cms.search.models import Document
from cms.search.questions import Question


def pinned_for(question: Question, *, kind: str = "") -> Sequence[Document]:
    """What is pinned for just these words, in the editors' order: one statement.

    Only what visitors can find: a page that is withdrawn or hides stands nowhere.
    """
    spelt = {normalise_query_string(question.typed), question.folded, question.suggestion} - {""}
    if not spelt:
        return []
    rows = Document.objects.filter(page__searchpromotion__query__query_string__in=spelt)
    rows = rows.filter(kind=kind) if kind else rows
    pinned = rows.select_related("category").order_by("page__searchpromotion__sort_order", "pk")
    return list({row.pk: row for row in pinned}.values())
