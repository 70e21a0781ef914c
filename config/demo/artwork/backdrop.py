"""The ground of every picture: a slow gradient of one hue with overlapping circles."""

import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

from config.demo.artwork.colour import Rgb, oklch

Size = tuple[int, int]
_GRID = (64, 36)
_LARGE_ONES = 4
_WARM = 100


@dataclass(frozen=True)
class Circle:
    """Place and radius in shares of the picture's height."""

    x: float
    y: float
    radius: float
    colour: Rgb
    alpha: int


def gradient(*, size: Size, hue: float) -> Image.Image:
    """From the bright hue above on the left to its deep neighbour below on the right."""
    columns, rows = _GRID
    small = Image.new("RGB", _GRID)
    pixels = [
        _shade(hue, 0.62 * (column / columns) + 0.5 * (row / rows))
        for row in range(rows)
        for column in range(columns)
    ]
    small.putdata(pixels)
    return small.resize(size, Image.Resampling.BICUBIC)


def circles(*, rng: random.Random, hue: float, width: float) -> list[Circle]:
    """A few large, pale circles around a middle, and some small ones astray."""
    found = []
    middle = rng.uniform(0.3, 0.7) * width, rng.uniform(0.35, 0.65)
    for index in range(rng.randint(6, 8)):
        is_large = index < _LARGE_ONES
        spread = 0.42 if is_large else 0.95
        found.append(
            Circle(
                x=middle[0] + rng.uniform(-spread, spread) * 1.2,
                y=middle[1] + rng.uniform(-spread, spread) * 0.8,
                radius=rng.uniform(0.3, 0.62) if is_large else rng.uniform(0.08, 0.2),
                colour=oklch(rng.uniform(0.66, 0.8), 0.16, hue + rng.uniform(-45, 35)),
                alpha=rng.randint(30, 58),
            )
        )
    return found


def paint(image: Image.Image, circle: Circle) -> None:
    """Lay one smooth circle over the picture."""
    height = image.height
    radius = circle.radius * height
    side = max(round(radius * 2), 2)
    mask = Image.new("L", (side * 2, side * 2), 0)
    draw = ImageDraw.Draw(mask)
    draw.ellipse((0, 0, side * 2 - 1, side * 2 - 1), fill=circle.alpha)
    corner = round(circle.x * height - radius), round(circle.y * height - radius)
    image.paste(circle.colour, (*corner, corner[0] + side, corner[1] + side), mask.reduce(2))


def _shade(hue: float, share: float) -> Rgb:
    # Warm hues deepen towards purple: the other way they turn to mud.
    turn = -58 if hue < _WARM else 38
    return oklch(0.62 - 0.35 * share, 0.19 - 0.07 * share, hue + turn * share)
