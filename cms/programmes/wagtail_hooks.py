"""What Wagtail asks of the programmes by hook."""

from wagtail import hooks

from cms.core.editing import EditedPageViewSet
from cms.programmes.models import ProgrammePage


@hooks.register("register_admin_viewset")
def programme_pages() -> EditedPageViewSet:
    return EditedPageViewSet("programme_pages", model=ProgrammePage)
