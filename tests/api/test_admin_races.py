"""Two admin clients that save the same workout at once."""

import pytest

from cms.workouts.models import WorkoutPage
from tests import factories
from tests.api.client import ApiClient, openapi
from tests.api.test_admin_workouts import PATH
from tests.cms import factories as pages
from tests.database import add_what_migrations_add
from tests.threads import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _first_pages() -> None:
    add_what_migrations_add()
    openapi()


def test_of_many_who_save_at_once_one_is_kept_and_the_others_are_told() -> None:
    page = pages.draft_workout()
    phones = [ApiClient(user=factories.editor()) for _ in range(4)]
    for phone in phones:
        phone.defaults["HTTP_IF_MATCH"] = f'"{page.latest_revision_id}"'
    path = f"{PATH}/{page.translation_key}"

    answers = at_once(
        lambda number: phones[number].patch_json(path, {"title": f"By {number}"}), threads=4
    )

    [kept] = [answer for answer in answers if answer.status_code == 200]
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    assert phones[0].get(path).json()["title"] == kept.json()["title"]
    assert WorkoutPage.objects.get().revisions.count() == 2
