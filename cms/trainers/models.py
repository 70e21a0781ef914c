"""Who stands behind the workouts."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.models import PageManager
from wagtail.search import index

from cms.core.fields import StoryField
from cms.core.index import ListPage
from cms.core.listing import ListedQuerySet
from cms.core.open import OpenPage
from cms.trainers import context


class TrainerIndexPage(ListPage):
    """Everybody who trains with members, from A to Z."""

    template = "pages/trainer_index.html"
    subpage_types: ClassVar[list[str]] = ["trainers.TrainerPage"]

    def listed(self) -> ListedQuerySet:
        pages: ListedQuerySet = TrainerPage.objects.by_title()
        return pages

    def card_of(self, page: Any) -> Any:
        return context.trainer_card(page)


class TrainerPage(OpenPage):
    """A trainer: who they are, and the workouts they made."""

    role = models.CharField(max_length=80, help_text="Such as “Strength coach”.")
    introduction = models.TextField(max_length=400)
    cover_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name="portrait",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="trainer_pages",
        limit_choices_to={"groups__permissions__codename": "write_own_workouts"},
        help_text="Writes the workouts that name this page, and sees no others.",
    )
    body = StoryField(blank=True)

    objects = PageManager.from_queryset(ListedQuerySet)()

    template = "pages/trainer.html"
    shown_with: ClassVar[tuple[str, ...]] = ("social_image", "cover_image")
    exclude_fields_in_copy: ClassVar[list[str]] = ["account"]
    parent_page_types: ClassVar[list[str]] = ["trainers.TrainerIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    search_fields: ClassVar[list[Any]] = [
        *OpenPage.search_fields,
        index.SearchField("role"),
        index.SearchField("introduction"),
    ]
    content_panels: ClassVar[list[Any]] = [
        *OpenPage.content_panels,
        FieldPanel("role"),
        FieldPanel("introduction"),
        FieldPanel("cover_image"),
        FieldPanel("account"),
        FieldPanel("body"),
    ]

    class Meta:
        permissions: ClassVar[list[tuple[str, str]]] = [
            ("write_own_workouts", "Can write the workouts of their own page")
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        shared = super().get_context(request, *args, **kwargs)
        shown = context.trainer_context(self, seo=shared["seo"], user_id=request.user.pk)
        return {**shared, **shown}
