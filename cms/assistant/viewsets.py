"""What the assistant was asked for and what it cost, for admins to read."""

from typing import Any, ClassVar

from wagtail.admin.viewsets.model import ModelViewSet

from cms.assistant.models import Suggestion
from fitness.core import llm


class UsageViewSet(ModelViewSet):
    """Rows to read and to export; nobody adds or changes one."""

    model = Suggestion
    icon = "form"
    menu_label = "Assistant"
    menu_name = "assistant"
    add_to_admin_menu = True
    menu_order = 900
    inspect_view_enabled = False
    copy_view_enabled = False
    form_fields: ClassVar[list[str]] = ["kind"]
    list_display: ClassVar[list[Any]] = [
        "asked_at", "editor", "kind", "state", "model", "tokens_in", "tokens_out",
    ]  # fmt: skip
    list_export: ClassVar[list[str]] = list_display
    list_filter: ClassVar[list[str]] = ["kind", "state", "asked_at"]
    ordering: ClassVar[list[str]] = ["-asked_at"]

    def get_menu_item(self, order: int | None = None) -> Any:
        item = super().get_menu_item(order)
        shown = item.is_shown
        item.is_shown = lambda request: llm.is_on() and shown(request)
        return item
