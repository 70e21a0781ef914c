"""One value for many pages: what visitors meet changes at once, what is drafted stays a draft."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from cms.core.gated import GatedPage
from cms.dashboard.lacking import lacks_teaser
from fitness.accounts.models import User
from fitness.training.models import Access

SET_ACCESS, SET_CATEGORY = "fitcore.set_access", "fitcore.set_category"
FIELDS = {"access": SET_ACCESS, "category_id": SET_CATEGORY}


@dataclass(slots=True)
class Changed:
    """How many pages have the value now, and which were left as they were, and why."""

    pages: int = 0
    left: list[tuple[Any, str]] = field(default_factory=list)


def objection(page: Page, user: User, *, field_name: str, value: Any) -> str:
    """Why a page is not to be changed by this person, or nothing: a few queries."""
    specific = page.specific
    if not isinstance(specific, GatedPage):
        return "It has neither tier nor category."
    may = specific.permissions_for_user(user)
    is_bare = field_name == "access" and lacks_teaser(str(value), specific.teaser)
    reasons = [
        (specific.alias_of_id, "It follows another page."),
        (not may.can_edit(), "You may not change it."),
        (specific.live and not may.can_publish(), "It is live, and you may not publish."),
        (specific.scheduled_revision, "A version of it is scheduled."),
        (may.page_locked(), "It is locked, or waits for a moderator."),
        (value and specific.live and is_bare, "It is live and has no teaser."),
    ]
    return next((reason for is_so, reason in reasons if is_so), "")


def change_pages(pages: Iterable[Page], user: User, *, field_name: str, value: Any) -> Changed:
    """Give pages the value, each on its own; those that have it already are left alone."""
    done = Changed()
    for page in pages:
        why = objection(page, user, field_name=field_name, value=value)
        if not why:
            why = _change(page.specific, user, field_name=field_name, value=value)
        if why:
            done.left.append((page, why))
        else:
            done.pages += 1
    return done


def _change(page: GatedPage, user: User, *, field_name: str, value: Any) -> str:
    try:
        with transaction.atomic():
            _save(page, user, field_name=field_name, value=value)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _save(page: GatedPage, user: User, *, field_name: str, value: Any) -> None:
    """What is live is published with the value; a newer draft gets it and stays the newest."""
    draft = page.get_latest_revision_as_object()
    is_drafted = not page.live or page.has_unpublished_changes
    before = getattr(page if page.live else draft, field_name)
    if before == value and getattr(draft, field_name) == value:
        return
    revision = None
    if page.live:
        setattr(page, field_name, value)
        revision = page.save_revision(user=user, clean=False)
        revision.publish(user=user, log_action=False)
    if is_drafted:
        setattr(draft, field_name, value)
        revision = draft.save_revision(user=user, clean=False)
    log(
        instance=page,
        action=FIELDS[field_name],
        user=user,
        revision=revision,
        content_changed=True,
        data={"before": _shown(page, field_name, before), "after": _shown(page, field_name, value)},
    )


def _shown(page: GatedPage, field_name: str, value: Any) -> str:
    if field_name == "access":
        return str(dict(Access.choices).get(value, value))
    model = type(page)._meta.get_field("category").related_model  # noqa: SLF001
    found = model.objects.filter(pk=value).first()
    return str(found) if found else "none"
