"""Where editors write workouts. Publishing writes them into the catalogue."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from cms.core.gated import GatedPage
from cms.core.index import IndexPage
from cms.workouts import context, library
from cms.workouts.forms import TWICE, WorkoutPageForm, has_twice
from fitness.training.models import Category, Difficulty, Equipment, Exercise, Video, workout_key


class WorkoutIndexPage(IndexPage):
    """The library: every published workout, narrowed down by what stands in the address."""

    template = "pages/workout_index.html"
    subpage_types: ClassVar[list[str]] = ["workouts.WorkoutPage", "categories.CategoryPage"]

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return f"{self.template}#results" if library.wants_results_only(request) else self.template

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found = library.search(request.GET, path=request.path, user_id=request.user.pk)
        return {**super().get_context(request, *args, **kwargs), **found}


class WorkoutPage(GatedPage):
    """Where editors write a workout. The page and its workout in the catalogue share one uid."""

    difficulty = models.CharField(max_length=16, choices=Difficulty, default=Difficulty.BEGINNER)
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="+")
    trainer = models.ForeignKey(
        "trainers.TrainerPage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="workouts",
        help_text="Who made it. Their page lists it.",
    )
    equipment = ArrayField(
        models.CharField(max_length=16, choices=Equipment), default=list, blank=True
    )
    is_featured = models.BooleanField(default=False, help_text="Shown on the home page.")

    template = "pages/workout.html"
    body_stands_below: ClassVar[int] = 2
    shown_with: ClassVar[tuple[str, ...]] = (*GatedPage.shown_with, "trainer")
    drafted: ClassVar[tuple[str, ...]] = (*GatedPage.drafted, "difficulty", "trainer")
    base_form_class = WorkoutPageForm
    parent_page_types: ClassVar[list[str]] = ["workouts.WorkoutIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *GatedPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("cover_image"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("category"), FieldPanel("difficulty")]),
                FieldPanel("trainer"),
                FieldPanel("equipment"),
                FieldPanel("is_featured"),
            ],
            heading="In the library",
        ),
        *GatedPage.gate_panels,
        InlinePanel("videos", label="Video", heading="Videos"),
        InlinePanel("exercises", label="Exercise", heading="Exercises"),
        FieldPanel("body"),
    ]

    @property
    def workout_uid(self) -> uuid.UUID:
        """The uid of the workout; an alias shows the workout of the page it follows."""
        page: Any = self
        while page.alias_of_id:
            page = page.alias_of
        uid: uuid.UUID = page.translation_key
        return uid

    @property
    def entitlement_key(self) -> str:
        """The right that opens this workout alone."""
        return workout_key(self.workout_uid)

    def clean(self) -> None:
        super().clean()
        if self.pk and has_twice([place.video_id for place in self.videos.all()]):
            raise TWICE

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        shared = super().get_context(request, *args, **kwargs)
        shown = context.workout_context(
            self, request=request, seo=shared["seo"], now=timezone.now()
        )
        return {**shared, **shown}


class PageVideo(Orderable):
    """A video's place on a page. A free one is a sample that anyone may watch."""

    page = ParentalKey(WorkoutPage, on_delete=models.CASCADE, related_name="videos")
    video = models.ForeignKey(Video, on_delete=models.PROTECT, related_name="+")
    is_free = models.BooleanField("free sample", default=False)

    panels: ClassVar[list[Any]] = [FieldPanel("video"), FieldPanel("is_free")]


class PageExercise(Orderable):
    """An exercise's place on a page, with what is asked of the member."""

    page = ParentalKey(WorkoutPage, on_delete=models.CASCADE, related_name="exercises")
    exercise = models.ForeignKey(Exercise, on_delete=models.PROTECT, related_name="+")
    sets = models.PositiveSmallIntegerField(default=3)
    reps = models.PositiveSmallIntegerField("repetitions", null=True, blank=True)
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    rest_seconds = models.PositiveSmallIntegerField("seconds of rest", default=30)

    panels: ClassVar[list[Any]] = [
        FieldPanel("exercise"),
        FieldRowPanel(
            [
                FieldPanel("sets"),
                FieldPanel("reps"),
                FieldPanel("seconds"),
                FieldPanel("rest_seconds"),
            ]
        ),
    ]

    def clean(self) -> None:
        super().clean()
        if (self.reps is None) == (self.seconds is None):
            raise ValidationError({"reps": "Give repetitions or seconds, and not both."})
