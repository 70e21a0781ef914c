"""Articles as cards in a list."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from cms.core.access import TIERS
from cms.core.cards import ArticleCard
from cms.core.covers import cover_from
from cms.core.listing import Listed, part_of

if TYPE_CHECKING:
    from cms.articles.models import ArticlePage


def list_from(newest: "QuerySet[ArticlePage]", *, after: str, path: str) -> dict[str, Any]:
    """A page of the list, from the article that follows ``after`` on; nothing is counted."""
    part: Listed[ArticlePage] = part_of(newest, after=after, path=path)
    return {"cards": [article_card(page) for page in part.shown], "next_url": part.next_url}


def article_card(page: "ArticlePage") -> ArticleCard:
    """An article as it stands in a list; never with anything from its body."""
    return ArticleCard(
        title=page.title,
        url=page.url or "",
        cover=cover_from(page.cover_image),
        introduction=page.introduction,
        minutes=page.reading_minutes,
        access=page.access,
        tier=TIERS[page.access],
        published_on=page.published_on,
    )
