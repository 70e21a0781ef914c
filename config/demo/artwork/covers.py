"""Cover pictures, 1600 by 900: the same seed always draws the same bytes."""

import io
import math
import random

from PIL import Image, ImageFilter

from config.demo.artwork import backdrop
from config.demo.artwork.backdrop import Circle, Size
from config.demo.artwork.brush import Camera, MaskBrush
from config.demo.artwork.colour import oklch
from config.demo.artwork.movement import Movement
from config.demo.artwork.movements import MOVEMENTS
from config.demo.names import dice

SIZE: Size = (1600, 900)
WHITE = (255, 255, 255)


def workout_cover(*, seed: int, slug: str, movement: str, hue: float) -> bytes:
    """Somebody in the middle of a movement, before circles in the category's hue."""
    image = _ground(seed=seed, slug=slug, hue=hue)
    _stand(image, MOVEMENTS[movement])
    return _jpeg(image)


def article_cover(*, seed: int, slug: str, hue: float) -> bytes:
    """No person: rings and discs that cross like the hands of clocks."""
    rng = dice(seed=seed, name=f"orbits:{slug}")
    image = _ground(seed=seed, slug=slug, hue=hue)
    for circle in _orbits(rng, hue):
        backdrop.paint(image, circle)
    return _jpeg(image)


def _ground(*, seed: int, slug: str, hue: float) -> Image.Image:
    rng = dice(seed=seed, name=f"cover:{slug}")
    image = backdrop.gradient(size=SIZE, hue=hue)
    for circle in backdrop.circles(rng=rng, hue=hue, width=SIZE[0] / SIZE[1]):
        backdrop.paint(image, circle)
    return image


def _stand(image: Image.Image, movement: Movement) -> None:
    extent = movement.extent()
    scale = min(8.8, 1100 / extent.width, 700 / extent.top)
    ground = 450 + scale * extent.top / 2 + 6
    camera = Camera(scale, SIZE[0] / 2 - extent.middle * scale, ground)
    brush = MaskBrush(size=SIZE, camera=camera)
    movement.draw(brush, movement.cover_at)
    mask = brush.mask()
    soft = mask.filter(ImageFilter.GaussianBlur(14)).point([value * 2 // 5 for value in range(256)])
    image.paste((0, 0, 0), (0, 10), soft)
    image.paste(WHITE, (0, 0), mask)


def _orbits(rng: random.Random, hue: float) -> list[Circle]:
    centre = rng.uniform(0.72, 1.06), rng.uniform(0.46, 0.54)
    found = []
    for index in range(5):
        radius = 0.13 + index * 0.085
        turn = rng.uniform(0, 2 * math.pi)
        planet = centre[0] + radius * math.cos(turn), centre[1] + radius * math.sin(turn)
        glow = oklch(0.88, 0.12, hue + rng.uniform(-40, 40))
        found += [
            Circle(*centre, radius + 0.004, WHITE, 150 - index * 20, hole=radius - 0.004),
            Circle(*planet, rng.uniform(0.022, 0.06), glow if index % 2 else WHITE, 240),
        ]
    return [*found, Circle(*centre, 0.062, WHITE, 245)]


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=86, optimize=True)
    return out.getvalue()
