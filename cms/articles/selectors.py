"""What is asked of articles by who draws cards of them elsewhere."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cms.articles.models import ArticlePage
from cms.core.listing import is_in_our_language
from fitness.core.prepared import Prepared, is_any_of


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """What a card shows of an article that visitors can read."""

    uid: uuid.UUID
    title: str
    access: str
    reading_minutes: int
    cover: dict[str, Any]
    cover_alt: str

    @property
    def entitlement_key(self) -> str:
        """The right that opens this article alone."""
        return f"article:{self.uid}"


def articles_named(uids: Collection[uuid.UUID]) -> dict[uuid.UUID, ListedArticle]:
    """Those of the articles that are live; one query, none for no names."""
    if not uids:
        return {}
    rows = _NAMED.rows(uids=list(uids))
    return {row[0]: _listed(*row) for row in rows}


def _named(uids: Any) -> QuerySet[ArticlePage, Any]:
    articles: QuerySet[ArticlePage, Any] = (
        ArticlePage.objects.live()
        .filter(is_any_of("translation_key", uids), is_in_our_language())
        .values_list(
            "translation_key", "title", "access", "reading_minutes", "cover_image__drawn",
            "cover_image__description",
        )
    )  # fmt: skip
    return articles


_NAMED = Prepared(_named, "uids")


def _listed(*columns: Any) -> ListedArticle:
    *told, cover, cover_alt = columns
    values = [*told, cover or {}, cover_alt or ""]
    return ListedArticle(*values)
