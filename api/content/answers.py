"""Articles as the apps see them."""

import datetime as dt
import uuid
from typing import Any

import msgspec

from api.core.access import AccessOut
from api.core.covers import CoverOut, cover_out
from cms.articles.models import ArticlePage
from cms.core.covers import cover_names


class ArticleOut(msgspec.Struct, frozen=True):
    """An article in a list; ``reading_minutes`` is how long it takes."""

    id: uuid.UUID
    title: str
    introduction: str
    cover: CoverOut | None
    reading_minutes: int
    access: AccessOut
    published_at: dt.datetime | None
    updated_at: dt.datetime | None


class ArticleDetailOut(ArticleOut, frozen=True):
    """An article. ``body`` is empty, and ``teaser`` speaks, while it is locked."""

    teaser: str
    body: list[Any]


def article_fields(page: ArticlePage, *, access: AccessOut) -> dict[str, Any]:
    """The fields that an article has in a list and in full."""
    image = page.cover_image
    return {
        "id": page.translation_key,
        "title": page.title,
        "introduction": page.introduction,
        "cover": cover_out(cover_names(image), image.description if image else ""),
        "reading_minutes": page.reading_minutes,
        "access": access,
        "published_at": page.first_published_at,
        "updated_at": page.last_published_at,
    }
