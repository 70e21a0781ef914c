"""Round strokes on a mask. What is drawn later lies on top, with its own shade from 0 to 255."""

import math
from dataclasses import dataclass, field
from typing import Protocol

from PIL import Image, ImageDraw

from config.demo.artwork.figure import Point


class Brush(Protocol):
    """What figures and props are drawn with."""

    def bone(self, start: Point, end: Point, *, radii: tuple[float, float], shade: int) -> None: ...

    def disc(self, centre: Point, *, radius: float, shade: int, hole: float = 0) -> None: ...


@dataclass(frozen=True)
class Camera:
    """Turns a person's units into pixels."""

    scale: float
    left: float
    ground: float

    def pixel(self, point: Point) -> tuple[float, float]:
        return self.left + point[0] * self.scale, self.ground - point[1] * self.scale

    def times(self, factor: int) -> "Camera":
        return Camera(self.scale * factor, self.left * factor, self.ground * factor)


class MaskBrush:
    """Draws larger than needed; ``mask`` is made smooth by shrinking it."""

    finer = 2

    def __init__(self, *, size: tuple[int, int], camera: Camera) -> None:
        self._camera = camera.times(self.finer)
        self._image = Image.new("L", (size[0] * self.finer, size[1] * self.finer), 0)
        self._draw = ImageDraw.Draw(self._image)

    def bone(self, start: Point, end: Point, *, radii: tuple[float, float], shade: int) -> None:
        (x0, y0), (x1, y1) = self._camera.pixel(start), self._camera.pixel(end)
        first, last = (radius * self._camera.scale for radius in radii)
        length = math.hypot(x1 - x0, y1 - y0)
        if length > abs(first - last):
            nx, ny = (y0 - y1) / length, (x1 - x0) / length
            corners = [
                (x0 + nx * first, y0 + ny * first),
                (x1 + nx * last, y1 + ny * last),
                (x1 - nx * last, y1 - ny * last),
                (x0 - nx * first, y0 - ny * first),
            ]
            self._draw.polygon(corners, fill=shade)
        for x, y, radius in ((x0, y0, first), (x1, y1, last)):
            self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=shade)

    def disc(self, centre: Point, *, radius: float, shade: int, hole: float = 0) -> None:
        x, y = self._camera.pixel(centre)
        outer, inner = radius * self._camera.scale, hole * self._camera.scale
        box = (x - outer, y - outer, x + outer, y + outer)
        if hole:
            self._draw.ellipse(box, outline=shade, width=round(outer - inner))
        else:
            self._draw.ellipse(box, fill=shade)

    def mask(self) -> Image.Image:
        return self._image.reduce(self.finer)


@dataclass
class Extent:
    """A brush that draws nothing and remembers how far it would have reached."""

    xs: list[float] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)

    def bone(self, start: Point, end: Point, *, radii: tuple[float, float], shade: int) -> None:
        self.disc(start, radius=radii[0], shade=shade)
        self.disc(end, radius=radii[1], shade=shade)

    def disc(self, centre: Point, *, radius: float, shade: int, hole: float = 0) -> None:
        self.xs += [centre[0] - radius, centre[0] + radius]
        self.ys += [centre[1] - radius, centre[1] + radius]

    @property
    def width(self) -> float:
        return max(self.xs) - min(self.xs)

    @property
    def middle(self) -> float:
        return (max(self.xs) + min(self.xs)) / 2

    @property
    def top(self) -> float:
        return max(self.ys)
