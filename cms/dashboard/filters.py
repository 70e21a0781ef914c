"""How editors narrow a list of pages down."""

from collections.abc import Sequence
from typing import Any

import django_filters  # type: ignore[import-untyped]  # it ships none
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple, RadioSelect
from wagtail.admin.filters import WagtailFilterSet

from cms.articles.models import ArticlePage
from cms.dashboard import lacking
from cms.dashboard.states import STATES
from cms.programmes.models import ProgrammePage
from cms.trainers.models import TrainerPage
from cms.tutorials.models import TutorialPage
from cms.workouts.models import WorkoutPage
from fitness.training.models import Access, Category

_MINUTE = 60
# What an editor reads, from how many minutes, and up to how many.
_LENGTHS = {
    "short": ("Up to 15 minutes", 0, 15),
    "medium": ("15 to 30 minutes", 15, 30),
    "long": ("30 to 45 minutes", 30, 45),
    "longest": ("Over 45 minutes", 45, 24 * 60),
}
_LACKS = {"teaser": lacking.TEASER, "cover": lacking.COVER, "alt": lacking.ALT_TEXT}
_MISSING = [("teaser", "Teaser"), ("cover", "Cover"), ("alt", "Alternative text")]
_CAPTIONS = ("captions", "Captions of a film")


class GatedFilters(WagtailFilterSet):
    """Tier, category, state, and what is missing."""

    access = django_filters.MultipleChoiceFilter(
        choices=Access.choices, label="Tier", widget=CheckboxSelectMultiple
    )
    category = django_filters.ModelMultipleChoiceFilter(
        queryset=Category.objects.order_by("position", "name"), widget=CheckboxSelectMultiple
    )
    state = django_filters.ChoiceFilter(
        choices=[(value, label) for value, (label, _) in STATES.items()],
        label="Status",
        empty_label="Any",
        widget=RadioSelect,
        method="in_state",
    )
    missing = django_filters.MultipleChoiceFilter(
        choices=_MISSING, label="Missing", widget=CheckboxSelectMultiple, method="lacking"
    )

    def in_state(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(STATES[value][1])

    def lacking(self, queryset: QuerySet[Any], name: str, value: Sequence[str]) -> QuerySet[Any]:
        """Pages that lack any of what was ticked."""
        lacks = Q(pk__in=[])
        for what in value:
            lacks |= Q(lacking.CAPTIONS[queryset.model] if what == "captions" else _LACKS[what])
        return queryset.filter(lacks) if value else queryset


class ArticleFilters(GatedFilters):
    class Meta:
        model = ArticlePage
        fields: tuple[str, ...] = ()


class ProgrammeFilters(GatedFilters):
    class Meta:
        model = ProgrammePage
        fields: tuple[str, ...] = ()


class TutorialFilters(GatedFilters):
    missing = django_filters.MultipleChoiceFilter(
        choices=[_CAPTIONS, *_MISSING],
        label="Missing",
        widget=CheckboxSelectMultiple,
        method="lacking",
    )

    class Meta:
        model = TutorialPage
        fields: tuple[str, ...] = ()


class WorkoutFilters(TutorialFilters):
    """And whose they are, and how long."""

    trainer = django_filters.ModelMultipleChoiceFilter(
        queryset=TrainerPage.objects.order_by("title"), widget=CheckboxSelectMultiple
    )
    length = django_filters.ChoiceFilter(
        choices=[(value, label) for value, (label, *_) in _LENGTHS.items()],
        label="Length",
        empty_label="Any",
        widget=RadioSelect,
        method="so_long",
    )

    class Meta:
        model = WorkoutPage
        fields: tuple[str, ...] = ()

    def so_long(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        _, least, most = _LENGTHS[value]
        found: QuerySet[Any] = queryset.alias(asked_seconds=lacking.SECONDS).filter(
            asked_seconds__gt=least * _MINUTE, asked_seconds__lte=most * _MINUTE
        )
        return found
