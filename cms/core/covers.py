"""Covers in the three sizes and three formats that pages, phones and the catalogue use.

What there is of a cover is kept beside its image (``CoverImage.drawn``), so that a list reads it
with the row and never makes a picture. It is drawn by the queue (``cms.core.drawing``).
"""

from collections.abc import Mapping
from typing import Any

from django.core.files.storage import default_storage

from cms.core.cards import Cover, Source

WIDTHS = (400, 800, 1600)
FORMATS = ("avif", "webp", "jpeg")
_SHOWN = 1


def spec(width: int, kind: str) -> str:
    """How Wagtail calls a cover of this width: cut to 16:9 around the focal point, never grown."""
    return f"fill-{width}x{width * 9 // 16}|format-{kind}"


def drawn_of(image: Any) -> dict[str, Any]:
    """What there is of a page's cover: nothing without an image, or before it is drawn."""
    return (image.drawn or {}) if image else {}


def files_of(drawn: Mapping[str, Any]) -> set[str]:
    """The files that were drawn, the one for social networks included."""
    sizes = {size[kind] for size in drawn.get("sizes", []) for kind in FORMATS}
    return sizes | {drawn["social"]} if "social" in drawn else sizes


def cover_of(drawn: Mapping[str, Any], alt: str) -> Cover | None:
    """A cover from what there is of it: no query."""
    # A small picture is the same in all sizes, and a browser wants each width once.
    sizes = list({size["width"]: size for size in drawn.get("sizes", [])}.values())
    if not sizes:
        return None
    shown = sizes[min(_SHOWN, len(sizes) - 1)]
    *modern, plain = (
        Source(f"image/{kind}", ", ".join(f"{_url(size[kind])} {size['width']}w" for size in sizes))
        for kind in FORMATS
        if kind == FORMATS[-1] or shown[kind] != shown[FORMATS[-1]]
    )
    return Cover(
        src=_url(shown["jpeg"]),
        srcset=plain.srcset,
        sources=modern,
        alt=alt,
        width=shown["width"],
        height=shown["height"],
        color=drawn.get("color", ""),
    )


def cover_from(image: Any) -> Cover | None:
    """The cover of a page that has its image at hand."""
    return cover_of(drawn_of(image), image.description) if image else None


def _url(name: str) -> str:
    return default_storage.url(name)
