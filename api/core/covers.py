"""Covers as the apps see them."""

import functools
from collections.abc import Mapping
from typing import Any

import msgspec
from django.core.files.storage import default_storage


class PictureOut(msgspec.Struct, frozen=True):
    """Public addresses of a picture in one size; take the first format that you can show."""

    width: int
    height: int
    avif: str
    webp: str
    jpeg: str


class CoverOut(msgspec.Struct, frozen=True):
    """A cover, at most 400, 800 and 1600 pixels wide: a smaller picture is never grown.

    Show ``color`` until it is there. Who cuts it further keeps the point ``focal_x``, ``focal_y``
    in sight: from 0 to 1, across and down.
    """

    small: PictureOut
    medium: PictureOut
    large: PictureOut
    alt: str
    color: str
    focal_x: float
    focal_y: float


@functools.lru_cache(maxsize=100_000)
def public_url(name: str) -> str:
    """The address of a public file; it depends on nothing but the name."""
    return default_storage.url(name)


def cover_out(drawn: Mapping[str, Any], alt: str) -> CoverOut | None:
    """The cover from what there is of it; ``None`` where there is none, or none yet."""
    sizes = drawn.get("sizes")
    if not sizes:
        return None
    small, medium, large = (
        PictureOut(
            width=size["width"],
            height=size["height"],
            avif=public_url(size["avif"]),
            webp=public_url(size["webp"]),
            jpeg=public_url(size["jpeg"]),
        )
        for size in sizes
    )
    focal_x, focal_y = drawn["focal"]
    return CoverOut(small, medium, large, alt, drawn["color"], focal_x, focal_y)
