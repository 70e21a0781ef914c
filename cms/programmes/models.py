"""Workouts in an order that leads somewhere, week by week."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, PageManager

from cms.core.checks.findings import Finding, error
from cms.core.gated import GatedPage
from cms.core.index import ListPage
from cms.core.listing import ListedQuerySet
from cms.programmes import context
from fitness.training.models import Category, Difficulty

_MOST_WEEKS = 52


class ProgrammeIndexPage(ListPage):
    """Every programme, the newest first."""

    template = "pages/programme_index.html"
    subpage_types: ClassVar[list[str]] = ["programmes.ProgrammePage"]

    def listed(self) -> ListedQuerySet:
        pages: ListedQuerySet = ProgrammePage.objects.newest()
        return pages

    def card_of(self, page: Any) -> Any:
        return context.programme_card(page)


class ProgrammePage(GatedPage):
    """Weeks of workouts in order.

    What is trained on which day is open to everyone, and each workout keeps its own gate; the
    programme's ``access`` locks the coach's guidance in ``body``.
    """

    weeks = models.PositiveSmallIntegerField(
        default=4, validators=[MinValueValidator(1), MaxValueValidator(_MOST_WEEKS)]
    )
    difficulty = models.CharField(max_length=16, choices=Difficulty, default=Difficulty.BEGINNER)
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PageManager.from_queryset(ListedQuerySet)()

    template = "pages/programme.html"
    body_stands_below: ClassVar[int] = 2
    parent_page_types: ClassVar[list[str]] = ["programmes.ProgrammeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *GatedPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("cover_image"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("weeks"), FieldPanel("difficulty")]),
                FieldPanel("category"),
            ],
            heading="In the list",
        ),
        *GatedPage.gate_panels,
        InlinePanel("sessions", label="Session", heading="Sessions"),
        FieldPanel("body"),
    ]

    @property
    def entitlement_key(self) -> str:
        """The right that opens this programme alone."""
        return f"programme:{self.translation_key}"

    def findings(self) -> list[Finding]:
        late = [session for session in self.sessions.all() if session.week > self.weeks]
        told = [error(f"A session stands in week {each.week} of {self.weeks}.", "weeks")
                for each in late[:1]]  # fmt: skip
        return [*told, *super().findings()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        shared = super().get_context(request, *args, **kwargs)
        shown = context.programme_context(
            self, request=request, seo=shared["seo"], now=timezone.now()
        )
        return {**shared, **shown}


class ProgrammeSession(Orderable):
    """A workout's place in a programme: in which week, on which of its days."""

    page = ParentalKey(ProgrammePage, on_delete=models.CASCADE, related_name="sessions")
    week = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(_MOST_WEEKS)]
    )
    day = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(7)]
    )
    workout = models.ForeignKey(
        "workouts.WorkoutPage", on_delete=models.CASCADE, related_name="sessions"
    )

    panels: ClassVar[list[Any]] = [
        FieldRowPanel([FieldPanel("week"), FieldPanel("day")]),
        FieldPanel("workout"),
    ]
