"""Workouts as an admin client writes them: drafts and revisions like the editors' own.

Who may do what is asked of Wagtail for this user and this page. What is written here stands in
the editor and in the page's history under the user's name.
"""

import html
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NoReturn

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.html import strip_tags
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

from cms.core.blocks.taking import StoryRefusedError, story_from
from cms.workouts.forms import TWICE, has_twice
from cms.workouts.models import PageExercise, PageVideo, WorkoutIndexPage, WorkoutPage
from fitness.accounts.models import User
from fitness.core.errors import ConflictError, DomainError, MissingError

# What a draft may still lack.
_LACKING = {"blank", "null", "required", "teaser_missing"}
_PARTS = {"videos": PageVideo, "exercises": PageExercise}


class MayNotError(DomainError):
    """The editors' admin would not let this user do it either."""

    status: ClassVar[int] = 403
    code = "permission_denied"


class PageLockedError(DomainError):
    """Somebody locked the page, or it is with whoever reviews it."""

    status: ClassVar[int] = 423
    code = "page_locked"


class ChangedMeanwhileError(DomainError):
    """Somebody else saved the page since it was read: read it again and decide anew."""

    status: ClassVar[int] = 412
    code = "changed_meanwhile"


class PageNotRightError(DomainError):
    """The page cannot be kept, or published, as it is; ``errors`` point at what is wrong."""

    status: ClassVar[int] = 400
    code = "validation"


def workout_pages() -> QuerySet[WorkoutPage]:
    """Every workout page, live or not; copies that only follow another page are left out."""
    pages: QuerySet[WorkoutPage] = WorkoutPage.objects.filter(alias_of=None)
    return pages.select_related("category", "trainer", "latest_revision__user")


def page_named(uid: uuid.UUID) -> WorkoutPage:
    """The page of this workout as it was published last. Raises ``MissingError``."""
    page = workout_pages().filter(translation_key=uid).first()
    if page is None:
        raise MissingError("There is no such workout.")
    return page


def draft_of(page: WorkoutPage) -> WorkoutPage:
    """The page as the editor shows it: with what was saved last."""
    draft: WorkoutPage = page.get_latest_revision_as_object()
    return draft


@transaction.atomic
def create_draft(*, user: User, fields: Mapping[str, Any], publish: bool) -> WorkoutPage:
    """A new page in the library; a draft unless it is to be published."""
    library = WorkoutIndexPage.objects.first()
    if library is None:
        raise ConflictError("The site has no library yet.")
    theirs = library.permissions_for_user(user)
    if not theirs.can_add_subpage() or (publish and not theirs.can_publish_subpage()):
        raise MayNotError("You may not do that in the library.")
    page = WorkoutPage(owner=user, live=False, has_unpublished_changes=True)
    _write(page, fields)
    if faults := _faults_of(lambda: library.add_child(instance=page), ""):
        _refuse(faults)
    _check(page, is_publishing=publish)
    return _keep(page, user=user, publish=publish)


@transaction.atomic
def change_draft(
    *, user: User, uid: uuid.UUID, seen: int, fields: Mapping[str, Any], publish: bool
) -> WorkoutPage:
    """Save the page anew on top of the revision that was ``seen``, and publish it if asked."""
    page = _held(uid)
    theirs = page.permissions_for_user(user)
    if not theirs.can_edit() or (publish and not theirs.can_publish()):
        raise MayNotError("You may not do that with this page.")
    if theirs.page_locked():
        raise _locked(page, user)
    _check_seen(page, seen)
    draft = draft_of(page)
    _write(draft, fields)
    _check(draft, is_publishing=publish)
    return _keep(draft, user=user, publish=publish)


@transaction.atomic
def delete_page(*, user: User, uid: uuid.UUID, seen: int) -> None:
    """Delete the page as the editors' admin would; what members did with the workout stays."""
    page = _held(uid)
    theirs = page.permissions_for_user(user)
    if theirs.page_locked():
        raise _locked(page, user)
    if not theirs.can_delete():
        raise MayNotError("You may not delete this page.")
    _check_seen(page, seen)
    DeletePageAction(page, user=user).execute()


def _held(uid: uuid.UUID) -> WorkoutPage:
    """The page, held until the transaction ends: of two who save at once the later sees that."""
    page = page_named(uid)
    Page.objects.select_for_update().get(pk=page.pk)
    return page_named(uid)


def _locked(page: WorkoutPage, user: User) -> PageLockedError:
    """In the words of the editor, which are HTML there."""
    return PageLockedError(html.unescape(strip_tags(page.get_lock().get_message(user))) + ".")


def _check_seen(page: WorkoutPage, seen: int) -> None:
    if page.latest_revision_id != seen:
        by = page.latest_revision.user if page.latest_revision else None
        name = by.get_full_name() if by else "Somebody"
        raise ChangedMeanwhileError(
            f"{name or 'Somebody'} saved this page since you read it. Read it again.",
            revision=page.latest_revision_id,
        )


def _keep(page: WorkoutPage, *, user: User, publish: bool) -> WorkoutPage:
    revision = page.save_revision(user=user, log_action=True, clean=False)
    if publish:
        PublishPageRevisionAction(revision, user=user, changed=True).execute()
    return page_named(page.translation_key)


def _write(page: WorkoutPage, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        if name == "body":
            page.body = _story(page, value)
        elif name in _PARTS:
            _place(page, name, value)
        else:
            setattr(page, name, value)


def _story(page: WorkoutPage, told: list[Any]) -> Any:
    try:
        return story_from(page.body.stream_block, told)
    except StoryRefusedError as error:
        _refuse([(f"/body{pointer}", "invalid", message) for pointer, message in error.faults])


def _place(page: WorkoutPage, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    kind = _PARTS[name]
    setattr(page, name, [kind(**row, sort_order=place) for place, row in enumerate(rows)])


def _check(page: WorkoutPage, *, is_publishing: bool) -> None:
    """What the editor's form asks of a page, of a draft less than of one that goes out."""
    faults = list(_faults_of(page.full_clean, ""))
    if is_publishing and not faults:
        faults += _faults_of(page.check_ready, "")
    if has_twice([place.video_id for place in page.videos.all()]):
        faults.append(("/videos", "video_twice", str(TWICE.message)))
    for name in _PARTS:
        for index, place in enumerate(getattr(page, name).all()):
            at = f"/{name}/{index}"
            faults += [
                fault for fault in _faults_of(place.full_clean, at) if fault[0] != f"{at}/page"
            ]
    if not is_publishing:
        faults = [fault for fault in faults if fault[1] not in _LACKING or fault[0] == "/title"]
    if faults:
        _refuse(faults)


def _faults_of(check: Any, at: str) -> list[tuple[str, str, str]]:
    try:
        check()
    except ValidationError as error:
        by_field = error.error_dict if hasattr(error, "error_dict") else {"__all__": [error]}
        return [
            (at if field == "__all__" else f"{at}/{field}", one.code or "invalid", message)
            for field, faults in by_field.items()
            for one in faults
            for message in one.messages
        ]
    return []


def _refuse(faults: Sequence[tuple[str, str, str]]) -> NoReturn:
    errors = [
        {"pointer": pointer, "code": code, "detail": str(message)}
        for pointer, code, message in faults
    ]
    raise PageNotRightError("Some fields are not right.", errors=errors)
