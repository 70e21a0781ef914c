"""Feeds. They come before Wagtail's page tree."""

from django.urls import path
from django.views.decorators.cache import cache_control

from cms.articles.feeds import ArticlesAtomFeed, ArticlesFeed

_shared = cache_control(public=True, max_age=600)

urlpatterns = [
    path("articles/feed.rss", _shared(ArticlesFeed()), name="articles_rss"),
    path("articles/feed.atom", _shared(ArticlesAtomFeed()), name="articles_atom"),
]
