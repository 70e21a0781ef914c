"""A trainer with an admin client: their own workouts and nobody else's, as in the editor."""

from typing import Any

import pytest

from cms.trainers.models import TrainerPage
from cms.workouts.models import WorkoutPage
from fitness.accounts.models import User
from tests import factories
from tests.api.client import ApiClient
from tests.api.test_admin_workouts import PATH, pointers, send, whole
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db

SECRET = "The other trainer's plan"


@pytest.fixture
def own_page() -> TrainerPage:
    return pages.trainer_page(title="Mira", account=factories.trainer())


@pytest.fixture
def phone(own_page: TrainerPage) -> ApiClient:
    return ApiClient(user=User.objects.get(pk=own_page.account_id))


@pytest.fixture
def others_page() -> TrainerPage:
    return pages.trainer_page(title="Jonas")


def draft_for(trainer: TrainerPage, **fields: Any) -> WorkoutPage:
    return pages.draft_workout(trainer=trainer, **fields)


def test_a_trainer_lists_their_own_workouts_alone(
    phone: ApiClient, own_page: TrainerPage, others_page: TrainerPage
) -> None:
    own = [draft_for(own_page), pages.workout_page(trainer=own_page)]
    draft_for(others_page, title=SECRET)
    pages.workout_page(title=SECRET)

    rows = phone.get(PATH).json()["results"]

    assert {row["id"] for row in rows} == {str(page.translation_key) for page in own}


@pytest.mark.parametrize("is_live", [False, True])
def test_no_way_leads_to_anothers_workout(
    phone: ApiClient, own_page: TrainerPage, others_page: TrainerPage, *, is_live: bool
) -> None:
    make = pages.workout_page if is_live else pages.draft_workout
    theirs = make(title=SECRET, trainer=others_page, owner=own_page.account)
    before = WorkoutPage.objects.values().get(pk=theirs.pk)
    mine = {"title": "Mine", "trainer": str(own_page.translation_key)}

    answers = [
        send(phone, "GET", theirs, None),
        send(phone, "PUT", theirs, mine),
        send(phone, "PATCH", theirs, mine),
        send(phone, "PATCH", theirs, {"publish": True}),
        send(phone, "DELETE", theirs, None),
        send(phone, "DELETE", theirs, None, of="/publication"),
        *[send(phone, method, theirs, None, of="/review") for method in ("GET", "POST", "DELETE")],
    ]

    assert [answer.status_code for answer in answers] == [403] * 9
    assert all(SECRET not in answer.content.decode() for answer in answers)
    assert WorkoutPage.objects.values().get(pk=theirs.pk) == before


def test_a_trainer_names_nobody_else(
    phone: ApiClient, own_page: TrainerPage, others_page: TrainerPage
) -> None:
    page = draft_for(own_page)
    foreign = {"title": "Yours", "trainer": str(others_page.translation_key)}

    refused = [phone.post_json(PATH, foreign), send(phone, "PATCH", page, foreign)]
    refused.append(send(phone, "PUT", page, foreign))
    left_out = [phone.post_json(PATH, whole()), send(phone, "PUT", page, {"title": "Mine still"})]

    assert [pointers(answer) for answer in refused] == [["/trainer"]] * 3
    assert {answer.json()["trainer"] for answer in left_out} == {str(own_page.translation_key)}
    assert WorkoutPage.objects.filter(trainer=own_page).count() == 2


def test_a_trainer_writes_and_somebody_else_publishes(
    phone: ApiClient, own_page: TrainerPage
) -> None:
    draft, live = draft_for(own_page), pages.workout_page(trainer=own_page)

    changed = [send(phone, "PATCH", page, {"title": "Better"}) for page in (draft, live)]
    published = [send(phone, "PATCH", page, {"publish": True}) for page in (draft, live)]
    taken_back = [
        send(phone, "DELETE", live, None),
        send(phone, "DELETE", live, None, of="/publication"),
    ]

    assert [answer.status_code for answer in changed] == [200, 200]
    assert [answer.status_code for answer in (*published, *taken_back)] == [403] * 4
    assert WorkoutPage.objects.get(live=True).title != "Better"


def test_a_trainer_without_a_page_begins_nothing() -> None:
    pages.home()
    phone = ApiClient(user=factories.trainer())

    assert phone.get(PATH).json()["results"] == []
    assert phone.post_json(PATH, whole()).status_code == 403
