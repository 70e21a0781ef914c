"""Covers in the three widths that pages, phones and the catalogue use."""

from collections.abc import Sequence
from typing import Any

from django.core.files.storage import default_storage

from cms.core.cards import Cover

WIDTHS = (400, 800, 1600)
SPECS = tuple(f"fill-{width}x{width * 9 // 16}|format-webp" for width in WIDTHS)
_SHOWN = 1


def cover_names(image: Any) -> list[str]:
    """The public files of a cover, smallest first; made on first use, cut at the focal point."""
    if image is None:
        return []
    renditions = image.get_renditions(*SPECS)
    return [renditions[spec].file.name for spec in SPECS]


def cover_of(names: Sequence[str], alt: str) -> Cover | None:
    """A cover from its files as ``cover_names`` gave them: no query."""
    if len(names) != len(WIDTHS):
        return None
    urls = [default_storage.url(name) for name in names]
    return Cover(
        src=urls[_SHOWN],
        srcset=", ".join(f"{url} {width}w" for url, width in zip(urls, WIDTHS, strict=True)),
        alt=alt,
        width=WIDTHS[_SHOWN],
        height=WIDTHS[_SHOWN] * 9 // 16,
    )


def cover_from(image: Any) -> Cover | None:
    """The cover of a page that has its image at hand."""
    return cover_of(cover_names(image), image.description) if image else None
