"""What is made ready when an article is published; Wagtail tells of it by signal only."""

from typing import Any

from wagtail.signals import page_published

from cms.articles.models import ArticlePage
from cms.core.covers import cover_names


def connect() -> None:
    page_published.connect(_draw_cover, sender=ArticlePage)


def _draw_cover(sender: type[ArticlePage], instance: ArticlePage, **kwargs: Any) -> None:
    """The first reader does not wait for the sizes of the cover."""
    cover_names(instance.cover_image)
