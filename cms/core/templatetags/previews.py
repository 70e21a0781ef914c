"""What an editor's preview shows beside the page."""

from copy import copy

from django import template
from django.http import HttpRequest
from wagtail.admin.userbar import Userbar

from cms.core.previewing import pretended_in

register = template.Library()


@register.inclusion_tag("components/preview_tools.html", takes_context=True)
def preview_tools(context: template.Context) -> dict[str, object]:
    """Whom the page is seen as, and Wagtail's checks of what is seen."""
    request: HttpRequest = context["request"]
    pretended = pretended_in(request)
    if pretended is None:
        return {}
    editors = copy(request)
    editors.user = pretended.editor  # type: ignore[assignment]
    page = context.get("page")
    bar = Userbar(object=page).render_html({"request": editors, "page": page})
    return {"seen_as": pretended.seen_as, "bar": bar}
