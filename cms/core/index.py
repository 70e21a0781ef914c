"""Pages that list the pages below them."""

from typing import Any, ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel

from cms.core.models import BasePage


class IndexPage(BasePage):
    """A section of the site: there is one of a kind, and it stands below the home page."""

    introduction = models.TextField(max_length=400, blank=True)

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        abstract = True
