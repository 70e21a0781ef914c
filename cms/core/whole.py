"""Pictures in stories: whole, in the sizes and formats of covers, at addresses that end.

What there is of one stands beside its image (``CoverImage.whole``), so that a story reads its
pictures with their rows. It is drawn by the queue (``cms.core.drawing``). Until then each size has
an address too: whoever asks for it has it made.
"""

import re
from typing import Any

from django.core.files.storage import default_storage
from PIL import Image
from willow.image import UnrecognisedImageFormatError

from cms.core.cards import Cover
from cms.core.covers import FORMATS, WIDTHS, cover_of
from cms.core.models import CoverImage

# The folder of what is not drawn yet; no file lies there.
UNDRAWN = "undrawn"
_AT_ONCE = "jpeg"
_UNDRAWN = re.compile(rf"{UNDRAWN}/(?P<pk>\d{{1,9}})/(?P<width>\d{{1,4}})\.{_AT_ONCE}")
_TALLEST = 2
UNREADABLE = (OSError, ValueError, Image.DecompressionBombError, UnrecognisedImageFormatError)


def spec(width: int, kind: str) -> str:
    """How Wagtail calls a whole picture, at most this wide and twice as tall, never grown."""
    return f"max-{width}x{width * _TALLEST}|format-{kind}"


def picture_of(image: Any) -> Cover | None:
    """A picture of a story for a page: no query. ``None`` where there is none that can be shown."""
    return cover_of(_whole(image), _alt(image)) if image else None


def told_of(image: Any) -> dict[str, Any] | None:
    """The same for the apps, in the shape that their covers have."""
    whole = _whole(image) if image else {}
    if not whole.get("sizes"):
        return None
    sizes = [
        {
            "width": size["width"],
            "height": size["height"],
            **{kind: default_storage.url(size[kind]) for kind in FORMATS},
        }
        for size in whole["sizes"]
    ]
    across, down = whole["focal"]
    return {
        **dict(zip(("small", "medium", "large"), sizes, strict=True)),
        "alt": _alt(image),
        "color": whole["color"],
        "focal_x": across,
        "focal_y": down,
    }


def made(name: str) -> str:
    """The private file of a size that is asked for before it is drawn; it is made if need be.

    Raises ``FileNotFoundError`` where there is no such picture, or none that can be read.
    """
    asked = _UNDRAWN.fullmatch(name)
    image = CoverImage.objects.filter(pk=asked["pk"]).first() if asked else None
    if image is None or asked is None or int(asked["width"]) not in WIDTHS:
        raise FileNotFoundError(name)
    try:
        return str(image.get_rendition(spec(int(asked["width"]), _AT_ONCE)).file.name)
    except UNREADABLE as error:
        raise FileNotFoundError(name) from error


def _whole(image: Any) -> dict[str, Any]:
    if image.is_drawn_whole:
        return dict(image.whole)
    return {"sizes": [_undrawn(image, width) for width in WIDTHS], "color": "", "focal": [0.5, 0.5]}


def _undrawn(image: Any, width: int) -> dict[str, Any]:
    """A size in the one format that is made while somebody waits."""
    share = min(width / image.width, width * _TALLEST / image.height, 1)
    name = f"{UNDRAWN}/{image.pk}/{width}.{_AT_ONCE}"
    return {
        "width": max(int(image.width * share), 1),
        "height": max(int(image.height * share), 1),
        **dict.fromkeys(FORMATS, name),
    }


def _alt(image: Any) -> str:
    return "" if image.decorative else str(image.contextual_alt_text or "")
