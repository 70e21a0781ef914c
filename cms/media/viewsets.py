"""The training library in the editors' admin: videos, exercises and categories."""

from typing import Any

import django_filters  # type: ignore[import-untyped]  # it ships none
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.panels.title_field_panel import TitleFieldPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import (
    EditView,
    HistoryView,
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
    UsageView,
)

from cms.core.formats import clock_text
from cms.media.forms import ExerciseForm, VideoForm
from cms.media.models import Caption, TranscodeState
from cms.media.panels import CaptionsPanel, FramesPanel, TranscodePanel, state_cell
from cms.media.permissions import OwnFilm, may_change
from fitness.training.models import Category, Difficulty, Equipment, Exercise, Muscle, Video


def _poster(video: Video) -> SafeString | str:
    if not video.poster:
        return ""
    return format_html(
        '<img src="{}" alt="" width="96" height="54" loading="lazy">', video.poster.url
    )


def _duration(video: Video) -> str:
    return clock_text(video.duration_seconds)


def _captions(video: Video) -> str:
    return ", ".join(video.languages) if video.languages else "None"  # type: ignore[attr-defined]


def _size(video: Video) -> str:
    return filesizeformat(video.size_bytes)


_languages = Caption.objects.filter(video=OuterRef("pk")).order_by("language").values("language")


class StateColumn(Column):
    """How far a film is; kept up to date for whoever looks after it."""

    def get_cell_context_data(self, instance: Video, parent_context: Any) -> dict[str, Any]:
        is_theirs = may_change(parent_context["request"].user, instance)
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"value": state_cell(instance, is_watched=is_theirs)}


class UsageColumn(Column):
    """How many workouts it stands in, and for whoever looks after it the way to all places."""

    def get_cell_context_data(self, instance: Video, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        if not may_change(parent_context["request"].user, instance):
            return context
        name = Video.snippet_viewset.get_url_name("usage")  # type: ignore[attr-defined]
        url = reverse(name, args=[instance.pk])
        return context | {"value": format_html('<a href="{}">{}</a>', url, context["value"])}


class VideoFilters(WagtailFilterSet):
    is_mine = django_filters.BooleanFilter(method="by_me", label="Uploaded by me")
    is_used = django_filters.BooleanFilter(
        field_name="places", lookup_expr="isnull", exclude=True, distinct=True, label="In a workout"
    )
    state = django_filters.ChoiceFilter(
        field_name="transcode__state", choices=TranscodeState.choices, label="State"
    )
    has_captions = django_filters.BooleanFilter(
        field_name="captions", lookup_expr="isnull", exclude=True, distinct=True, label="Captions"
    )

    class Meta:
        model = Video
        fields: tuple[str, ...] = ()

    def by_me(self, videos: QuerySet[Video], name: str, value: bool) -> QuerySet[Video]:  # noqa: FBT001
        mine = Q(uploader=self.request.user)
        return videos.filter(mine if value else ~mine)


class VideoList(IndexView):
    """Trainers find all films here, and the way into their own."""

    def get_edit_url(self, instance: Video) -> str | None:
        url: str | None = super().get_edit_url(instance)
        return url if may_change(self.request.user, instance) else None


class VideoPage(OwnFilm, EditView):
    pass


class VideoUsage(OwnFilm, UsageView):
    pass


class VideoHistory(OwnFilm, HistoryView):
    pass


class VideoViewSet(SnippetViewSet):
    """Videos with their poster and length; a file that is no video never gets in."""

    model = Video
    icon = "media"
    index_view_class = VideoList
    edit_view_class = VideoPage
    usage_view_class = VideoUsage
    history_view_class = VideoHistory
    list_display = (
        "title",
        Column("poster", label="Poster", accessor=_poster),
        StateColumn("state", label="State", accessor="pk", sort_key="transcode__state"),
        Column("duration", accessor=_duration, sort_key="duration_seconds"),
        Column("languages", label="Captions", accessor=_captions, sort_key="languages"),
        UsageColumn("usage", label="Workouts", sort_key="usage"),
        Column("size", accessor=_size, sort_key="size_bytes"),
        DateColumn("updated_at", label="Updated", sort_key="updated_at"),
    )
    list_filter = None
    filterset_class = VideoFilters
    search_fields = ("title", "description")
    ordering = ("-updated_at",)
    # A copy would share its file with the original.
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel(
                "file", help_text="MP4, MOV, WebM or MKV. Length and size are read from it."
            ),
            TranscodePanel(heading="Streams"),
            MultiFieldPanel(
                [
                    FramesPanel(),
                    FieldPanel(
                        "poster", help_text="Left empty, the first frame of the video is taken."
                    ),
                ],
                heading="Poster",
            ),
            FieldPanel("description"),
            CaptionsPanel(heading="Captions"),
            FieldPanel(
                "chapters",
                help_text="One a line: where it starts, and its title. Members jump to them.",
            ),
            FieldPanel(
                "transcript",
                help_text="What is said, to be read. Left empty, it is taken from the captions.",
            ),
        ],
        base_form_class=VideoForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Video]:
        return Video.objects.select_related("transcode").annotate(
            usage=Count("places", distinct=True),
            languages=ArraySubquery(_languages),
        )


class ExerciseFilters(WagtailFilterSet):
    difficulty = django_filters.ChoiceFilter(choices=Difficulty.choices)
    muscles = django_filters.ChoiceFilter(
        choices=Muscle.choices, lookup_expr="contains", method="having"
    )
    equipment = django_filters.ChoiceFilter(
        choices=Equipment.choices, lookup_expr="contains", method="having"
    )

    class Meta:
        model = Exercise
        fields = ("difficulty", "muscles", "equipment")

    def having(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(**{f"{name}__contains": [value]})


class ExerciseViewSet(SnippetViewSet):
    """The movements that workouts are made of."""

    model = Exercise
    icon = "order"
    list_display = (
        "name",
        Column("difficulty", accessor="get_difficulty_display", sort_key="difficulty"),
        Column("muscles", accessor=lambda exercise: ", ".join(exercise.muscles)),
        DateColumn("updated_at", label="Updated", sort_key="updated_at"),
    )
    filterset_class = ExerciseFilters
    search_fields = ("name", "summary")
    ordering = ("name",)
    edit_handler = ObjectList(
        [
            TitleFieldPanel("name", targets=["slug"], placeholder="Name*"),
            FieldPanel("slug"),
            FieldPanel("summary"),
            FieldPanel("instructions", heading="Steps"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("difficulty"), FieldPanel("measure")]),
                    FieldPanel("equipment"),
                    FieldPanel("muscles"),
                ],
                heading="What it asks for",
            ),
        ],
        base_form_class=ExerciseForm,
    )


class CategoryViewSet(SnippetViewSet):
    """The shelves of the library and the colour of their covers."""

    model = Category
    icon = "folder-open-inverse"
    list_display = ("name", "slug", "hue", Column("workout_count", label="Workouts"))
    search_fields = ("name",)
    ordering = ("position", "name")
    sort_order_field = "position"
    copy_view_enabled = False
    panels = (
        TitleFieldPanel("name", targets=["slug"], placeholder="Name*"),
        FieldPanel("slug"),
        FieldPanel("hue"),
        FieldPanel("position"),
    )


class TrainingViewSetGroup(SnippetViewSetGroup):
    """Everything workouts are put together from, in one place of the menu."""

    menu_label = "Training"
    menu_name = "training"
    menu_icon = "pick"
    menu_order = 150
    items = (VideoViewSet, ExerciseViewSet, CategoryViewSet)
