"""A shelf of the library with words of its own."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.core.models import BasePage
from cms.workouts import library
from fitness.training.models import Category


class CategoryPage(BasePage):
    """What a category is about, and its workouts, the newest first."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    introduction = models.TextField(max_length=400, blank=True)

    template = "pages/category.html"
    parent_page_types: ClassVar[list[str]] = ["workouts.WorkoutIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
    ]
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("category"),
        FieldPanel("introduction"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        shown = library.of_category(
            self.category_id,
            after=request.GET.get("after", ""),
            path=request.path,
            user_id=request.user.pk,
        )
        return {**super().get_context(request, *args, **kwargs), **shown}
