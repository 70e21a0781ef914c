"""How editors make a page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet

from cms.core.commenting import LettersByQueue
from cms.core.lost import unknown_parts
from cms.core.panels import FindingsSidePanel, NoFindingsYetPanel


class NewPageView(CreateView):
    """The form of a page that does not exist yet: saved when the editor says so.

    Wagtail 8.0 saves a new page by itself half a second after a change. A Publish that is
    clicked while that runs finds its own slug taken and fails. From the first draft on, the
    page is saved by itself as usual.
    """

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "autosave_enabled": False}

    def get_side_panels(self) -> Any:
        panels = super().get_side_panels()
        for place, panel in enumerate(panels):
            if panel.name == NoFindingsYetPanel.name:
                panels[place] = NoFindingsYetPanel(self.page, self.request)
        return panels


class PageView(LettersByQueue, EditView):
    """The form of a page, with its checks beside it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        latest = self.page.latest_revision
        lost = unknown_parts(latest.content) if latest else []
        if lost:
            messages.warning(
                request,
                f"The site knows no “{'”, “'.join(lost)}” any more: it is not shown, and what you"
                " save is without it. The version before stays in the page's history.",
            )
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer

    def get_side_panels(self) -> Any:
        panels = super().get_side_panels()
        for place, panel in enumerate(panels):
            if panel.name == FindingsSidePanel.name:
                panels[place] = FindingsSidePanel(self.page, self.request)
        return panels


class EditedPageViewSet(PageViewSet):
    """Wagtail's views of one of our page types, with our forms."""

    add_view_class = NewPageView
    edit_view_class = PageView
