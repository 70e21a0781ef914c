"""Pages that list the pages below them."""

from abc import abstractmethod
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel

from cms.core.listing import Listed, ListedQuerySet, part_of
from cms.core.models import BasePage


class IndexPage(BasePage):
    """A section of the site: there is one of a kind, and it stands below the home page."""

    introduction = models.TextField(max_length=400, blank=True)

    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("introduction")]

    class Meta:
        abstract = True


class ListPage(IndexPage):
    """A section whose pages stand as cards, read on from the last one; nothing is counted."""

    class Meta:
        abstract = True

    @abstractmethod
    def listed(self) -> ListedQuerySet:
        """The pages in their order."""

    @abstractmethod
    def card_of(self, page: Any) -> Any:
        """What stands in the list for one of them; never anything from its body."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        part: Listed[Any] = part_of(
            self.listed(), after=request.GET.get("after", ""), path=request.path
        )
        return {
            **super().get_context(request, *args, **kwargs),
            "cards": [self.card_of(page) for page in part.shown],
            "next_url": part.next_url,
        }
