"""The first page a visitor sees, and pages that editors lay out freely."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from cms.core import access, structured
from cms.core.covers import cover_from
from cms.core.fields import StoryField
from cms.core.models import BasePage
from cms.core.open import OpenPage
from cms.home import context


class HomePage(BasePage):
    """The promise, then what there is to train and to read, and what it costs."""

    hero_title = models.CharField(max_length=80)
    hero_text = models.TextField(max_length=240, blank=True)

    template = "pages/home.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = [
        "workouts.WorkoutIndexPage",
        "programmes.ProgrammeIndexPage",
        "tutorials.TutorialIndexPage",
        "articles.ArticleIndexPage",
        "trainers.TrainerIndexPage",
        "home.LandingPage",
    ]
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("hero_title"), FieldPanel("hero_text")], heading="Promise"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        shown = context.home_context(self, user_id=request.user.pk)
        return {**super().get_context(request, *args, **kwargs), **shown}


class LandingPage(OpenPage):
    """A page for one occasion: a promise, a picture, and a story in the editor's order."""

    introduction = models.TextField(max_length=400, blank=True)
    cover_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StoryField(blank=True)

    template = "pages/landing.html"
    shown_with: ClassVar[tuple[str, ...]] = ("social_image", "cover_image")
    parent_page_types: ClassVar[list[str]] = ["home.HomePage", "home.LandingPage"]
    subpage_types: ClassVar[list[str]] = ["home.LandingPage"]
    search_fields: ClassVar[list[Any]] = [
        *OpenPage.search_fields,
        index.SearchField("introduction"),
    ]
    content_panels: ClassVar[list[Any]] = [
        *OpenPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("cover_image"),
        FieldPanel("body"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "about": structured.questions(self.gated_body),
            "cover": cover_from(self.cover_image),
            "body": access.story_html(self),
        }
