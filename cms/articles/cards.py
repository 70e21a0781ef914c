"""Articles as cards in a list."""

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q, QuerySet

from cms.core.access import TIERS
from cms.core.cards import ArticleCard
from cms.core.covers import cover_from

if TYPE_CHECKING:
    from cms.articles.models import ArticlePage

PAGE_SIZE: Final = 12
_LONGEST_ID = 18


def list_from(newest: "QuerySet[ArticlePage]", *, after: str, path: str) -> dict[str, Any]:
    """A page of the list, from the article that follows ``after`` on; nothing is counted."""
    found = list(_following(newest, after)[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    has_more = len(found) > PAGE_SIZE
    return {
        "cards": [article_card(page) for page in shown],
        "next_url": f"{path}?after={shown[-1].pk}" if has_more else "",
    }


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


def _following(newest: "QuerySet[ArticlePage]", after: str) -> "QuerySet[ArticlePage]":
    """The articles behind the one named; a name that means nothing starts from the top."""
    if not after.isdecimal() or len(after) > _LONGEST_ID:
        return newest
    anchor = newest.filter(pk=int(after)).first()
    if anchor is None:
        return newest
    at = anchor.first_published_at
    return newest.filter(Q(first_published_at__lt=at) | Q(first_published_at=at, pk__lt=anchor.pk))
