"""The audit trail and closed accounts, for people who answer questions: read, never written."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fitness.accounts.models import User
from fitness.core.admin import ReadOnlyAdmin
from fitness.privacy.models import AuditEntry, Closure, Consent
from fitness.privacy.selectors import undo_token
from fitness.privacy.services.closing import TooLateError, undo_closure


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyAdmin):
    """Search for an address, or for a member's or actor's number."""

    list_display = ["at", "action", "model", "subject_id", "who", "through", "changes"]
    ordering = ["-id"]
    search_fields = ["subject_id"]  # replaced below; named so that there is a search box
    search_help_text = "An e-mail address, or the number of a member or of somebody of the staff."

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = search_term.strip().lower()
        if not term:
            return queryset, False
        if term.isdigit() and len(term) <= 18:  # noqa: PLR2004  (digits of a bigint)
            ids = [int(term)]
        else:
            ids = list(User.objects.filter(email=term).values_list("pk", flat=True))
        about, by = queryset.filter(subject_id__in=ids), queryset.filter(actor_id__in=ids)
        return about | by, False

    @admin.display(description="by")
    def who(self, entry: AuditEntry) -> str:
        return f"{entry.actor_kind} {entry.actor_id or ''}".strip()

    @admin.display(description="before and after")
    def changes(self, entry: AuditEntry) -> SafeString:
        names = sorted({*entry.before, *entry.after})
        told = (f"{name}: {entry.before.get(name)} → {entry.after.get(name)}" for name in names)
        return format_html("{}", "; ".join(told))


@admin.register(Closure)
class ClosureAdmin(ReadOnlyAdmin):
    list_display = ["uid", "user", "asked_at", "due_at", "undone_at", "erased_at"]
    list_select_related = ["user"]
    ordering = ["-id"]
    search_fields = ["user__email"]
    fields = ["uid", "user", "asked_at", "due_at", "undone_at", "erased_at", "billing_ended_at"]
    actions = ["undo"]

    @admin.action(description="Open these accounts again", permissions=["undo"])
    def undo(self, request: HttpRequest, closures: QuerySet[Closure]) -> None:
        for closure in closures:
            try:
                undo_closure(token=undo_token(closure), now=timezone.now())
            except TooLateError as error:
                messages.error(request, str(error))

    def has_undo_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("privacy.change_closure")


@admin.register(Consent)
class ConsentAdmin(ReadOnlyAdmin):
    list_display = ["at", "user", "kind", "version", "is_given", "how"]
    list_select_related = ["user"]
    list_filter = ["kind"]
    ordering = ["-id"]
    search_fields = ["user__email"]
