"""Where Wagtail's admin would let a page out that is not ready."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks

from cms.core.models import BasePage


@hooks.register("before_bulk_action")
def refuse_to_publish_what_is_not_ready(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Publishing many at once skips the forms: the first page that lacks something is named."""
    if action_type != "publish":
        return None
    for chosen in objects:
        page = getattr(chosen, "specific", chosen)
        if not isinstance(page, BasePage):
            continue
        try:
            page.get_latest_revision_as_object().check_ready()
        except ValidationError as error:
            messages.error(request, f"“{page}” is not ready: {' '.join(error.messages)}")
            return redirect("wagtailadmin_pages:edit", page.pk)
    return None
