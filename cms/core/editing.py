"""How editors make a page."""

from typing import Any

from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.viewsets.pages import PageViewSet

from cms.core.approving import ApprovedPageView


class NewPageView(CreateView):
    """The form of a page that does not exist yet: saved when the editor says so.

    Wagtail 8.0 saves a new page by itself half a second after a change. A Publish that is
    clicked while that runs finds its own slug taken and fails. From the first draft on, the
    page is saved by itself as usual.
    """

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "autosave_enabled": False}


class EditedPageViewSet(PageViewSet):
    """Wagtail's views of one of our page types, with our form for a new one."""

    add_view_class = NewPageView
    workflow_action_view_class = ApprovedPageView
