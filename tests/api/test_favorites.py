"""What a member keeps close."""

import uuid
from typing import Any

import pytest
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from fitness.accounts.models import User
from fitness.favorites import services
from fitness.favorites.models import Favorite
from fitness.training.models import Workout
from tests import factories
from tests.api.client import ApiClient
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db
FAVORITES = "/api/users/favorites"


def keep(api: ApiClient, kind: str, target: Any, **sent: Any) -> Any:
    return api.post_json(FAVORITES, {"kind": kind, "target": target}, **sent)


def test_a_workout_and_an_article_are_kept_with_their_cards(api: ApiClient) -> None:
    article = pages.article_page(access="premium", cover_image=pages.image(alt="A runner"))
    workout = factories.workout(videos=1)

    keep(api, "article", article.translation_key)
    made = keep(api, "workout", workout.uid)
    rows = api.get(FAVORITES).json()["results"]

    assert made.status_code == 201
    assert [row["kind"] for row in rows] == ["workout", "article"]
    assert rows[0] == made.json()
    assert rows[0]["card"] == {
        "title": workout.title,
        "cover": None,
        "minutes": 10,
        "access": {"required": "free", "granted": True},
    }
    assert rows[1]["card"]["access"] == {"required": "premium", "granted": False}
    assert rows[1]["card"]["cover"]["alt"] == "A runner"
    assert ".webp" in rows[1]["card"]["cover"]["small"]["webp"]


def test_a_thing_kept_twice_is_kept_once(api: ApiClient) -> None:
    workout = factories.workout()

    first = keep(api, "workout", workout.uid)
    again = keep(api, "workout", workout.uid)
    replayed = (
        keep(api, "workout", workout.uid, key="k"),
        keep(api, "workout", workout.uid, key="k"),
    )

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json() == replayed[0].json() == replayed[1].json()
    assert Favorite.objects.count() == 1


def test_a_thing_is_let_go_and_can_be_kept_anew(api: ApiClient) -> None:
    workout = factories.workout()
    path = f"{FAVORITES}/{keep(api, 'workout', workout.uid).json()['id']}"

    assert [api.delete(path).status_code for _ in range(2)] == [204, 404]
    assert api.get(FAVORITES).json()["results"] == []
    assert keep(api, "workout", workout.uid).status_code == 201


def test_what_is_gone_has_no_card_until_it_is_back(api: ApiClient) -> None:
    workout, article = factories.workout(), pages.article_page()
    keep(api, "workout", workout.uid)
    keep(api, "article", article.translation_key)

    Workout.objects.filter(pk=workout.pk).update(is_published=False)
    article.unpublish()
    gone = [row["card"] for row in api.get(FAVORITES).json()["results"]]
    pages.publish(article)

    assert gone == [None, None]
    assert api.get(f"{FAVORITES}?kind=article").json()["results"][0]["card"]["title"]
    assert keep(api, "workout", workout.uid).status_code == 200


@pytest.mark.parametrize(
    ("told", "status"),
    [({"kind": "workout", "target": str(uuid.uuid4())}, 404),
     ({"kind": "article", "target": str(uuid.uuid4())}, 404),
     ({"kind": "meal", "target": str(uuid.uuid4())}, 400), ({"kind": "workout"}, 400),
     ({"kind": "workout", "target": "1"}, 400), ({"kind": "workout", "target": None}, 400),
     ({"kind": ["workout"], "target": str(uuid.uuid4())}, 400), ([], 400), ("x", 400)],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(api: ApiClient, told: Any, status: int) -> None:
    assert api.post_json(FAVORITES, told).status_code == status
    assert not Favorite.objects.exists()


def test_the_things_of_others_are_not_there(api: ApiClient, member: User) -> None:
    other = factories.member()
    own = Workout.objects.create(owner=other, title="Mine", published_at=timezone.now())
    kept = keep(ApiClient(user=other), "workout", own.uid).json()

    assert kept["card"]["title"] == "Mine"
    assert keep(api, "workout", own.uid).status_code == 404
    assert api.delete(f"{FAVORITES}/{kept['id']}").status_code == 404
    assert api.get(FAVORITES).json()["results"] == []
    assert Favorite.objects.get().user_id == other.pk


def test_there_is_room_for_so_many(api: ApiClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST_FAVORITES", 2)
    workouts = [factories.workout().uid for _ in range(3)]

    answers = [keep(api, "workout", uid) for uid in (*workouts, workouts[0])]

    assert [answer.status_code for answer in answers] == [201, 201, 422, 200]
    assert answers[2].json()["type"] == "urn:fitcore:problem:too-many-favorites"


def test_pages_of_favourites_follow_each_other(api: ApiClient) -> None:
    kept = [keep(api, "workout", factories.workout().uid).json()["id"] for _ in range(5)]

    first = api.get(f"{FAVORITES}?limit=3&kind=workout").json()
    second = api.get(first["next"]).json()

    assert [row["id"] for row in first["results"] + second["results"]] == kept[::-1]
    assert api.get(f"{FAVORITES}?kind=meal").status_code == 400


@pytest.mark.parametrize("count", [1, 12])
def test_a_list_takes_the_same_queries_whatever_its_length(
    api: ApiClient, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        keep(api, "workout", factories.workout(access="premium").uid)
        keep(api, "article", pages.article_page(access="premium").translation_key)

    with django_assert_num_queries(4):  # member; favourites with workouts; articles; rights
        assert len(api.get(f"{FAVORITES}?limit=50").json()["results"]) == 2 * count
