"""What Wagtail asks of the articles by hook."""

from wagtail import hooks

from cms.articles.models import ArticlePage
from cms.core.editing import EditedPageViewSet


@hooks.register("register_admin_viewset")
def article_pages() -> EditedPageViewSet:
    return EditedPageViewSet("article_pages", model=ArticlePage)
