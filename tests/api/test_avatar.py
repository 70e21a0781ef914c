"""A member's picture: whatever is sent, what is shown is a small square of our own making."""

import io
import shutil
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from fitness.accounts.models import Profile, User
from tests import factories, pictures
from tests.api.client import ApiClient
from tests.pictures import encoded, halves

pytestmark = pytest.mark.django_db
AVATAR = "/api/users/profile/avatar"


@pytest.fixture(autouse=True)
def _no_files_yet() -> None:
    shutil.rmtree(default_storage.path("avatars"), ignore_errors=True)


def send(api: ApiClient, content: bytes, kind: str = "image/jpeg") -> Any:
    return api.generic("PUT", AVATAR, content, kind)


def send_form(api: ApiClient, content: bytes, name: str = "me.jpg", kind: str = "") -> Any:
    file = SimpleUploadedFile(name, content, kind or "image/jpeg")
    return api.generic("PUT", AVATAR, encode_multipart(BOUNDARY, {"file": file}), MULTIPART_CONTENT)


def name_of(url: str) -> str:
    return url.partition("/media/")[2]


def kept(url: str) -> Image.Image:
    with default_storage.open(name_of(url)) as file:
        picture = Image.open(io.BytesIO(file.read()))
    picture.load()
    return picture


def files() -> set[str]:
    try:
        folders, _ = default_storage.listdir("avatars")
    except FileNotFoundError:
        return set()
    return {
        f"avatars/{folder}/{name}"
        for folder in folders
        for name in default_storage.listdir(f"avatars/{folder}")[1]
    }


def is_like(pixel: Any, colour: tuple[int, int, int], tolerance: int = 40) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(pixel[:3], colour, strict=True))


@pytest.mark.parametrize("sender", [send, send_form])
def test_a_picture_is_shown_in_two_sizes(api: ApiClient, sender: Any) -> None:
    answer = sender(api, encoded(halves((1200, 800))))

    assert answer.status_code == 200
    shown = [kept(answer.json()[size]) for size in ("large", "small")]
    assert [picture.size for picture in shown] == [(512, 512), (128, 128)]
    assert {picture.format for picture in shown} == {"WEBP"}
    assert api.get("/api/users/profile").json()["avatar"] == answer.json()
    assert api.get(answer.json()["large"])["Content-Type"] == "image/webp"


@pytest.mark.parametrize(
    ("content", "kind"),
    [(encoded(halves(), "PNG"), "image/png"), (encoded(halves(), "WEBP"), "image/webp"),
     (encoded(halves(), "HEIF"), "image/heic"), (encoded(halves(), "AVIF"), "image/avif"),
     (encoded(halves(mode="L"), "JPEG"), "image/jpeg"), (encoded(halves(mode="P"), "PNG"), ""),
     (encoded(halves(mode="CMYK")), "image/jpeg"), (encoded(halves(mode="1"), "PNG"), "image/png"),
     (encoded(halves(), "JPEG", progressive=True), "application/octet-stream"),
     (encoded(halves(), "PNG"), "image/jpeg")],
)  # fmt: skip
def test_every_kind_that_phones_send_is_read_by_its_content(
    api: ApiClient, content: bytes, kind: str
) -> None:
    answer = send(api, content, kind or "application/octet-stream")

    assert answer.status_code == 200
    assert kept(answer.json()["large"]).mode == "RGB"


@pytest.mark.parametrize("mode", ["RGB", "CMYK"])
def test_colours_stay_what_they_are(api: ApiClient, mode: str) -> None:
    picture = kept(send(api, encoded(halves((600, 600), mode), quality=95)).json()["large"])

    assert is_like(picture.getpixel((60, 256)), pictures.RED)
    assert is_like(picture.getpixel((450, 256)), pictures.BLUE)


def test_16_bits_of_grey_keep_their_shades(api: ApiClient) -> None:
    picture = kept(send(api, pictures.grey_of_16_bits(), "image/png").json()["large"])

    shades = [picture.getpixel((x, 256)) for x in (10, 256, 500)]
    assert is_like(shades[0], (64, 64, 64))
    assert is_like(shades[1], (128, 128, 128))
    assert is_like(shades[2], (192, 192, 192))


def test_what_is_see_through_stands_on_white(api: ApiClient) -> None:
    see_through = Image.new("RGBA", (200, 200), (255, 0, 0, 0))

    picture = kept(send(api, encoded(see_through, "PNG"), "image/png").json()["large"])

    assert is_like(picture.getpixel((256, 256)), (255, 255, 255), 3)


def test_of_an_animation_the_first_frame_is_shown(api: ApiClient) -> None:
    picture = kept(send(api, pictures.animation(), "image/gif").json()["large"])

    assert not getattr(picture, "is_animated", False)
    assert is_like(picture.getpixel((256, 256)), pictures.RED)


@pytest.mark.parametrize("options", [{}, {"size": (3200, 2400), "kind": "PNG"}])
@pytest.mark.parametrize(
    ("orientation", "red_at"), [(1, (60, 256)), (3, (450, 256)), (6, (256, 60)), (8, (256, 450))]
)
def test_a_photo_is_turned_upright_and_tells_nothing_of_where_it_was_taken(
    api: ApiClient, orientation: int, red_at: tuple[int, int], options: dict[str, Any]
) -> None:
    sent = pictures.photo_with_gps(orientation, **options)
    assert b"SecretCam" in sent

    answer = send(api, sent).json()

    assert is_like(kept(answer["large"]).getpixel(red_at), pictures.RED)
    for url in answer.values():
        picture = kept(url)
        assert not picture.getexif()
        assert not {"exif", "icc_profile", "xmp", "comment"} & picture.info.keys()
        with default_storage.open(name_of(url)) as file:
            content = file.read()
        assert b"Secret" not in content
        assert b"EXIF" not in content


@pytest.mark.parametrize(
    "content",
    [b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
     b"<!doctype html><script>alert(1)</script>", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7",
     b"\xff\xd8\xff<script>alert(1)</script>", b"x" * 1000, b"BM" + bytes(200), b"RIFF0000WEBP",
     b"\x00\x00\x00\x18ftypheic" + bytes(40)],
)  # fmt: skip
def test_what_is_no_picture_is_refused_whatever_it_is_called(
    api: ApiClient, content: bytes
) -> None:
    for answer in (send(api, content, "image/png"), send_form(api, content, "me.png")):
        assert answer.status_code in {415, 422}
        assert answer.json()["type"].endswith(("unsupported-picture", "unfit-picture"))
    assert not files()


def test_a_script_hidden_in_a_picture_does_not_survive(api: ApiClient) -> None:
    script = b"<script>alert(1)</script>"
    in_a_comment = encoded(halves(), comment=script) + script

    answer = send_form(api, in_a_comment, "me.html", "text/html").json()

    for url in answer.values():
        assert url.endswith(".webp")
        with default_storage.open(name_of(url)) as file:
            assert b"script" not in file.read()


@pytest.mark.parametrize(
    ("content", "kind"),
    [(pictures.bomb(), "image/png"), (pictures.bomb(5_100), "image/png"),
     (pictures.bomb(2_000_000), "image/png"), (encoded(halves((12_001, 64)), "PNG"), "image/png"),
     (encoded(halves((63, 900)), "PNG"), "image/png")],
)  # fmt: skip
def test_a_picture_of_too_many_pixels_or_too_few_is_refused_unread(
    api: ApiClient, content: bytes, kind: str
) -> None:
    answer = send(api, content, kind)

    assert answer.status_code == 422
    assert answer.json()["type"] == "urn:fitcore:problem:unfit-picture"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_picture_is_refused_and_leaves_no_file(
    api: ApiClient, kind: str, share: float
) -> None:
    noise = Image.effect_noise((300, 300), 90).convert("RGB")
    whole = encoded(noise, kind)

    answer = send(api, whole[: int(len(whole) * share)])

    assert answer.status_code in {415, 422}
    assert not files()


@pytest.mark.parametrize("sender", [send, send_form])
@pytest.mark.parametrize("size", [5 * 1024 * 1024 + 1, 10 * 1024 * 1024])
def test_a_picture_of_too_many_bytes_is_refused(api: ApiClient, sender: Any, size: int) -> None:
    content = encoded(halves()) + bytes(size)

    assert sender(api, content[:size]).status_code == 413


def test_a_request_without_a_picture_says_what_is_missing(api: ApiClient) -> None:
    empty_form = api.generic("PUT", AVATAR, encode_multipart(BOUNDARY, {}), MULTIPART_CONTENT)
    broken_form = api.generic("PUT", AVATAR, b"--x", "multipart/form-data")
    text_for_a_file = api.generic(
        "PUT", AVATAR, encode_multipart(BOUNDARY, {"file": "x"}), MULTIPART_CONTENT
    )

    assert empty_form.json()["errors"][0]["pointer"] == "/file"
    assert broken_form.status_code == 400
    assert text_for_a_file.json()["errors"][0]["code"] == "invalid"
    assert send(api, b"").status_code == 400
    assert api.put_json(AVATAR, {"file": "x"}).status_code == 415


def test_a_new_picture_replaces_the_files_of_the_old(
    api: ApiClient, member: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        old = send(api, encoded(halves())).json()
    with django_capture_on_commit_callbacks(execute=True):
        new = send(api, encoded(halves((500, 500)))).json()

    assert files() == {name_of(url) for url in new.values()}
    assert old["large"] != new["large"]
    assert str(member.uid) not in new["large"]


def test_a_picture_is_taken_away_with_its_files(
    api: ApiClient, django_capture_on_commit_callbacks: Any
) -> None:
    send(api, encoded(halves()))

    with django_capture_on_commit_callbacks(execute=True):
        answers = [api.delete(AVATAR), api.delete(AVATAR)]

    assert [answer.status_code for answer in answers] == [204, 204]
    assert not files()
    assert api.get("/api/users/profile").json()["avatar"] is None


def test_boards_show_the_picture(api: ApiClient) -> None:
    other = factories.member(is_on_boards=True)
    shown = send(ApiClient(user=other), encoded(halves())).json()
    factories.session(user=other, at=timezone.now())

    row = api.get("/api/leaderboard/weekly").json()["top"][0]

    assert row["avatar_url"] == shown["small"]


def test_a_visitor_has_no_picture(visitor: ApiClient) -> None:
    assert send(visitor, encoded(halves())).status_code == 401
    assert visitor.delete(AVATAR).status_code == 401
    assert not Profile.objects.exclude(avatar="").exists()


def test_pictures_are_not_drawn_without_end(api: ApiClient, settings: Settings) -> None:
    settings.LIMITS = settings.LIMITS | {"picture": {"account": (2, 3600)}}
    picture = encoded(halves((600, 600)))

    answers = [send(api, picture) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert api.get("/api/users/profile").json()["avatar"] == answers[1].json()
    assert send(ApiClient(user=factories.member()), picture).status_code == 200
