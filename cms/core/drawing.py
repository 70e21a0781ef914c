"""Sizes, formats and colour of a picture, made once when it is chosen or cut anew."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import ManyToOneRel, Q, QuerySet
from django.tasks import task
from PIL import Image

from cms.core import covers, whole
from cms.core.covers import FORMATS, WIDTHS
from cms.core.models import CoverImage, CoverRendition
from cms.core.seo import SOCIAL_SPEC
from cms.core.standing import pictures_in, standing_in_stories

_log = logging.getLogger(__name__)
_COLOURS = 6
_SAMPLE = (48, 27)
_PAPER = "#ffffff"


@task(queue_name="slow")
def draw_cover(image_id: int) -> None:
    """Queued. Safe to run again: what is there is kept, and an older cut is never written."""
    image = CoverImage.objects.filter(pk=image_id).first()
    if image is not None and not image.is_drawn:
        draw(image)


@task(queue_name="slow")
def draw_story_picture(image_id: int) -> None:
    """Queued. The same for a picture that stands in a story."""
    image = CoverImage.objects.filter(pk=image_id).first()
    if image is not None and not image.is_drawn_whole:
        draw_whole(image)


@task
def draw_missing_covers() -> None:
    """Queued. Finds pictures from before there were sizes, or whose drawing was cut off."""
    for image in chosen_covers().iterator():
        if not image.is_drawn:
            draw_cover.enqueue(image.pk)
    for image in standing_in_stories().iterator():
        if not image.is_drawn_whole:
            draw_story_picture.enqueue(image.pk)


def draw_pictures_of(page: Any) -> None:
    """Have the pictures drawn that a page is to be shown with, live or in a preview: one query."""
    named = {
        getattr(page, field.attname) for field in choosing_fields() if isinstance(page, field.model)
    } - {None}
    shown = pictures_in(page)
    for image in CoverImage.objects.filter(pk__in=named | shown):
        if image.pk in named and not image.is_drawn:
            draw_cover.enqueue(image.pk)
        if image.pk in shown and not image.is_drawn_whole:
            draw_story_picture.enqueue(image.pk)


def draw_anew(image: CoverImage) -> None:
    """Have a picture drawn again that has changed, as far as anything is made of it."""
    if not image.is_drawn and (image.drawn or _is_among(image, chosen_covers())):
        draw_cover.enqueue(image.pk)
    if not image.is_drawn_whole and (image.whole or _is_among(image, standing_in_stories())):
        draw_story_picture.enqueue(image.pk)


def chosen_covers() -> QuerySet[CoverImage]:
    """The pictures that stand for something: covers, social pictures, portraits.

    What stands in a story alone is not among them: its sizes stay private.
    """
    chosen = Q(pk=None)
    for field in choosing_fields():
        rows = field.model.objects.exclude(**{field.name: None})
        chosen |= Q(pk__in=rows.values(field.attname))
    chosen_ones: QuerySet[CoverImage] = CoverImage.objects.filter(chosen)
    return chosen_ones


def _is_among(image: CoverImage, images: QuerySet[CoverImage]) -> bool:
    return images.filter(pk=image.pk).exists()


def choosing_fields() -> list[Any]:
    """Every field that names a picture, but for that of its own sizes."""
    relations = CoverImage._meta.get_fields(include_hidden=True)  # noqa: SLF001  (documented)
    return [
        relation.field
        for relation in relations
        if isinstance(relation, ManyToOneRel) and relation.related_model is not CoverRendition
    ]


def draw(image: CoverImage) -> None:
    """Make whatever is missing of a cover, and keep where it lies beside the image."""
    _keep(image, "drawn", _drawn(image, covers.spec, social=SOCIAL_SPEC))


def draw_whole(image: CoverImage) -> None:
    """The same of the whole picture, as stories show it; its files are private."""
    _keep(image, "whole", _drawn(image, whole.spec))


def _keep(image: CoverImage, field: str, made: dict[str, Any]) -> None:
    with transaction.atomic():
        kept = CoverImage.objects.select_for_update().filter(pk=image.pk).first()
        if kept is None or kept.cut != image.cut:
            return  # replaced or cut anew meanwhile: another task draws that
        for one in (kept, image):
            setattr(one, field, {"of": image.cut, **made})
        kept.save(update_fields=[field])  # which takes it into the catalogue


def _drawn(image: CoverImage, spec: Callable[[int, str], str], **more: str) -> dict[str, Any]:
    specs = [spec(width, kind) for width in WIDTHS for kind in FORMATS]
    try:
        made = image.get_renditions(*specs, *more.values())
    except whole.UNREADABLE:
        _log.exception("picture_not_drawn", extra={"image_id": image.pk})
        return {"sizes": []}
    sizes = []
    for width in WIDTHS:
        of_width = {kind: made[spec(width, kind)] for kind in FORMATS}
        smallest = of_width["jpeg"]
        names = {kind: rendition.file.name for kind, rendition in of_width.items()}
        sizes.append({"width": smallest.width, "height": smallest.height, **names})
    return {
        "sizes": sizes,
        "color": _color(made[spec(WIDTHS[0], "webp")]),
        "focal": _focal(made[spec(WIDTHS[0], "jpeg")]),
        **{name: made[asked].file.name for name, asked in more.items()},
    }


def _color(rendition: Any) -> str:
    """What fills its place: white, as paper, behind one that can be seen through."""
    with rendition.file.open("rb") as file, Image.open(file) as picture:
        is_opaque = not picture.has_transparency_data
        return dominant(picture) if is_opaque else _PAPER


def dominant(picture: Image.Image) -> str:
    """The colour that most of a picture has, such as ``#8a3b2f``; not the mean, which is mud."""
    small = picture.convert("RGB").resize(_SAMPLE, Image.Resampling.BOX)
    reduced = small.quantize(_COLOURS, Image.Quantize.MEDIANCUT)
    counted = reduced.getcolors() or []
    _, index = max(counted, key=lambda pair: pair[0])
    assert isinstance(index, int)  # noqa: S101 - a picture with a palette has numbers for colours
    red, green, blue = (reduced.getpalette() or [])[index * 3 : index * 3 + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _focal(rendition: Any) -> list[float]:
    """Where to look in the cut picture, from 0 to 1 across and down; the middle if nobody said."""
    point = rendition.focal_point
    if point is None:
        return [0.5, 0.5]
    across, down = point.centroid.x / rendition.width, point.centroid.y / rendition.height
    return [round(min(max(at, 0.0), 1.0), 3) for at in (across, down)]
