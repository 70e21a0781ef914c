"""A member's profile, picture and hearts on the site; all of it works without scripts."""

import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cms.home.models import HomePage
from fitness.accounts.models import Profile, User
from fitness.body.models import Weight
from fitness.body.selectors import body_of
from fitness.favorites.models import Favorite
from fitness.tracking.services import change_profile
from tests import factories, pictures
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db
PROFILE = "/settings/profile"


@pytest.fixture(autouse=True)
def _agreed(member: User) -> None:
    factories.agree_to_health(member)


def shown(browser: Client) -> dict[str, Any]:
    """The form as the browser would send it back, unchanged."""
    form = browser.get(PROFILE).context["form"]
    return {name: "" if value is None else value for name, value in form.initial.items()}


def test_a_profile_is_told_on_one_page(signed_in: Client, member: User) -> None:
    told = shown(signed_in) | {
        "name": "Zoe\u0308", "birth_date": "1990-05-17", "sex": "female", "height_cm": "171.5",
        "weight_kg": "64.3", "goal": "build_muscle", "allergens": ["nuts", "milk"],
        "goal_minutes_a_day": "45", "time_zone": "Europe/Warsaw", "day_starts_at": "4",
    }  # fmt: skip

    answer = signed_in.post(PROFILE, told, follow=True)

    assert "Your profile is saved." in answer.content.decode()
    profile, body = Profile.objects.get(user=member), body_of(member.pk)
    assert (profile.name, profile.time_zone, profile.day_starts_at) == ("Zoë", "Europe/Warsaw", 4)
    assert (body.height_cm, body.weight_kg) == (Decimal("171.5"), Decimal("64.30"))
    assert set(body.allergens) == {"milk", "nuts"}


def test_a_page_sent_back_unchanged_overwrites_nothing(signed_in: Client, member: User) -> None:
    change_profile(
        user_id=member.pk, changes={}, body={"height_cm": Decimal(170)},
        weight_kg=Decimal("70.55"), now=factories.JOINED,
    )  # fmt: skip
    opened = shown(signed_in)
    change_profile(
        user_id=member.pk, changes={"name": "Anna"}, body={"diet": "vegan"}, now=factories.JOINED
    )

    signed_in.post(PROFILE, opened | {"name": "Anna", "diet": "vegan", "sex": "male"})

    profile, body = Profile.objects.get(user=member), body_of(member.pk)
    assert (profile.name, body.diet, body.sex) == ("Anna", "vegan", "male")
    assert (body.height_cm, body.weight_kg) == (Decimal(170), Decimal("70.55"))
    assert Weight.objects.count() == 1


def test_pounds_and_inches_are_kept_in_metric(client: Client) -> None:
    member = factories.member(units="imperial")
    factories.agree_to_health(member)
    client.force_login(member)
    page = client.get(PROFILE).content.decode()

    client.post(PROFILE, shown(client) | {"weight_kg": "150", "height_cm": "70"})
    again = shown(client)

    assert "Weight (lb)" in page
    body = body_of(member.pk)
    assert (body.weight_kg, body.height_cm) == (Decimal("68.04"), Decimal("177.8"))
    assert (again["weight_kg"], again["height_cm"]) == (150, 70)


@pytest.mark.parametrize(
    ("field", "value"),
    [("weight_kg", "5"), ("weight_kg", "NaN"), ("height_cm", "1e9"), ("birth_date", "2020-01-01"),
     ("birth_date", "soon"), ("sex", "robot"), ("allergens", "sand"), ("time_zone", "Mars/Base"),
     ("day_starts_at", "9"), ("goal_minutes_a_day", ""), ("name", "a\x00b"), ("name", "x" * 90)],
)  # fmt: skip
def test_what_cannot_be_is_marked_on_the_page(
    signed_in: Client, member: User, field: str, value: str
) -> None:
    answer = signed_in.post(PROFILE, shown(signed_in) | {field: value})

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Not saved yet" in answer.content.decode()
    assert not Weight.objects.exists()


def test_a_picture_is_shown_and_taken_away(signed_in: Client, member: User) -> None:
    picture = SimpleUploadedFile("me.jpg", pictures.encoded(pictures.halves()), "image/jpeg")

    put = signed_in.post(f"{PROFILE}/avatar", {"file": picture}, follow=True)
    removed = signed_in.post(f"{PROFILE}/avatar", {"remove": "1"}, follow=True)

    assert "-512.webp" in put.content.decode()
    assert "-512.webp" not in removed.content.decode()
    assert Profile.objects.get(user=member).avatar == ""


def test_what_is_no_picture_is_refused_in_words(signed_in: Client) -> None:
    script = SimpleUploadedFile("me.jpg", b"<script>alert(1)</script>", "image/jpeg")

    refused = signed_in.post(f"{PROFILE}/avatar", {"file": script}, follow=True)
    nothing = signed_in.post(f"{PROFILE}/avatar", follow=True)

    assert "Send a JPEG, PNG, WebP, GIF, HEIC or AVIF picture." in refused.content.decode()
    assert "Choose a picture first." in nothing.content.decode()


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    for answer in (client.get(PROFILE), client.post(PROFILE), client.post(f"{PROFILE}/avatar")):
        assert answer.status_code == 302
        assert answer.url.startswith("/sign-in")


@pytest.mark.parametrize("kind", ["workout", "article"])
def test_a_heart_keeps_a_thing_and_lets_it_go(
    signed_in: Client, site: HomePage, member: User, kind: str
) -> None:
    page = pages.workout_page() if kind == "workout" else pages.article_page()
    heart = f"/favorites/{kind}/{page.translation_key}"
    assert heart in signed_in.get(page.url).content.decode()

    kept = [signed_in.post(heart, {"keep": "1"}, headers={"HX-Request": "true"}) for _ in range(2)]
    in_the_page = signed_in.get(page.url).content.decode()
    let_go = signed_in.post(
        heart, {"let_go": "1"}, headers={"Referer": f"http://testserver{page.url}"}
    )

    assert all('aria-pressed="true"' in answer.content.decode() for answer in kept)
    assert 'aria-pressed="true"' in in_the_page
    assert (let_go.status_code, let_go.url) == (302, f"http://testserver{page.url}")
    assert not Favorite.objects.exists()


def test_a_heart_is_for_things_that_are_there(signed_in: Client) -> None:
    for kind in ("workout", "article", "meal"):
        assert signed_in.post(f"/favorites/{kind}/{uuid.uuid4()}", {"keep": 1}).status_code == 404
    workout = factories.workout()
    back = signed_in.post(
        f"/favorites/workout/{workout.uid}",
        {"keep": 1},
        headers={"Referer": "https://evil.example/"},
    )
    assert back.url == "/today"


def test_a_visitor_sees_no_heart(client: Client, site: HomePage) -> None:
    page = pages.workout_page()

    assert "/favorites/" not in client.get(page.url).content.decode()
    assert client.post(f"/favorites/workout/{page.translation_key}").url.startswith("/sign-in")


def test_a_name_on_the_board_may_not_deceive(signed_in: Client, member: User) -> None:
    signed_in.post("/settings/board", {"is_on_boards": "on", "alias": "FitCore Support"})

    assert not Profile.objects.get(user=member).is_on_boards


def test_without_the_consent_the_page_asks_for_it_and_keeps_what_was_typed(client: Client) -> None:
    newcomer = factories.member()
    client.force_login(newcomer)
    told = shown(client) | {"height_cm": "171.5", "name": "Zoe"}

    asked = client.post(PROFILE, told)
    saved = client.post(PROFILE, told | {"agrees": "on"}, follow=True)

    assert asked.status_code == 422
    assert "Tick this" in asked.content.decode()
    assert 'value="171.5"' in asked.content.decode()
    assert "Your profile is saved." in saved.content.decode()
    assert body_of(newcomer.pk).height_cm == Decimal("171.5")
    assert "agrees" not in client.get(PROFILE).context["form"].fields
