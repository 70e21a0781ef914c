"""Where Wagtail's admin would let a page out that is not ready, and a way to the audit trail."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from cms.core.models import BasePage
from fitness.accounts.models import User


@hooks.register("before_bulk_action")
def refuse_to_publish_what_is_not_ready(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Publishing many at once skips the forms: the first page that lacks something is named."""
    if action_type != "publish":
        return None
    for chosen in objects:
        page = getattr(chosen, "specific", chosen)
        if not isinstance(page, BasePage):
            continue
        try:
            page.get_latest_revision_as_object().check_ready()
        except ValidationError as error:
            messages.error(request, f"“{page}” is not ready: {' '.join(error.messages)}")
            return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("register_user_listing_buttons")
def way_to_audit_trail(user: User, request_user: User) -> Iterator[Button]:
    """From somebody in the list of users to what was done to their account, and by whom."""
    if request_user.is_staff and request_user.has_perm("privacy.view_auditentry"):
        url = reverse("admin:privacy_auditentry_changelist")
        yield Button("Audit trail", f"{url}?q={user.pk}", icon_name="history", priority=30)
