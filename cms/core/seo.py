"""What the head of a page tells search engines and social networks."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.storage import default_storage

from cms.core.covers import drawn_of

SOCIAL_SPEC = "fill-1200x630|format-jpeg"


@dataclass(frozen=True, slots=True)
class Seo:
    """The title, description, address and picture that stand for a page elsewhere."""

    title: str
    description: str
    canonical: str
    image: str
    is_hidden: bool


def seo_of(page: Any) -> Seo:
    """How a page presents itself; never with anything from its gated body."""
    picture = page.social_image or getattr(page, "cover_image", None)
    return Seo(
        title=page.seo_title or page.title,
        description=page.search_description or getattr(page, "introduction", ""),
        canonical=page.canonical_url or page.full_url or "",
        image=_social(picture),
        is_hidden=page.noindex,
    )


def _social(picture: Any) -> str:
    """The whole address of a picture in the size that is shared; nothing until it is drawn."""
    name = drawn_of(picture).get("social")
    return urljoin(settings.WAGTAILADMIN_BASE_URL, default_storage.url(name)) if name else ""
