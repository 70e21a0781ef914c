"""Pictures in stories have addresses that are signed and end; covers are public."""

import datetime as dt
import re
from typing import Any

import pytest
import requests
import time_machine
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from cms.core.drawing import draw_missing_covers
from cms.core.models import CoverImage, CoverRendition
from config.devservices.s3 import S3StandIn
from fitness.accounts.models import User
from tests.api.client import ApiClient
from tests.buckets import running_s3, s3
from tests.cms import factories as pages
from tests.cms.private_files import bytes_of, indexed, showing
from tests.queue import drain

__all__ = ["running_s3", "s3"]
pytestmark = pytest.mark.django_db


def picture_in(html: str) -> str:
    """The address of the picture in the story."""
    found = re.search(r'<img[^>]*src="([^"]+/renditions/[^"]+)"', html.replace("\\", ""))
    assert found
    return found[1]


@pytest.fixture
def story_page(member: User) -> Any:
    pages.give(member, "premium", days=9999)
    body = showing(pages.image(is_cover=False))
    return indexed(pages.article_page(access="premium", body=body))


def test_a_picture_in_a_story_is_shown_to_who_may_read_it(
    signed_in: Client, story_page: Any
) -> None:
    address = picture_in(signed_in.get(story_page.url).content.decode())

    answer = Client().get(address)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"].startswith("private")


def test_its_address_is_the_same_for_hours_and_ends(signed_in: Client, story_page: Any) -> None:
    noon = timezone.now().replace(hour=12, minute=1) + dt.timedelta(days=1)
    with time_machine.travel(noon, tick=False):
        address = picture_in(signed_in.get(story_page.url).content.decode())
    with time_machine.travel(noon + dt.timedelta(hours=5), tick=False):
        later = picture_in(signed_in.get(story_page.url).content.decode())
        still = Client().get(later).status_code
    with time_machine.travel(noon + dt.timedelta(hours=12), tick=False):
        ended = Client().get(address).status_code

    assert (address == later, still, ended) == (True, 200, 403)


def test_no_size_of_it_and_no_original_is_public(
    signed_in: Client, editor: User, story_page: Any
) -> None:
    signed_in.get(story_page.url)
    draw_missing_covers.call()
    drain()
    desk = Client()
    desk.force_login(editor)
    desk.get("/cms/images/")
    names = [size.file.name for size in CoverRendition.objects.all()]
    names += [size.image.file.name for size in CoverRendition.objects.all()]

    assert len(names) > 2
    for name in names:
        guesses = [name, name.replace("renditions/", "images/"), f"images/{name.split('/')[-1]}"]
        assert {Client().get(f"/media/{guess}").status_code for guess in guesses} == {404}


def test_a_picture_is_drawn_for_everybody_once_it_stands_for_a_page(story_page: Any) -> None:
    image = CoverImage.objects.get()
    trainer = pages.trainer_page()

    def sizes() -> int:
        drain()
        public = CoverRendition.objects.filter(image=image, filter_spec__startswith="fill-")
        return int(public.count())

    before = sizes()
    image.title = "Said anew"
    image.save()
    untouched = sizes()
    trainer.cover_image = CoverImage.objects.get(pk=image.pk)
    trainer.save_revision()

    assert (before, untouched) == (0, 0)
    assert sizes() == 10  # three sizes in three formats, and the one that is shared
    assert CoverImage.objects.get(pk=image.pk).is_drawn


def test_a_cover_is_public_under_a_name_that_cannot_be_guessed(client: Client) -> None:
    image = pages.image()
    page = pages.article_page(access="premium", cover_image=image, body=showing(image))

    html = client.get(page.url).content.decode()
    covers = re.findall(r"/media/(images/[0-9a-f]{16}/[^ \"]+)", html)

    assert covers
    assert "renditions/" not in html
    assert {client.get(f"/media/{name}").status_code for name in covers} == {200}


def test_editors_see_thumbnails_originals_and_documents(admin: Client) -> None:
    image = pages.image()

    for path in ["/cms/images/", "/cms/images/chooser/", f"/cms/images/{image.pk}/"]:
        html = admin.get(path).content.decode()
        assert admin.get(picture_in(html)).status_code == 200, path
    assert bytes_of(admin.get(image.file.url)).startswith(b"\x89PNG")


@pytest.mark.parametrize("make", [pages.workout_page, pages.article_page])
def test_an_app_gets_an_address_that_works_however_old_the_page_is(
    client: Client, member: User, make: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = indexed(make(access="premium", body=showing(pages.image())))
    pages.give(member, "premium", days=900)
    path = "/api/workouts/" if make is pages.workout_page else "/api/content/articles/"

    with time_machine.travel(timezone.now() + dt.timedelta(days=30)):
        body = ApiClient(user=member).get(f"{path}{page.translation_key}").json()["body"]
        picture = body[0]["value"]["picture"]
        shown = [client.get(picture["large"][kind]) for kind in ("avif", "webp", "jpeg")]

    assert [answer.status_code for answer in shown] == [200, 200, 200]
    assert {bytes_of(answer)[4:12] for answer in shown} >= {b"ftypavif"}


def test_in_a_bucket_the_picture_is_fetched_at_a_signed_address(
    s3: S3StandIn, signed_in: Client, story_page: Any
) -> None:
    address = picture_in(signed_in.get(story_page.url).content.decode())

    moved = signed_in.get(address)

    assert moved.status_code == 302
    assert requests.get(moved["Location"], timeout=5).content[:2] == b"\xff\xd8"
    assert requests.get(moved["Location"].partition("?")[0], timeout=5).status_code == 403


def test_in_a_bucket_one_that_is_not_drawn_yet_is_made_there(s3: S3StandIn, client: Client) -> None:
    page = pages.article_page(body=showing(pages.image(is_cover=False)))
    html = client.get(page.url).content.decode()

    moved = client.get(re.findall(r'src="([^"]+/undrawn/[^"]+)"', html)[0])

    assert moved.status_code == 302
    assert requests.get(moved["Location"], timeout=5).content[:2] == b"\xff\xd8"


def test_only_a_few_folders_are_public(client: Client) -> None:
    assert default_storage.url("images/a.webp") == "/media/images/a.webp"
    assert default_storage.url("anything/else.webp").startswith("/media/private/")
    assert default_storage.url("images/../documents/a.pdf").startswith("/media/private/")
