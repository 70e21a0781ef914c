"""What Wagtail asks of the tutorials by hook."""

from wagtail import hooks

from cms.core.editing import EditedPageViewSet
from cms.tutorials.models import TutorialPage


@hooks.register("register_admin_viewset")
def tutorial_pages() -> EditedPageViewSet:
    return EditedPageViewSet("tutorial_pages", model=TutorialPage)
