"""Workouts that an admin client writes, and editors find in Wagtail."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries
from wagtail.models import GroupPagePermission, PageLogEntry

from cms.media.models import Transcode
from cms.workouts.models import WorkoutPage
from fitness.accounts.models import User
from fitness.training.models import Workout, WorkoutLog
from tests import factories
from tests.api.client import ApiClient
from tests.cms import factories as pages

pytestmark = pytest.mark.django_db
PATH = "/api/admin/workouts"


@pytest.fixture
def phone(editor: User) -> ApiClient:
    """An admin client in the hands of an editor."""
    pages.home()
    return ApiClient(user=editor)


def whole(**fields: Any) -> dict[str, Any]:
    """Everything that a workout needs to be published."""
    return {
        "title": "Strong legs",
        "introduction": "What it is about.",
        "teaser": "What waits inside.",
        "access": "premium",
        "category": factories.category().slug,
        "equipment": ["mat"],
        "videos": [{"video": str(factories.video().uid), "is_free": True}],
        "exercises": [{"exercise": str(factories.exercise().uid), "sets": 3, "reps": 12}],
        "body": [{"type": "text", "value": "<p>Squat <b>low</b>.</p>"}],
    } | fields


def page_of(answer: Any) -> WorkoutPage:
    page: WorkoutPage = WorkoutPage.objects.get(translation_key=answer.json()["id"])
    return page


def send(
    phone: ApiClient, method: str, page: WorkoutPage, body: Any, *, seen: str = "", of: str = ""
) -> Any:
    """A change that names the revision it is made on: the newest unless another is given."""
    page.refresh_from_db()
    phone.defaults["HTTP_IF_MATCH"] = seen or f'"{page.latest_revision_id}"'
    answer = phone.send(method, f"{PATH}/{page.translation_key}{of}", body)
    del phone.defaults["HTTP_IF_MATCH"]
    return answer


def pointers(answer: Any) -> list[str]:
    assert answer.status_code == 400, answer.content
    return [error["pointer"] for error in answer.json()["errors"]]


def test_a_draft_stands_in_the_editor_and_in_its_history(
    phone: ApiClient, editor: User, client: Client
) -> None:
    answer = phone.post_json(PATH, whole())

    page = page_of(answer)
    client.force_login(editor)
    shown = client.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    history = client.get(f"/cms/pages/{page.pk}/history/").content.decode()
    assert (answer.status_code, page.live, page.owner) == (201, False, editor)
    assert page.latest_revision.user == editor
    assert "Squat " in shown
    assert "Strong legs" in shown
    assert editor.email in history or "Draft saved" in history
    assert not Workout.objects.filter(uid=page.translation_key).exists()
    assert PageLogEntry.objects.filter(page=page.pk, user=editor, action="wagtail.edit").exists()


def test_what_is_published_is_in_the_library(phone: ApiClient, visitor: ApiClient) -> None:
    answer = phone.post_json(PATH, whole(publish=True))

    listed = visitor.get("/api/workouts").json()["results"]
    assert answer.status_code == 201, answer.content
    assert [row["id"] for row in listed] == [answer.json()["id"]]
    assert answer.json()["is_live"] is True


def test_a_draft_may_lack_what_publishing_asks_for(phone: ApiClient) -> None:
    bare = {"title": "Later", "access": "premium"}

    draft = phone.post_json(PATH, bare)
    refused = phone.post_json(PATH, {**bare, "publish": True})

    assert draft.status_code == 201
    assert {"/introduction", "/category"} <= set(pointers(refused))
    assert WorkoutPage.objects.count() == 1


def test_a_gated_page_without_a_teaser_is_not_published(phone: ApiClient) -> None:
    assert pointers(phone.post_json(PATH, whole(teaser="", publish=True))) == ["/teaser"]


def test_a_saved_page_is_read_as_it_was_sent(phone: ApiClient) -> None:
    sent = whole()
    uid = phone.post_json(PATH, sent).json()["id"]

    read = phone.get(f"{PATH}/{uid}").json()

    assert {name: read[name] for name in ("title", "teaser", "category", "equipment")} == {
        name: sent[name] for name in ("title", "teaser", "category", "equipment")
    }
    assert read["videos"] == sent["videos"]
    assert read["exercises"][0]["reps"] == 12
    assert "Squat <b>low</b>." in read["body"][0]["value"]


def test_what_is_saved_on_a_live_page_waits_until_it_is_published(
    phone: ApiClient, visitor: ApiClient
) -> None:
    page = pages.workout_page(title="Before")
    path = f"/api/workouts/{page.translation_key}"

    saved = send(phone, "PATCH", page, {"title": "After"})
    waiting = visitor.get(path).json()["title"]
    published = send(phone, "PATCH", page, {"publish": True})

    assert (saved.status_code, saved.json()["has_unpublished_changes"]) == (200, True)
    assert (waiting, published.json()["title"]) == ("Before", "After")
    assert visitor.get(path).json()["title"] == "After"


def test_put_writes_the_page_anew_and_patch_only_what_is_said(phone: ApiClient) -> None:
    page = page_of(phone.post_json(PATH, whole()))

    patched = send(phone, "PATCH", page, {"difficulty": "advanced"}).json()
    put = send(phone, "PUT", page, {"title": "Bare"}).json()

    assert (patched["difficulty"], len(patched["videos"])) == ("advanced", 1)
    assert (put["title"], put["videos"], put["exercises"], put["body"]) == ("Bare", [], [], [])


def test_nobodys_work_is_overwritten(phone: ApiClient) -> None:
    page = page_of(phone.post_json(PATH, whole()))
    seen = f'"{page.latest_revision_id}"'

    first = send(phone, "PATCH", page, {"title": "Mine"}, seen=seen)
    second = send(phone, "PATCH", page, {"title": "Theirs"}, seen=seen)
    blind = phone.patch_json(f"{PATH}/{page.translation_key}", {"title": "Blind"})

    assert (first.status_code, second.status_code, blind.status_code) == (200, 412, 428)
    assert first["ETag"] != seen
    assert phone.get(f"{PATH}/{page.translation_key}").json()["title"] == "Mine"


def test_a_page_that_somebody_locked_is_left_alone(phone: ApiClient) -> None:
    page = pages.workout_page()
    WorkoutPage.objects.filter(pk=page.pk).update(locked=True, locked_by=factories.admin())

    assert send(phone, "PATCH", page, {"title": "Mine"}).status_code == 423
    assert send(phone, "DELETE", page, None).status_code == 423


def test_a_page_in_review_is_left_to_its_reviewers(phone: ApiClient) -> None:
    page = pages.draft_workout(title="As submitted")
    page.get_workflow().start(page, user=factories.writer())
    writer = ApiClient(user=factories.writer())

    refused = [send(writer, method, page, {"title": "Mine"}) for method in ("PATCH", "PUT")]
    deleted = send(writer, "DELETE", page, None)
    reviewed = send(phone, "PATCH", page, {"title": "As reviewed"})

    assert [answer.status_code for answer in (*refused, deleted)] == [423] * 3
    assert "awaiting moderation" in refused[0].json()["detail"]
    assert (reviewed.status_code, reviewed.json()["title"]) == (200, "As reviewed")


def test_an_unpublished_page_leaves_the_site_and_stays_a_draft(
    phone: ApiClient, visitor: ApiClient, editor: User
) -> None:
    page = pages.workout_page()
    path = f"/api/workouts/{page.translation_key}"

    blind = phone.delete(f"{PATH}/{page.translation_key}/publication")
    late = send(phone, "DELETE", page, None, seen='"1"', of="/publication")
    done = [send(phone, "DELETE", page, None, of="/publication") for _ in range(2)]

    shown = phone.get(f"{PATH}/{page.translation_key}").json()
    assert (blind.status_code, late.status_code) == (428, 412)
    assert [answer.status_code for answer in done] == [204, 204]
    assert (shown["is_live"], visitor.get(path).status_code) == (False, 404)
    assert PageLogEntry.objects.filter(
        page=page.pk, user=editor, action="wagtail.unpublish"
    ).exists()


def test_who_may_not_publish_may_not_unpublish() -> None:
    page = pages.workout_page()
    writer = ApiClient(user=factories.writer())

    assert send(writer, "DELETE", page, None, of="/publication").status_code == 403
    assert WorkoutPage.objects.get().live


def test_what_the_editors_checks_find_is_pointed_at(phone: ApiClient) -> None:
    film = factories.video(title="Loud")
    Transcode.objects.create(video=film, state="ready", has_sound=True)
    body = [
        {"type": "text", "value": "<p>Squat.</p>"},
        {"type": "text", "value": '<p><a href="/nowhere/">here</a></p>'},
    ]
    sent = whole(videos=[{"video": str(film.uid)}], body=body)

    draft = phone.post_json(PATH, sent)
    refused = phone.post_json(PATH, {**sent, "publish": True})

    assert draft.status_code == 201
    assert set(pointers(refused)) == {"/videos", "/body/1"}
    assert "captions" in refused.content.decode()


def test_publishing_needs_wagtails_permission_for_the_place(editor: User) -> None:
    pages.home()
    publishing = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.filter(permission=publishing).delete()
    phone = ApiClient(user=User.objects.get(pk=editor.pk))

    draft = phone.post_json(PATH, whole())
    refused = phone.post_json(PATH, whole(publish=True))

    assert (draft.status_code, refused.status_code) == (201, 403)


def test_members_and_visitors_stay_outside(api: ApiClient, visitor: ApiClient) -> None:
    for method in ("GET", "POST"):
        assert api.send(method, PATH, whole()).status_code == 403
        assert visitor.send(method, PATH, whole()).status_code == 401


def test_a_deleted_page_leaves_what_members_did(phone: ApiClient, member: User) -> None:
    page = pages.workout_page(videos=1)
    workout = Workout.objects.get(uid=page.translation_key)
    factories.session(user=member, workout=workout, at=timezone.now())

    answer = send(phone, "DELETE", page, None)

    workout.refresh_from_db()
    assert (answer.status_code, workout.is_published) == (204, False)
    assert WorkoutLog.objects.filter(user=member, workout=workout).exists()
    assert phone.get(f"{PATH}/{page.translation_key}").status_code == 404


def test_a_repeated_request_makes_one_page(phone: ApiClient) -> None:
    sent = whole()

    first = phone.post_json(PATH, sent, key="once")
    again = phone.post_json(PATH, sent, key="once")

    assert first.json()["id"] == again.json()["id"]
    assert WorkoutPage.objects.count() == 1


@pytest.mark.parametrize("count", [2, 20])
def test_a_list_takes_the_same_queries_whatever_its_length(
    phone: ApiClient, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        pages.draft_workout()

    phone.get(PATH)  # which gives a new editor their profile

    with django_assert_max_num_queries(7):
        assert len(phone.get(PATH).json()["results"]) == count
