"""Where a page is on its way to visitors, as conditions for lists and figures."""

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from wagtail.models import Revision, WorkflowState

# Of a page, told from snippets with the same key; named and not looked up when this is read.
_OF_PAGE = {
    "base_content_type__app_label": "wagtailcore",
    "base_content_type__model": "page",
    "object_id": Cast(OuterRef("pk"), output_field=CharField()),
}
_approved = Revision.objects.filter(approved_go_live_at__isnull=False, **_OF_PAGE)
_waiting = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS, **_OF_PAGE)

SCHEDULED = Q(Exists(_approved))
AWAITED = Q(Exists(_waiting))

# The value in an address, what an editor reads, and which pages that are.
STATES: dict[str, tuple[str, Q]] = {
    "live": ("Live", Q(live=True, has_unpublished_changes=False)),
    "changed": ("Live, with a newer draft", Q(live=True, has_unpublished_changes=True)),
    "draft": ("Draft", Q(live=False)),
    "scheduled": ("Scheduled", SCHEDULED),
    "moderation": ("Awaiting moderation", AWAITED),
}
