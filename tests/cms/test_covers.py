"""Pictures in three sizes and formats, whatever an editor uploads."""

import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from cms.core.covers import cover_from
from cms.core.drawing import dominant, draw, draw_cover, draw_missing_covers
from cms.core.models import CoverImage
from fitness.training.models import Workout
from tests.api.client import ApiClient
from tests.cms import factories as pages
from tests.queue import drain

pytestmark = pytest.mark.django_db
GPS, MAKE, ORIENTATION = 0x8825, 0x010F, 0x0112


def uploaded(picture: Image.Image, kind: str = "PNG", **options: Any) -> CoverImage:
    """A picture as the editors' form keeps it: its sizes are left to the queue."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    made: CoverImage = CoverImage.objects.create(
        title="A", description="A", file=ImageFile(file, name=f"a.{kind.lower()}")
    )
    return made


def opened(name: str) -> Image.Image:
    with default_storage.open(name) as file:
        picture = Image.open(io.BytesIO(file.read()))
    picture.load()
    return picture


def drawn(picture: Image.Image, kind: str = "PNG", **options: Any) -> CoverImage:
    image = uploaded(picture, kind, **options)
    draw_cover.enqueue(image.pk)  # as a page does that it is chosen for
    drain()
    image.refresh_from_db()
    return image


def test_the_queue_draws_what_was_uploaded() -> None:
    image = drawn(Image.new("RGB", (2400, 1600), "#cc3311"))

    sizes = image.drawn["sizes"]
    files = [opened(size[kind]) for size in sizes for kind in ("avif", "webp", "jpeg")]

    assert [(size["width"], size["height"]) for size in sizes] == [
        (400, 225), (800, 450), (1600, 900),
    ]  # fmt: skip
    assert [file.format for file in files] == ["AVIF", "WEBP", "JPEG"] * 3
    assert [file.width for file in files] == [400] * 3 + [800] * 3 + [1600] * 3


def test_a_small_picture_is_never_grown() -> None:
    image = drawn(Image.new("RGB", (300, 300)))
    cover = cover_from(image)

    assert {size["width"] for size in image.drawn["sizes"]} == {300}
    assert cover is not None
    assert cover.srcset.count("300w") == 1


def test_its_colour_is_the_one_that_most_of_it_has() -> None:
    picture = Image.new("RGB", (800, 450), "#2244aa")
    picture.paste("#ffffff", (0, 0, 300, 450))

    red, green, blue = bytes.fromhex(dominant(picture)[1:])

    assert abs(red - 0x22) < 9
    assert abs(green - 0x44) < 9
    assert abs(blue - 0xAA) < 9


def test_it_is_cut_at_its_focal_point_and_drawn_anew_when_that_moves() -> None:
    picture = Image.new("RGB", (900, 1600), "blue")
    picture.paste("red", (0, 1400, 900, 1600))
    image = drawn(picture)
    above = opened(image.drawn["sizes"][0]["jpeg"]).getpixel((200, 200))

    image.focal_point_x, image.focal_point_y = 450, 1500
    image.focal_point_width = image.focal_point_height = 100
    image.save()
    drain()
    image.refresh_from_db()
    below = opened(image.drawn["sizes"][0]["jpeg"]).getpixel((200, 200))

    assert str(above).startswith("(0, 0, 25")
    assert str(below).startswith("(25")
    across, down = image.drawn["focal"]
    assert across == 0.5
    assert down > 0.6


def test_nothing_tells_where_it_was_taken() -> None:
    taken = Image.Exif()
    taken[MAKE], taken[ORIENTATION] = "Camera of somebody", 6
    taken[GPS] = {1: "N", 2: (IFDRational(52), IFDRational(31), IFDRational(0))}

    picture = Image.new("RGB", (1200, 800))
    image = drawn(picture, "JPEG", exif=taken, xmp=b"<x:xmpmeta>secret place</x:xmpmeta>")

    for size in image.drawn["sizes"]:
        assert size["width"] <= 800  # it stands upright, as its camera said
        for kind in ("avif", "webp", "jpeg"):
            shown = opened(size[kind])
            assert not dict(shown.getexif()), kind
            with default_storage.open(size[kind]) as file:
                content = file.read()
            assert b"Camera of somebody" not in content
            assert b"secret place" not in content


def _animated() -> tuple[Image.Image, dict[str, Any]]:
    frames = [Image.new("P", (500, 500), number) for number in range(3)]
    return frames[0], {"save_all": True, "append_images": frames[1:]}


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        (Image.new("CMYK", (900, 600), (0, 200, 200, 0)), "JPEG"),
        (Image.new("I;16", (900, 600), 40000), "PNG"),
        (Image.new("RGBA", (900, 600), (255, 0, 0, 0)), "PNG"),
        (Image.new("LA", (900, 600)), "PNG"),
        (Image.new("1", (900, 600)), "PNG"),
        (Image.new("RGB", (900, 600)), "HEIF"),
    ],
    ids=["cmyk", "16 bit", "transparent", "grey", "1 bit", "heic"],
)
def test_every_kind_of_picture_is_shown(picture: Image.Image, kind: str) -> None:
    image = drawn(picture, kind)

    for size in image.drawn["sizes"]:
        assert opened(size["jpeg"]).mode in {"RGB", "L"}
        assert opened(size["webp"]).size == (size["width"], size["height"])
    assert len(image.drawn["sizes"]) == 3


def test_the_tones_of_16_bits_stay() -> None:
    image = drawn(Image.new("I;16", (900, 600), 32768), "PNG")

    darkest, lightest = opened(image.drawn["sizes"][0]["jpeg"]).convert("L").getextrema()

    assert 118 < darkest <= lightest < 138  # type: ignore[operator]


def test_a_film_of_a_gif_is_shown_as_its_first_picture() -> None:
    picture, options = _animated()

    image = drawn(picture, "GIF", **options)

    assert not getattr(opened(image.drawn["sizes"][0]["jpeg"]), "is_animated", False)


def test_a_file_that_cannot_be_read_leaves_the_page_without_a_picture(client: Client) -> None:
    image = drawn(Image.new("RGB", (900, 600)))
    CoverImage.objects.filter(pk=image.pk).update(drawn={})
    image.renditions.all().delete()
    image.file.storage.delete(image.file.name)
    image.file.storage.save(image.file.name, ContentFile(b"\x89PNG\r\n\x1a\n, and then nothing"))
    drain()
    draw(CoverImage.objects.get(pk=image.pk))

    page = pages.article_page(cover_image=CoverImage.objects.get(pk=image.pk))

    assert client.get(page.url).status_code == 200
    assert cover_from(page.cover_image) is None


def test_what_was_there_before_sizes_were_is_drawn_by_the_clock(visitor: ApiClient) -> None:
    image = pages.image()
    CoverImage.objects.filter(pk=image.pk).update(drawn={})
    page = pages.workout_page(cover_image=CoverImage.objects.get(pk=image.pk))
    before = Workout.objects.get(uid=page.translation_key).cover

    draw_missing_covers.call()
    drain()

    assert before == {}
    assert CoverImage.objects.get(pk=image.pk).is_drawn


def test_a_list_never_draws(visitor: ApiClient) -> None:
    image = pages.image()
    page = pages.article_page(cover_image=image)
    CoverImage.objects.filter(pk=image.pk).update(drawn={})
    CoverImage.objects.get(pk=image.pk).renditions.all().delete()
    assert page.cover_image_id == image.pk

    (row,) = visitor.get("/api/content/articles").json()["results"]

    assert row["cover"] is None
    assert not image.renditions.exists()


def test_pages_offer_all_formats_and_a_colour_without_a_style(client: Client) -> None:
    page = pages.article_page(cover_image=drawn(Image.new("RGB", (1700, 1000), "#2244aa")))

    html = client.get(page.url).content.decode()

    assert 'type="image/avif"' in html
    assert 'type="image/webp"' in html
    assert "1600w" in html
    assert 'fill="#' in html
    assert "style=" not in html


def test_the_form_refuses_what_is_no_picture(admin: Client) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

    for name in ("a.svg", "a.png"):
        file = ContentFile(svg, name=name)
        answer = admin.post("/cms/images/add/", {"title": "A", "description": "A", "file": file})
        assert answer.status_code == 200
    assert not CoverImage.objects.exists()


def test_the_form_refuses_a_picture_that_fills_the_memory(admin: Client) -> None:
    bomb = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(bomb, "PNG")
    file = ContentFile(bomb.getvalue(), name="bomb.png")

    answer = admin.post("/cms/images/add/", {"title": "A", "description": "A", "file": file})

    assert answer.status_code == 200
    assert not CoverImage.objects.exists()
