"""What Wagtail asks of the landing pages by hook."""

from wagtail import hooks

from cms.core.editing import EditedPageViewSet
from cms.home.models import LandingPage


@hooks.register("register_admin_viewset")
def landing_pages() -> EditedPageViewSet:
    return EditedPageViewSet("landing_pages", model=LandingPage)
