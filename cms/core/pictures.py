"""What a picture loses before anything is made of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import Image
from wagtail.images.models import Filter

_TOLD = ("exif", "xmp", "photoshop", "comment")
_TO_8_BITS = 1 / 256


class BareFilter(Filter):
    """Makes sizes that do not tell where, when and with what a picture was taken."""

    @contextmanager
    def get_willow_image(self, image: Any, source: Any = None) -> Iterator[Any]:
        with super().get_willow_image(image, source) as picture:
            yield _Bare(picture)


class _Bare:
    """Willow's picture, which is laid bare once it stands upright."""

    def __init__(self, picture: Any) -> None:
        self._picture = picture

    def __getattr__(self, name: str) -> Any:
        return getattr(self._picture, name)

    def auto_orient(self) -> Any:
        upright = self._picture.auto_orient()
        if upright.image.mode == "CMYK":
            upright = upright.transform_colorspace_to_srgb()
        upright.image = _for_screens(upright.image)
        for told in _TOLD:
            upright.image.info.pop(told, None)
        return upright


def _for_screens(picture: Image.Image) -> Image.Image:
    """Eight bits of red, green and blue, or of grey."""
    if picture.mode.startswith("I"):  # Pillow would make all above 255 white
        return picture.convert("I").point(lambda tone: tone * _TO_8_BITS).convert("L")
    return picture.convert("RGB") if picture.mode == "CMYK" else picture
