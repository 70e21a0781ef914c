"""Picture files as phones, browsers and attackers send them."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms

RED, GREEN, BLUE = (200, 30, 30), (30, 160, 60), (30, 60, 200)


def halves(size: tuple[int, int] = (400, 300), mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, RED)
    picture.paste(BLUE, (size[0] // 2, 0, *size))
    return picture.convert(mode)


def encoded(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def photo_with_gps(
    orientation: int = 1, *, size: tuple[int, int] = (400, 300), kind: str = "JPEG"
) -> bytes:
    """As a camera writes it: where, when, with what, and which way up."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F], exif[0x9286] = "SecretCam", "SecretNote"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (52.0, 13.0, 47.0), "E", (21.0, 0.0, 42.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    comment = {"comment": b"SecretComment"} if kind == "JPEG" else {}
    return encoded(halves(size), kind, exif=exif, icc_profile=profile, **comment)


def bomb(side: int = 30_000) -> bytes:
    """A small PNG that unpacks to gigabytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    pixels = zlib.compress(bytes(side * 40), 9)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [chunk(b"IHDR", header), chunk(b"IDAT", pixels), chunk(b"IEND", b"")]
    )


def animation() -> bytes:
    frames = [Image.new("RGB", (200, 200), colour) for colour in (RED, GREEN, BLUE)]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=50)


def grey_of_16_bits() -> bytes:
    """From black on the left to white on the right."""
    row = b"".join(struct.pack("<H", at * 65535 // 255) for at in range(256))
    return encoded(Image.frombytes("I;16", (256, 128), row * 128), "PNG")
