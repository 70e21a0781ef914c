"""The training library in the editors' admin, used as a person uses it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.snippets.models import get_snippet_models

from fitness.accounts.models import User
from fitness.training.models import Category, Exercise, Video
from tests import factories
from tests.cms import factories as pages
from tests.queue import drain

pytestmark = pytest.mark.django_db

ADD_VIDEO = "/cms/snippets/training/video/add/"


def make(model: Any) -> Any:
    made: dict[Any, Callable[[], Any]] = {
        Video: factories.video,
        Exercise: factories.exercise,
        Category: factories.category,
    }
    return made[model]()


def upload(client: Client, content: bytes, *, name: str = "film.mp4", **fields: Any) -> Any:
    file = SimpleUploadedFile(name, content, content_type="video/mp4")
    return client.post(ADD_VIDEO, {"title": "Squats", "file": file, "description": "", **fields})


def test_an_uploaded_video_gets_its_facts_and_a_poster(admin: Client, tmp_path: Path) -> None:
    content = pages.clip(tmp_path / "film.mp4", seconds=2).read_bytes()

    answer = upload(admin, content)

    assert answer.status_code == 302
    assert Video.objects.get().duration_seconds == 2  # before the queue comes to it
    drain()
    video = Video.objects.get()
    assert (video.duration_seconds, video.width, video.height) == (2, 320, 180)
    assert video.size_bytes == len(content)
    assert f"/{video.uid}" in str(video.poster.name)
    assert video.file.read() == content


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"just words", "The file is not a video"), (b"", "empty")],
)
def test_a_file_that_is_no_video_is_refused_and_the_rest_of_the_form_stays(
    admin: Client, content: bytes, reason: str
) -> None:
    answer = upload(admin, content, description="How to squat")

    html = answer.content.decode()
    assert answer.status_code == 200
    assert reason in html
    assert "How to squat" in html
    assert 'value="Squats"' in html
    assert not Video.objects.exists()


def test_a_video_must_be_named_like_one(admin: Client, tmp_path: Path) -> None:
    content = pages.clip(tmp_path / "film.mp4").read_bytes()

    answer = upload(admin, content, name="film.exe")

    assert "not allowed" in answer.content.decode()
    assert not Video.objects.exists()


def test_a_video_keeps_its_file_and_poster_when_only_words_are_changed(
    admin: Client, tmp_path: Path
) -> None:
    upload(admin, pages.clip(tmp_path / "film.mp4").read_bytes())
    before = Video.objects.get()

    answer = admin.post(
        f"/cms/snippets/training/video/edit/{before.pk}/", {"title": "Better", "description": ""}
    )

    after = Video.objects.get()
    assert answer.status_code == 302
    assert (after.title, after.file.name, after.poster.name) == (
        "Better",
        before.file.name,
        before.poster.name,
    )


def test_a_new_file_takes_the_place_of_the_old_one(
    admin: Client, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    upload(admin, pages.clip(tmp_path / "film.mp4", seconds=2).read_bytes())
    before = Video.objects.get()
    longer = pages.clip(tmp_path / "longer.mp4", seconds=4).read_bytes()

    with django_capture_on_commit_callbacks(execute=True):
        admin.post(
            f"/cms/snippets/training/video/edit/{before.pk}/",
            {"title": "Longer", "description": "", "file": SimpleUploadedFile("l.mp4", longer)},
        )
        drain()

    after = Video.objects.get()
    assert after.duration_seconds == 4
    assert not before.file.storage.exists(str(before.file.name))
    assert after.file.storage.exists(str(after.file.name))


@pytest.mark.parametrize("kind", ["video", "exercise", "category"])
def test_what_is_in_use_cannot_be_deleted_and_the_editor_is_told_where(
    admin: Client, kind: str
) -> None:
    page = pages.workout_page(title="Full body", videos=1)
    used = {
        "video": page.videos.get().video,
        "exercise": page.exercises.get().exercise,
        "category": page.category,
    }[kind]

    answer = admin.post(f"/cms/snippets/training/{kind}/delete/{used.pk}/", follow=True)

    assert type(used).objects.filter(pk=used.pk).exists()
    html = answer.content.decode()
    assert "is still used by" in html
    assert "Full body" in html


def test_several_at_once_are_not_deleted_when_one_is_in_use(admin: Client) -> None:
    used = pages.workout_page(videos=1).videos.get().video
    spare = factories.video()
    address = reverse("wagtail_bulk_action", args=["training", "video", "delete"])

    answer = admin.post(f"{address}?id={used.pk}&id={spare.pk}", follow=True)

    assert Video.objects.count() == 2
    assert "is still used by" in answer.content.decode()


def test_what_is_not_used_is_deleted_with_its_file(
    admin: Client, django_capture_on_commit_callbacks: Any
) -> None:
    video = factories.video()

    with django_capture_on_commit_callbacks(execute=True):
        admin.post(f"/cms/snippets/training/video/delete/{video.pk}/")
    drain()

    assert not Video.objects.exists()
    assert not video.file.storage.exists(str(video.file.name))


def test_an_exercise_is_written_with_its_steps(admin: Client) -> None:
    answer = admin.post(
        "/cms/snippets/training/exercise/add/",
        {
            "name": "Squat",
            "slug": "squat",
            "summary": "Down and up.",
            "instructions": "Stand.\nSit back.\nRise.",
            "difficulty": "beginner",
            "measure": "reps",
            "equipment": ["none", "barbell"],
            "muscles": ["glutes", "quadriceps"],
        },
    )

    assert answer.status_code == 302
    exercise = Exercise.objects.get()
    assert exercise.steps == ["Stand.", "Sit back.", "Rise."]
    assert exercise.muscles == ["glutes", "quadriceps"]
    assert exercise.equipment == ["none", "barbell"]


@pytest.mark.parametrize("model", [Video, Exercise, Category])
@pytest.mark.parametrize("view", ["list", "list_results", "add"])
def test_every_list_and_form_of_the_training_library_renders(
    admin: Client, model: Any, view: str
) -> None:
    make(model)

    assert admin.get(reverse(model.snippet_viewset.get_url_name(view))).status_code == 200


@pytest.mark.parametrize("model", [Video, Exercise, Category])
@pytest.mark.parametrize("view", ["edit", "delete", "usage", "history"])
def test_every_view_of_one_thing_renders(admin: Client, model: Any, view: str) -> None:
    item = make(model)

    address = reverse(model.snippet_viewset.get_url_name(view), args=[item.pk])

    assert admin.get(address).status_code == 200


@pytest.mark.parametrize("model", [Video, Exercise])
def test_every_chooser_renders_and_finds(admin: Client, model: Any) -> None:
    made = make(model)
    chooser = model.snippet_viewset.chooser_viewset

    whole = admin.get(reverse(chooser.get_url_name("choose")))
    found = admin.get(reverse(chooser.get_url_name("choose_results")), {"q": str(made)})

    assert whole.status_code == 200
    assert str(made) in found.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=squat", {"Squat"}),
        ("muscles=glutes", {"Squat"}),
        ("difficulty=advanced", {"Planche"}),
        ("equipment=mat", {"Planche"}),
        ("muscles=nonsense", {"Squat", "Planche"}),
        ("ordering=nonsense", {"Squat", "Planche"}),
    ],
)
def test_exercises_are_searched_and_filtered(admin: Client, query: str, found: set[str]) -> None:
    factories.exercise(name="Squat", muscles=["glutes"])
    factories.exercise(name="Planche", difficulty="advanced", equipment=["mat"])

    listed = admin.get(f"/cms/snippets/training/exercise/?{query}").context["object_list"]

    assert {exercise.name for exercise in listed} == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("is_used=true", ["Used"]),
        ("is_used=false", ["Spare"]),
        ("q=spa", ["Spare"]),
        ("ordering=usage", ["Spare", "Used"]),
        ("ordering=-usage", ["Used", "Spare"]),
    ],
)
def test_videos_are_searched_and_filtered(admin: Client, query: str, found: list[str]) -> None:
    used, _ = factories.video(title="Used"), factories.video(title="Spare")
    pages.publish(pages.draft_workout(chosen=[used]))

    listed = admin.get(f"/cms/snippets/training/video/?{query}").context["object_list"]

    assert [video.title for video in listed] == found


def test_a_long_list_of_videos_costs_no_more_than_a_short_one(
    admin: Client, django_assert_max_num_queries: Any
) -> None:
    address = reverse(Video.snippet_viewset.get_url_name("list"))
    factories.video()
    admin.get(address)
    with django_assert_max_num_queries(60) as short:
        admin.get(address)
    for _ in range(15):
        factories.video()

    with django_assert_max_num_queries(len(short)):
        admin.get(address)


def test_all_that_editors_keep_is_in_the_admin() -> None:
    assert {Video, Exercise, Category} <= set(get_snippet_models())


def test_members_do_not_get_into_the_admin(client: Client, member: User) -> None:
    client.force_login(member)

    assert client.get("/cms/").status_code == 302
    assert client.get(ADD_VIDEO).status_code == 302
