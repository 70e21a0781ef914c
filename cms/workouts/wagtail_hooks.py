"""What Wagtail tells of by hook and not by signal."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from cms.core.editing import EditedPageViewSet
from cms.workouts.models import WorkoutPage
from cms.workouts.publishing import publish


@hooks.register("register_admin_viewset")
def workout_pages() -> EditedPageViewSet:
    return EditedPageViewSet("workout_pages", model=WorkoutPage)


@hooks.register("after_convert_alias_page")
def alias_became_a_page(request: HttpRequest, page: Any) -> None:
    """An alias that stands on its own from now on is a workout of its own."""
    specific = page.specific
    if isinstance(specific, WorkoutPage) and specific.live:
        publish(specific)
