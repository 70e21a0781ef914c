"""New articles for feed readers: what a list shows of them, and never a body."""

import datetime as dt
from typing import Any

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from cms.articles.models import ArticlePage

_NEWEST = 20


class ArticlesFeed(Feed):  # type: ignore[type-arg]
    """RSS. Of a gated article it says what readers without the right will get."""

    title = "FitCore: articles"
    link = "/articles/"
    description = "Short, useful pieces about training, rest and everything in between."

    def items(self) -> Any:
        return ArticlePage.objects.newest().filter(noindex=False)[:_NEWEST]

    def item_title(self, item: ArticlePage) -> str:
        return str(item.title)

    def item_description(self, item: ArticlePage) -> str:
        return " ".join(filter(None, (item.introduction, item.teaser)))

    def item_link(self, item: ArticlePage) -> str:
        return item.full_url or ""

    def item_guid(self, item: ArticlePage) -> str:
        return f"urn:uuid:{item.translation_key}"

    def item_pubdate(self, item: ArticlePage) -> dt.datetime | None:
        at: dt.datetime | None = item.first_published_at
        return at

    def item_updateddate(self, item: ArticlePage) -> dt.datetime | None:
        at: dt.datetime | None = item.last_published_at
        return at


class ArticlesAtomFeed(ArticlesFeed):
    """The same as Atom."""

    feed_type = Atom1Feed
    subtitle = ArticlesFeed.description
