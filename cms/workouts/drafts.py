"""Workouts as an admin client writes them: drafts and revisions like the editors' own.

Who may do what is asked of Wagtail for this user and this page. What is written here stands in
the editor and in the page's history under the user's name.
"""

import html
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils.html import strip_tags
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, WorkflowState
from wagtail.permissions import policy_registry

from cms.core.listing import is_original
from cms.workouts.models import WorkoutIndexPage, WorkoutPage
from cms.workouts.writing import check, refusing, write
from fitness.accounts.models import User
from fitness.core.errors import ConflictError, DomainError, MayNotError, MissingError


class PageLockedError(DomainError):
    """Somebody locked the page, or it is with whoever reviews it."""

    status: ClassVar[int] = 423
    code = "page_locked"


class ChangedMeanwhileError(DomainError):
    """Somebody else saved the page since it was read: read it again and decide anew."""

    status: ClassVar[int] = 412
    code = "changed_meanwhile"


def workout_pages() -> QuerySet[WorkoutPage]:
    """Every workout page, live or not; aliases and translations are left out."""
    pages: QuerySet[WorkoutPage] = WorkoutPage.objects.filter(is_original())
    return pages.select_related("category", "trainer", "latest_revision__user")


def pages_seen_by(user: User) -> QuerySet[WorkoutPage]:
    """The workout pages that this user finds in the editors' admin: a trainer's are their own."""
    seen = policy_registry.get_by_type(Page).explorable_instances(user)
    in_review = Prefetch(
        "_specific_workflow_states",
        WorkflowState.objects.active(),
        to_attr="_current_workflow_states",
    )
    return workout_pages().filter(pk__in=seen.values("pk")).prefetch_related(in_review)


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
    write(page, fields, user=user)
    with refusing():
        library.add_child(instance=page)
    check(page, is_publishing=publish)
    return _keep(page, user=user, publish=publish)


@transaction.atomic
def change_draft(
    *, user: User, uid: uuid.UUID, seen: int, fields: Mapping[str, Any], publish: bool
) -> WorkoutPage:
    """Save the page anew on top of the revision that was ``seen``, and publish it if asked."""
    page = held(uid)
    theirs = page.permissions_for_user(user)
    if not theirs.can_edit() or (publish and not theirs.can_publish()):
        raise MayNotError("You may not do that with this page.")
    if theirs.page_locked():
        raise locked(page, user)
    check_seen(page, seen)
    draft = draft_of(page)
    write(draft, fields, user=user)
    check(draft, is_publishing=publish)
    return _keep(draft, user=user, publish=publish)


@transaction.atomic
def unpublish_page(*, user: User, uid: uuid.UUID, seen: int) -> None:
    """Take the page off the site and keep it as a draft; one that is not live stays so."""
    page = held(uid)
    theirs = page.permissions_for_user(user)
    if not (theirs.can_unpublish() if page.live else theirs.can_edit()):
        raise MayNotError("You may not take this page off the site.")
    check_seen(page, seen)
    if page.live:
        UnpublishPageAction(page, user=user).execute()


@transaction.atomic
def delete_page(*, user: User, uid: uuid.UUID, seen: int) -> None:
    """Delete the page as the editors' admin would; what members did with the workout stays."""
    page = held(uid)
    theirs = page.permissions_for_user(user)
    if theirs.page_locked():
        raise locked(page, user)
    if not theirs.can_delete():
        raise MayNotError("You may not delete this page.")
    check_seen(page, seen)
    DeletePageAction(page, user=user).execute()


def held(uid: uuid.UUID) -> WorkoutPage:
    """The page, held until the transaction ends: of two who save at once the later sees that."""
    page = page_named(uid)
    Page.objects.select_for_update().get(pk=page.pk)
    return page_named(uid)


def locked(page: WorkoutPage, user: User) -> PageLockedError:
    """Why this user may not change the page, in the words of the editor, which are HTML there."""
    return PageLockedError(html.unescape(strip_tags(page.get_lock().get_message(user))) + ".")


def check_seen(page: WorkoutPage, seen: int) -> None:
    """Raise ``ChangedMeanwhileError`` unless ``seen`` is what the page was saved as last."""
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
