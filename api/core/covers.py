"""Covers as the apps see them."""

import functools
from collections.abc import Sequence

import msgspec
from django.core.files.storage import default_storage


class CoverOut(msgspec.Struct, frozen=True):
    """Public addresses of the cover, 400, 800 and 1600 pixels wide."""

    small: str
    medium: str
    large: str
    alt: str


@functools.lru_cache(maxsize=20_000)
def public_url(name: str) -> str:
    """The address of a public file; it depends on nothing but the name."""
    return default_storage.url(name)


def cover_out(names: Sequence[str], alt: str) -> CoverOut | None:
    """The cover from the names of its three files, smallest first; ``None`` without them."""
    if not names:
        return None
    small, medium, large = (public_url(name) for name in names)
    return CoverOut(small=small, medium=medium, large=large, alt=alt)
