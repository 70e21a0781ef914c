"""A workout on its way to a moderator, as the editor's own buttons send it and call it back."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.models import WorkflowState

from cms.workouts.drafts import check_seen, draft_of, held, locked
from cms.workouts.models import WorkoutPage
from cms.workouts.writing import check
from fitness.accounts.models import User
from fitness.core.errors import ConflictError, MayNotError

NONE = "none"


class NothingToReviewError(ConflictError):
    """The page is in review already, or the house reviews no pages like it."""

    code = "not_to_be_reviewed"


@dataclass(frozen=True, slots=True)
class Review:
    """Where a page is on its way: at which step, since when, and what was last said of it."""

    state: str = NONE
    workflow: str | None = None
    step: str | None = None
    submitted_at: dt.datetime | None = None
    revision: int | None = None
    comment: str = ""


def review_of(page: WorkoutPage) -> Review:
    """The review that the page is in, or else the last one that it was in."""
    state = page.workflow_states.select_related("workflow", "current_task_state__task").order_by(
        "-created_at", "-pk"
    )
    return _told(state.first())


@transaction.atomic
def submit_page(*, user: User, uid: uuid.UUID, seen: int) -> WorkoutPage:
    """Send the page to whoever reviews it; its checks hold it back as they hold back publishing.

    Somebody who was asked for changes goes on where the reviewer stopped.
    """
    page = held(uid)
    theirs = page.permissions_for_user(user)
    if not theirs.can_edit():
        raise MayNotError("You may not do that with this page.")
    state = page.current_workflow_state
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise NothingToReviewError("The page is in review already.")
    if theirs.page_locked():
        raise locked(page, user)
    if not page.has_workflow:
        raise NothingToReviewError("Pages like this one are published without a review.")
    check_seen(page, seen)
    check(draft_of(page), is_publishing=True)
    if state:
        state.resume(user)
    else:
        page.get_workflow().start(page, user)
    return page


@transaction.atomic
def cancel_review(*, user: User, uid: uuid.UUID, seen: int) -> None:
    """Call the page back from review; one that is in none stays as it is."""
    page = held(uid)
    if not page.permissions_for_user(user).can_edit():
        raise MayNotError("You may not do that with this page.")
    check_seen(page, seen)
    state = page.current_workflow_state
    if state is None:
        return
    if not state.user_can_cancel(user):
        raise MayNotError("Whoever submitted the page, or reviews it, calls it back.")
    state.cancel(user=user)


def _told(state: Any) -> Review:
    if state is None:
        return Review()
    step = state.current_task_state
    return Review(
        state=state.status,
        workflow=state.workflow.name,
        step=step.task.name if step else None,
        submitted_at=state.created_at,
        revision=step.revision_id if step else None,
        comment=step.comment if step else "",
    )
