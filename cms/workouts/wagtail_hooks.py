"""What Wagtail tells of by hook and not by signal."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.views.pages.workflow import ConfirmWorkflowCancellationView
from wagtail.models import Page

from cms.core.editing import EditedPageViewSet
from cms.trainers.accounts import writes_own_only
from cms.workouts.models import WorkoutPage
from cms.workouts.permissions import own_workouts
from cms.workouts.publishing import publish


class CancelledWorkflow(ConfirmWorkflowCancellationView):
    """Wagtail tells anybody whether a page is in a workflow; here, whoever may edit it."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.object.permissions_for_user(request.user).can_edit():
            raise PermissionDenied


class WorkoutPageViewSet(EditedPageViewSet):
    """Wagtail's views of a workout, none of which tells a trainer of another's."""

    confirm_workflow_cancellation_view_class = CancelledWorkflow


@hooks.register("register_admin_viewset")
def workout_pages() -> WorkoutPageViewSet:
    return WorkoutPageViewSet("workout_pages", model=WorkoutPage)


@hooks.register("before_move_page")
def show_no_move_that_is_not_allowed(request: HttpRequest, page: Any, destination: Any) -> None:
    """Wagtail asks only when it moves the page, and shows it to anybody before."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


@hooks.register("construct_page_chooser_queryset")
def choose_what_is_known(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """Trainers link to what visitors see, and to their own."""
    if not writes_own_only(request.user):
        return pages
    return pages.filter(Q(live=True) | Q(pk__in=own_workouts(request.user).values("pk")))


@hooks.register("after_convert_alias_page")
def alias_became_a_page(request: HttpRequest, page: Any) -> None:
    """An alias that stands on its own from now on is a workout of its own."""
    specific = page.specific
    if isinstance(specific, WorkoutPage) and specific.live:
        publish(specific)
