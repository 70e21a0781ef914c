"""The first page a visitor sees."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from cms.core.models import BasePage
from cms.home import context


class HomePage(BasePage):
    """The promise, then what there is to train and to read, and what it costs."""

    hero_title = models.CharField(max_length=80)
    hero_text = models.TextField(max_length=240, blank=True)

    template = "pages/home.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["workouts.WorkoutIndexPage", "articles.ArticleIndexPage"]
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("hero_text")], heading="Promise"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        shown = context.home_context(user_id=request.user.pk)
        return {**super().get_context(request, *args, **kwargs), **shown}
