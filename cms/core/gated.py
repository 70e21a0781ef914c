"""Pages whose body may ask for a right: what editors must give, and what is kept from search."""

from typing import Any, ClassVar, override

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index

from cms.core.checks import words
from cms.core.checks.drafts import Draft
from cms.core.drafted import ListedAsDrafted
from cms.core.fields import StoryField
from cms.core.models import BasePage
from cms.core.previewing import GATED_PREVIEW_MODES
from fitness.training.models import Access


class GatedPage(ListedAsDrafted, BasePage):
    """A page with a free introduction, a teaser, and a body that ``access`` may lock.

    The body is in no search index and is rendered through ``cms.core.access`` alone.
    """

    introduction = models.TextField(max_length=400, help_text="Free to read for everyone.")
    access = models.CharField(max_length=16, choices=Access, default=Access.FREE)
    teaser = models.TextField(
        max_length=600,
        blank=True,
        help_text="Shown instead of the body to whoever may not read it.",
    )
    cover_image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StoryField(blank=True)

    shown_with: ClassVar[tuple[str, ...]] = ("social_image", "cover_image", "category")
    drafted: ClassVar[tuple[str, ...]] = ("access", "teaser", "cover_image", "category")
    preview_modes = GATED_PREVIEW_MODES
    search_fields: ClassVar[list[Any]] = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("teaser"),
    ]
    gate_panels: ClassVar[list[Any]] = [
        MultiFieldPanel([FieldPanel("access"), FieldPanel("teaser")], heading="Who may open it")
    ]

    class Meta:
        abstract = True

    @property
    def gated_body(self) -> list[Any]:
        """The blocks of the body, for ``entitlements.body_for`` alone."""
        return list(self.body)

    @override
    def save(self, clean: bool = True, **kwargs: Any) -> Any:
        # Not in ``clean()``: forms run that for drafts too.
        if clean and self.live:
            for finding in words.teaser(Draft(self)):
                raise ValidationError({finding.field: finding.message})
        return super().save(clean=clean, **kwargs)
