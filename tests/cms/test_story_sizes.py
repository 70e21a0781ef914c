"""Pictures in stories come whole, in the sizes and formats of covers, when they are asked for."""

import datetime as dt
import io
import re
from typing import Any

import msgspec
import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from api.core.covers import CoverOut
from cms.core.drawing import draw_missing_covers
from cms.core.models import CoverImage
from cms.media.addresses import fresh
from cms.media.storage import signed_address
from cms.workouts.models import WorkoutPage
from fitness.training.models import Workout
from tests.api.client import ApiClient
from tests.cms import factories as pages
from tests.cms.private_files import bytes_of, indexed, showing
from tests.pictures import encoded, photo_with_gps
from tests.queue import drain

pytestmark = pytest.mark.django_db


def picture(content: bytes, name: str = "a.png") -> CoverImage:
    file = ImageFile(io.BytesIO(content), name=name)
    made: CoverImage = CoverImage.objects.create(title="A", description="A", file=file)
    return made


def portrait() -> CoverImage:
    return picture(encoded(Image.new("RGB", (1200, 1800), "#2244aa"), "PNG"))


def told(page: Any) -> list[dict[str, Any]]:
    """What the apps get of the pictures in a story."""
    group = "workouts" if isinstance(page, WorkoutPage) else "content/articles"
    body = ApiClient().get(f"/api/{group}/{page.translation_key}").json()["body"]
    return [block["value"]["picture"] for block in body]


def opened(address: str) -> Image.Image:
    return Image.open(io.BytesIO(bytes_of(Client().get(address))))


def addresses_in(html: str) -> list[str]:
    return re.findall(r"(/media/private/[^ \"]+) \d+w", html)


def test_a_picture_is_shown_whole_in_three_sizes_and_formats(client: Client) -> None:
    page = indexed(pages.article_page(body=showing(portrait())))

    html = client.get(page.url).content.decode()
    shown = [opened(address) for address in addresses_in(html)]

    assert [file.format for file in shown] == ["AVIF"] * 3 + ["WEBP"] * 3 + ["JPEG"] * 3
    assert [file.size for file in shown] == [(400, 600), (800, 1200), (1200, 1800)] * 3
    assert 'width="800" height="1200"' in html
    assert 'loading="lazy"' in html
    assert 'sizes="(width' in html
    assert re.search(r'<rect [^>]*fill="#2[0-9a-f]4[0-9a-f]a[0-9a-f]"', html)
    assert "style=" not in html


def test_the_apps_get_it_in_the_shape_of_covers() -> None:
    page = indexed(pages.article_page(body=showing(portrait(), alt="A bell")))

    [found] = told(page)

    shape = msgspec.convert(found, CoverOut, strict=True)
    assert set(found) == set(CoverOut.__struct_fields__)
    assert (shape.medium.width, shape.medium.height, shape.alt) == (800, 1200, "A bell")
    assert opened(shape.small.avif).size == (400, 600)


def test_a_step_shows_its_picture_to_both(client: Client) -> None:
    image = {"image": portrait().pk, "alt_text": "Feet apart", "decorative": False}
    step = {"heading": "Stand", "text": "<p>Up.</p>", "image": image}
    page = indexed(pages.article_page(body=[{"type": "step", "value": step}]))

    html = client.get(page.url).content.decode()

    assert 'alt="Feet apart"' in html
    assert len(addresses_in(html)) == 9
    assert told(page)[0]["alt"] == "Feet apart"


def test_before_it_is_drawn_it_is_made_for_whoever_asks(client: Client) -> None:
    page = pages.article_page(body=showing(portrait()))

    html = client.get(page.url).content.decode()
    [found] = told(page)
    nothing_yet = CoverImage.objects.get().renditions.count()
    shown = [opened(address) for address in addresses_in(html)]

    assert nothing_yet == 0
    assert [file.size for file in shown] == [(400, 600), (800, 1200), (1200, 1800)]
    assert opened(found["small"]["jpeg"]).size == (400, 600)
    assert (found["medium"]["width"], found["medium"]["height"]) == (800, 1200)


def test_a_photo_that_lies_on_its_side_is_told_upright() -> None:
    photo = picture(photo_with_gps(6, size=(1200, 800)), "a.jpg")
    page = indexed(pages.article_page(body=showing(photo)))

    [found] = told(page)

    assert (found["medium"]["width"], found["medium"]["height"]) == (800, 1200)
    assert not dict(opened(found["medium"]["jpeg"]).getexif())


def test_a_file_that_cannot_be_read_leaves_the_story_without_it(client: Client) -> None:
    image = portrait()
    image.file.storage.delete(image.file.name)
    image.file.storage.save(image.file.name, ContentFile(b"\x89PNG\r\n\x1a\n, and then nothing"))
    page = pages.article_page(body=showing(image))

    before = client.get(page.url)
    asked = [client.get(at).status_code for at in addresses_in(before.content.decode())]
    drain()
    after = client.get(page.url)

    assert (before.status_code, asked, after.status_code) == (200, [404] * 3, 200)
    assert not addresses_in(after.content.decode())
    assert told(page) == [None]


@pytest.mark.parametrize(
    "name", ["1/800.jpeg", "0/800.jpeg", "x/800.jpeg", "1/800.avif", "1/801.jpeg"]
)
def test_nothing_else_is_made_on_demand(client: Client, name: str) -> None:
    address = signed_address(f"undrawn/{name}", now=timezone.now())

    assert client.get(address).status_code == 404


def test_what_shines_through_stands_on_white() -> None:
    glass = picture(encoded(Image.new("RGBA", (900, 600), (200, 0, 0, 40)), "PNG"))

    [found] = told(indexed(pages.article_page(body=showing(glass))))

    assert found["color"] == "#ffffff"


def test_a_workout_tells_of_its_pictures_once_they_are_drawn(
    django_capture_on_commit_callbacks: Any,
) -> None:
    page = pages.workout_page(body=showing(portrait()))
    before = str(Workout.objects.get(uid=page.translation_key).gated_body)

    with django_capture_on_commit_callbacks(execute=True):
        drain()

    after = str(Workout.objects.get(uid=page.translation_key).gated_body)
    assert ("/undrawn/" in before, ".avif" in before) == (True, False)
    assert ("/undrawn/" in after, ".avif" in after) == (False, True)


def test_it_is_drawn_anew_when_its_file_changes(admin: Client) -> None:
    image = portrait()
    page = indexed(pages.article_page(body=showing(image)))

    file = ContentFile(encoded(Image.new("RGB", (640, 480)), "PNG"), name="b.png")
    form = {"title": "A", "description": "A", "file": file}
    admin.post(f"/cms/images/{image.pk}/", form)
    drain()

    [found] = told(page)
    assert (found["large"]["width"], found["large"]["height"]) == (640, 480)


def test_one_that_was_never_drawn_is_found_by_the_clock() -> None:
    image = portrait()
    page = indexed(pages.article_page(body=showing(image)))
    CoverImage.objects.filter(pk=image.pk).update(whole={})

    draw_missing_covers.call()
    drain()

    assert CoverImage.objects.get(pk=image.pk).is_drawn_whole
    assert "/renditions/" in told(page)[0]["large"]["avif"]


def questions(page: Any) -> tuple[int, int]:
    """How many queries the page takes, and how many the API's answer."""
    with CaptureQueriesContext(connection) as on_page:
        html = Client().get(page.url).content.decode()
    with CaptureQueriesContext(connection) as by_app:
        pictures = told(page)
    assert html.count("<picture") == len(pictures) > 0
    return len(on_page), len(by_app)


def story_of(count: int) -> list[dict[str, Any]]:
    return [block for _ in range(count) for block in showing(pages.image(is_cover=False))]


@pytest.mark.parametrize("is_drawn", [True, False])
@pytest.mark.parametrize("make", [pages.article_page, pages.workout_page])
def test_twelve_pictures_cost_no_more_questions_than_one(make: Any, *, is_drawn: bool) -> None:
    few, many = (make(body=story_of(count)) for count in (1, 12))
    if is_drawn:
        drain()

    asked = {page: questions(page) for page in (few, few, many)}

    assert asked[few] == asked[many]


def test_a_text_that_names_a_private_file_does_not_have_it_signed() -> None:
    body = {"text": "/media/private/x/videos/film.mp4", "src": "/media/private/x/renditions/a.webp"}

    found = fresh(body, now=timezone.now() + dt.timedelta(days=1))

    assert found["text"] == body["text"]
    assert found["src"] != body["src"]
