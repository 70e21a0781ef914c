"""Articles as cards in a list."""

from typing import TYPE_CHECKING

from cms.core.access import TIERS
from cms.core.cards import ArticleCard
from cms.core.covers import cover_from

if TYPE_CHECKING:
    from cms.articles.models import ArticlePage


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
