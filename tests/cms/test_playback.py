"""A video plays for whoever may open any place where it stands."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cms.media.models import Caption, Chapter
from fitness.accounts.models import User
from fitness.training.models import Video
from tests import factories
from tests.api.client import ApiClient
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db

VTT = "WEBVTT\n\n00:00.000 --> 00:04.000\nStand tall.\n"


def in_story(make: Callable[..., Any]) -> Callable[..., Any]:
    """A page with the video in its story."""
    return lambda video, **fields: make(body=[{"type": "video", "value": video.pk}], **fields)


PLACES = [
    *map(in_story, (pages.workout_page, pages.article_page)),
    *map(in_story, (pages.programme_page, pages.tutorial_page)),
    lambda video, **fields: pages.tutorial_page(video=video, **fields),
    lambda video, **fields: pages.workout_page(chosen=[video], **fields),
]


def site_answer(client: Client, video: Video) -> int:
    return int(client.post(f"/watch/{video.uid}").status_code)


def app_answer(user: User, video: Video) -> int:
    return int(ApiClient(user=user).post_json(f"/api/content/playback/{video.uid}").status_code)


@pytest.mark.parametrize("place", PLACES)
def test_it_is_asked_for_in_one_way_everywhere(
    client: Client, member: User, place: Callable[..., Any]
) -> None:
    video = factories.video()
    page = place(video, access="purchase")
    wrong = pages.article_page(access="purchase")
    pages.give(member, wrong.entitlement_key)
    client.force_login(member)

    before = site_answer(client, video), app_answer(member, video)
    pages.give(member, page.entitlement_key)
    after = site_answer(client, video), app_answer(member, video)

    assert (before, after) == ((403, 403), (200, 200))
    assert site_answer(Client(), video) == 403


def test_one_open_place_is_enough(client: Client) -> None:
    video = factories.video()
    pages.workout_page(access="premium", chosen=[video])
    assert site_answer(client, video) == 403

    pages.landing_page(body=[{"type": "video", "value": video.pk}])

    assert site_answer(client, video) == 200


def test_a_sample_plays_for_everyone_wherever_it_is_asked_for(client: Client) -> None:
    sample, rest = factories.video(), factories.video()
    pages.workout_page(access="premium", chosen=[sample, rest], samples=1)
    pages.article_page(access="premium", body=[{"type": "video", "value": sample.pk}])

    assert (site_answer(client, sample), site_answer(client, rest)) == (200, 403)


def test_what_opens_it_is_told(client: Client, member: User) -> None:
    offer, video = pages.monthly(), factories.video()
    pages.tutorial_page(access="premium", video=video)
    client.force_login(member)

    answer = client.post(f"/watch/{video.uid}")

    assert answer.json()["reason"] == "locked"
    assert [found["uid"] for found in answer.json()["offers"]] == [str(offer.uid)]
    assert "url" not in answer.json()


def test_drafts_and_pages_that_were_taken_back_play_nothing(client: Client) -> None:
    video, lonely = factories.video(), factories.video()
    page: Any = pages.article_page(access="free", body=[{"type": "video", "value": video.pk}])
    page.unpublish()
    pages.draft_workout(access="free", chosen=[video])
    live: Any = pages.article_page(access="free")
    live.body = [{"type": "video", "value": video.pk}]
    live.save_revision()

    assert (site_answer(client, video), site_answer(client, lonely)) == (404, 404)


def test_a_locked_page_names_no_video_and_an_open_one_no_file(client: Client) -> None:
    video = factories.video()
    locked = pages.article_page(access="premium", body=[{"type": "video", "value": video.pk}])
    hidden = client.get(locked.url).content.decode()
    opened = pages.article_page(access="free", body=[{"type": "video", "value": video.pk}])

    shown = client.get(opened.url).content.decode()

    assert video.title not in hidden
    assert f'data-playback="/watch/{video.uid}"' in shown
    assert str(video.file.name) not in shown


def test_captions_and_chapters_come_with_the_address(api: ApiClient, client: Client) -> None:
    workout = factories.workout(videos=1)
    video = workout.places.get().video
    Caption.objects.create(video=video, language="en", label="English", text=VTT)
    Chapter.objects.create(video=video, start_seconds=90, title="Squats")

    listed = api.get(f"/api/workouts/{workout.uid}/videos").json()["results"][0]["playback"]
    played = api.post_json(f"/api/content/playback/{video.uid}").json()
    watched = client.post(f"/train/{workout.uid}/playback/{video.uid}").json()

    for told in (listed, played, watched):
        assert told["chapters"] == [{"start_s": 90, "title": "Squats"}]
        track = told["captions"][0]
        assert (track["language"], track["label"]) == ("en", "English")
        text = client.get(track["url"])
        assert (text.content.decode(), text["Content-Type"]) == (VTT, "text/vtt; charset=utf-8")
        assert text["Cache-Control"] == "private, no-store"


def test_captions_have_no_address_but_a_signed_one(client: Client) -> None:
    video = factories.workout(videos=1).places.get().video
    caption = Caption.objects.create(video=video, language="en", label="English", text=VTT)
    other = Caption.objects.create(video=video, language="de", label="Deutsch", text=VTT)
    address = client.post(f"/watch/{video.uid}").json()["captions"][1]["url"]

    assert client.get(address).status_code == 200
    assert client.get(address.replace(str(caption.uid), str(other.uid))).status_code == 403
    assert client.get(f"/media/private/x/captions/{caption.uid}.vtt").status_code == 403
    caption.delete()
    assert client.get(address).status_code == 404


def test_a_list_of_videos_costs_one_query_for_all_their_words(
    visitor: ApiClient, django_assert_num_queries: Any
) -> None:
    few, many = factories.workout(videos=1), factories.workout(videos=6)
    visitor.get(f"/api/workouts/{few.uid}/videos")

    with django_assert_num_queries(3):
        visitor.get(f"/api/workouts/{few.uid}/videos")
    with django_assert_num_queries(3):
        visitor.get(f"/api/workouts/{many.uid}/videos")


@pytest.mark.parametrize("place", PLACES)
def test_what_is_said_is_read_by_whoever_may_watch(
    client: Client, member: User, place: Callable[..., Any]
) -> None:
    video = factories.video()
    Caption.objects.create(video=video, language="en", label="English", text=VTT)
    page = place(video, access="premium")
    pages.give(member, "premium")

    locked = client.get(page.url).content.decode()
    client.force_login(member)
    opened = client.get(page.url).content.decode()

    assert ("Stand tall." in opened, "Stand tall." in locked) == (True, False)
