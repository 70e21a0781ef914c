"""Where Wagtail's admin would let a page out that is not ready, and a way to the audit trail."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter

from cms.core.models import BasePage
from cms.core.reviewing import page_findings
from cms.core.scheduling import HELD_BACK
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


@hooks.register("register_admin_urls")
def address_of_findings() -> list[URLPattern]:
    return [path("findings/<int:page_id>/", page_findings, name="page_findings")]


@hooks.register("insert_global_admin_css")
def look_of_findings() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/checks-admin.css"))


@hooks.register("insert_editor_js")
def ways_to_findings() -> str:
    return format_html_join(
        "",
        '<script type="module" src="{}"></script>',
        ((static(f"js/{name}-admin.js"),) for name in ("checks", "conflict")),
    )


@hooks.register("register_log_actions")
def tell_what_was_held_back(actions: LogActionRegistry) -> None:
    @actions.register_action(HELD_BACK)
    class HeldBack(LogFormatter):
        """In a page's history: why it did not go live on time."""

        label = "Held back"

        def format_message(self, entry: Any) -> str:
            return f"Not published on time: {entry.data.get('reason', '')}"
