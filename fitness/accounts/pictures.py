"""Pictures that members send of themselves: judged by content, drawn anew, told nothing more.

What is kept is a picture of our own making: no camera, place or hidden file of the sent one
survives. Decoders are fed hostile files sooner or later, so size is read from the header
first, one picture is decoded at a time, and whatever a decoder trips over is a refusal.
"""

import io
import threading
from typing import ClassVar, Final

import pillow_heif
from PIL import Image, ImageCms, ImageOps

from fitness.core.errors import DomainError

LARGEST_BYTES: Final = 5 * 1024 * 1024
SIZES: Final = (512, 128)
_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF")
_MOST_PIXELS: Final = 25_000_000  # a phone's 24 megapixels
_LONGEST_SIDE, _SHORTEST_SIDE = 12_000, 64
_SHRINKS: Final = frozenset({"L", "LA", "RGB", "RGBA", "CMYK"})
_TOO_MANY_PIXELS: Final = "Send a picture of at most 25 megapixels."
_QUALITY: Final = 82
_ONE_AT_A_TIME = threading.Semaphore()

# iPhones send HEIC. AVIF is Pillow's own; thumbnails and depth maps are nothing to us.
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


class PictureTooLargeError(DomainError):
    """More bytes than a portrait needs."""

    status: ClassVar[int] = 413
    code = "picture_too_large"


class UnknownPictureError(DomainError):
    """No kind of picture that we read, whatever its name says."""

    status: ClassVar[int] = 415
    code = "unsupported_picture"


class UnfitPictureError(DomainError):
    """A picture, but broken, tiny or of more pixels than we decode."""

    code = "unfit_picture"


def portraits(sent: bytes) -> list[bytes]:
    """Square WebP pictures in each of ``SIZES``, cut from the middle of what was sent.

    Raises ``PictureTooLargeError``, ``UnknownPictureError`` and ``UnfitPictureError``.
    """
    if len(sent) > LARGEST_BYTES:
        raise PictureTooLargeError("Send a picture of at most 5 MB.")
    with _ONE_AT_A_TIME:
        square = _square(sent)
        return [_encoded(square, side) for side in SIZES]


def _square(sent: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(sent), formats=_FORMATS)
    except Image.DecompressionBombError:
        raise UnfitPictureError(_TOO_MANY_PIXELS) from None
    except Exception:
        raise UnknownPictureError("Send a JPEG, PNG, WebP, GIF, HEIC or AVIF picture.") from None
    _check_size(picture)
    try:
        return _drawn(picture)
    except Exception:
        raise UnfitPictureError("This picture is broken; send another.") from None


def _check_size(picture: Image.Image) -> None:
    """From the header alone: nothing was decoded yet."""
    width, height = picture.size
    if width * height > _MOST_PIXELS or max(width, height) > _LONGEST_SIDE:
        raise UnfitPictureError(_TOO_MANY_PIXELS)
    if min(width, height) < _SHORTEST_SIDE:
        raise UnfitPictureError(f"Send a picture of at least {_SHORTEST_SIDE} pixels a side.")


def _drawn(picture: Image.Image) -> Image.Image:
    """The first frame, upright, square, opaque and in sRGB, with nothing else attached."""
    largest = SIZES[0]
    picture.draft("RGB", (largest * 2, largest * 2))  # a JPEG is decoded no finer than needed
    upright = ImageOps.exif_transpose(_shrunk(picture))
    shown = _opaque(upright)
    square = ImageOps.fit(shown, (largest, largest), Image.Resampling.LANCZOS)
    clean = Image.new("RGB", square.size)
    clean.paste(_in_srgb(square, upright.info.get("icc_profile")))
    return clean


def _shrunk(picture: Image.Image) -> Image.Image:
    """Near the size that is needed, before copies are made of it."""
    factor = min(picture.size) // (SIZES[0] * 2)
    if factor < 2:  # noqa: PLR2004 - half is the least that can be taken off
        return picture
    if picture.mode in {"P", "PA", "1"}:
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    return picture.reduce(factor) if picture.mode in _SHRINKS else picture


def _opaque(picture: Image.Image) -> Image.Image:
    """In the colours it came in, or RGB; on white where it was see-through."""
    if picture.mode.startswith("I") or picture.mode == "F":  # 16 bits of grey: keep the upper 8
        return picture.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(ground, seen).convert("RGB")
    return picture if picture.mode in {"RGB", "CMYK"} else picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """As a screen shows it: by its colour profile, if that can be read."""
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, own, srgb, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return picture.convert("RGB")


def _encoded(square: Image.Image, side: int) -> bytes:
    if side != square.width:
        square = square.resize((side, side), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    square.save(file, "WEBP", quality=_QUALITY, method=4)
    return file.getvalue()
