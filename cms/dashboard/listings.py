"""The lists of pages by kind in the admin's menu: what there is, and what still lacks something."""

from typing import Any

from django.db.models import Q, QuerySet
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.permissions import policy_registry

from cms.articles.models import ArticlePage
from cms.dashboard import columns, filters, lacking
from cms.programmes.models import ProgrammePage
from cms.tutorials.models import TutorialPage
from cms.workouts.models import WorkoutPage


class GatedIndexView(IndexView):
    """The same number of queries, however many pages there are and are shown."""

    def annotate_queryset(self, pages: Any) -> Any:
        return (
            pages.select_related("category", "content_type", "cover_image", "locked_by")
            .prefetch_related("sites_rooted_here")
            .defer_streamfields()
            .prefetch_workflow_states()
            .annotate_site_root_state()
            .annotate_approved_schedule()
        )

    def search_queryset(self, queryset: Any) -> Any:
        """By the words themselves: the index follows a little later and knows no draft."""
        if not self.is_searching:
            return queryset
        words = self.search_query
        return queryset.filter(
            Q(title__icontains=words)
            | Q(draft_title__icontains=words)
            | Q(introduction__icontains=words)
        )

    def get_ordering(self) -> str:
        asked = self.request.GET.get("ordering", "")
        return asked if asked in self.get_valid_orderings() else str(self.default_ordering)

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Pages that are equal stand in one order on every page of the list."""
        return queryset.order_by(self.ordering, "pk")


class WorkoutIndexView(GatedIndexView):
    def annotate_queryset(self, pages: Any) -> Any:
        return (
            super()
            .annotate_queryset(pages.annotate(seconds=lacking.SECONDS))
            .select_related("category", "content_type", "cover_image", "locked_by", "trainer")
        )


class ChooseShelfView(ChooseParentView):
    """Where a new page goes; trainers may add to the library though not below it."""

    @property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(self.model.allowed_parent_page_models()[0])


class GatedListing(PageListingViewSet):
    index_view_class = GatedIndexView
    choose_parent_view_class = ChooseShelfView
    columns = columns.OF_PAGES

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        named: dict[str, Any] = super().get_index_view_kwargs(page_title=self.menu_label, **kwargs)
        return named


class Workouts(GatedListing):
    model = WorkoutPage
    index_view_class = WorkoutIndexView
    columns = columns.OF_WORKOUTS
    filterset_class = filters.WorkoutFilters
    icon = "order"
    menu_label = "Workouts"


class Programmes(GatedListing):
    model = ProgrammePage
    columns = columns.OF_PROGRAMMES
    filterset_class = filters.ProgrammeFilters
    icon = "calendar-alt"
    menu_label = "Programmes"


class Tutorials(GatedListing):
    model = TutorialPage
    filterset_class = filters.TutorialFilters
    icon = "help"
    menu_label = "Tutorials"


class Articles(GatedListing):
    model = ArticlePage
    filterset_class = filters.ArticleFilters
    icon = "doc-full"
    menu_label = "Articles"


LISTINGS: dict[type, GatedListing] = {
    WorkoutPage: Workouts("workout_list", url_prefix="workouts"),
    ProgrammePage: Programmes("programme_list", url_prefix="programmes"),
    TutorialPage: Tutorials("tutorial_list", url_prefix="tutorials"),
    ArticlePage: Articles("article_list", url_prefix="articles"),
}


class ContentGroup(ViewSetGroup):
    """What visitors read and train with, a list a kind."""

    menu_label = "Content"
    menu_name = "content"
    menu_icon = "folder-open-inverse"
    menu_order = 140
    items = tuple(LISTINGS.values())
