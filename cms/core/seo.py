"""What the head of a page tells search engines and social networks."""

from dataclasses import dataclass
from typing import Any

_SOCIAL_SIZE = "fill-1200x630|format-jpeg"


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
        image=picture.get_rendition(_SOCIAL_SIZE).full_url if picture else "",
        is_hidden=page.noindex,
    )
