"""Cover pictures, 1600 by 900: the same seed always draws the same bytes."""

import io

from PIL import Image, ImageFilter

from config.demo.artwork import backdrop
from config.demo.artwork.backdrop import Size
from config.demo.artwork.brush import Camera, MaskBrush
from config.demo.artwork.motifs import MOTIFS
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


def article_cover(*, seed: int, slug: str, motif: str, hue: float) -> bytes:
    """No person, but something that the article is about."""
    image = _ground(seed=seed, slug=slug, hue=hue)
    brush = MaskBrush(size=SIZE, camera=Camera(SIZE[1] / 100, 0, SIZE[1]))
    MOTIFS[motif](brush, dice(seed=seed, name=f"motif:{slug}"))
    _lay_on(image, brush.mask())
    return _jpeg(image)


def _ground(*, seed: int, slug: str, hue: float) -> Image.Image:
    rng = dice(seed=seed, name=f"cover:{slug}")
    image = backdrop.gradient(size=SIZE, hue=hue)
    for circle in backdrop.circles(rng=rng, hue=hue, width=SIZE[0] / SIZE[1]):
        backdrop.paint(image, circle)
    return image


def _stand(image: Image.Image, movement: Movement) -> None:
    extent = movement.extent(movement.cover_at)
    scale = min(8.8, 1100 / extent.width, 700 / extent.top)
    ground = 450 + scale * extent.top / 2 + 6
    camera = Camera(scale, SIZE[0] / 2 - extent.middle * scale, ground)
    brush = MaskBrush(size=SIZE, camera=camera)
    movement.draw(brush, movement.cover_at)
    _lay_on(image, brush.mask())


def _lay_on(image: Image.Image, mask: Image.Image) -> None:
    """White, with a soft shadow below."""
    soft = mask.filter(ImageFilter.GaussianBlur(14)).point([value * 2 // 5 for value in range(256)])
    image.paste((0, 0, 0), (0, 10), soft)
    image.paste(WHITE, (0, 0), mask)


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=86, optimize=True)
    return out.getvalue()
