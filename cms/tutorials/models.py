"""How something is done, step by step."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import PageManager

from cms.core.gated import GatedPage
from cms.core.index import ListPage
from cms.core.listing import ListedQuerySet
from cms.tutorials import context
from fitness.training.models import Category, Difficulty, Video


class TutorialIndexPage(ListPage):
    """Every tutorial, the newest first."""

    template = "pages/tutorial_index.html"
    subpage_types: ClassVar[list[str]] = ["tutorials.TutorialPage"]

    def listed(self) -> ListedQuerySet:
        pages: ListedQuerySet = TutorialPage.objects.newest()
        return pages

    def card_of(self, page: Any) -> Any:
        return context.tutorial_card(page)


class TutorialPage(GatedPage):
    """A tutorial. Its steps stand in the body; its film plays for whoever may read them."""

    difficulty = models.CharField(max_length=16, choices=Difficulty, default=Difficulty.BEGINNER)
    category = models.ForeignKey(
        Category,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Workouts of this category are offered below the tutorial.",
    )
    video = models.ForeignKey(
        Video,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Plays above the steps, for whoever may read them.",
    )

    objects = PageManager.from_queryset(ListedQuerySet)()

    template = "pages/tutorial.html"
    body_stands_below: ClassVar[int] = 2
    shown_with: ClassVar[tuple[str, ...]] = (*GatedPage.shown_with, "video")
    parent_page_types: ClassVar[list[str]] = ["tutorials.TutorialIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *GatedPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("cover_image"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("category"), FieldPanel("difficulty")])],
            heading="In the list",
        ),
        *GatedPage.gate_panels,
        FieldPanel("video"),
        FieldPanel("body"),
    ]

    @property
    def entitlement_key(self) -> str:
        """The right that opens this tutorial alone."""
        return f"tutorial:{self.translation_key}"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        shared = super().get_context(request, *args, **kwargs)
        shown = context.tutorial_context(
            self, request=request, seo=shared["seo"], now=timezone.now()
        )
        return {**shared, **shown}
