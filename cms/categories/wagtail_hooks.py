"""What Wagtail asks of the pages of categories by hook."""

from wagtail import hooks

from cms.categories.models import CategoryPage
from cms.core.editing import EditedPageViewSet


@hooks.register("register_admin_viewset")
def category_pages() -> EditedPageViewSet:
    return EditedPageViewSet("category_pages", model=CategoryPage)
