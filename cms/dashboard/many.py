"""Where an editor sees how far the changes are that they asked for."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.utils import get_valid_next_url_from_request

from cms.dashboard.bulk_changes import changes_of, progress_of, told
from cms.dashboard.models import Turn

_SHOWN = 30
_NAMED = 200


@require_safe
@never_cache
def many_pages(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """One change: a bar, and the pages that were left, with the reason and the way to each."""
    progress = progress_of(request.user, uid)  # type: ignore[arg-type]  # the admin's door
    if progress is None:
        raise Http404
    left = progress.change.pages.filter(turn=Turn.LEFT).order_by("pk")
    part = "progress" if "part" in request.GET else "many_pages"
    context = {
        "progress": progress,
        "left": left[:_NAMED],
        "next_url": get_valid_next_url_from_request(request),
    }
    return render(request, f"wagtailadmin/dashboard/{part}.html", context)


@require_safe
@never_cache
def all_changes(request: HttpRequest) -> HttpResponse:
    """What this editor asked for in the last weeks."""
    rows = changes_of(request.user)[:_SHOWN]  # type: ignore[arg-type]  # the admin's door
    context = {"changes": [told(row) for row in rows]}
    return render(request, "wagtailadmin/dashboard/all_changes.html", context)
