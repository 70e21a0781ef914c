"""The house in five steps, for whoever is new in it."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.trainers.accounts import writes_own_only
from fitness.training.models import Video


@require_safe
@permission_required("wagtailadmin.access_admin", login_url="wagtailadmin_login")
def guide(request: HttpRequest) -> HttpResponse:
    """Five steps with the way to each; nobody is sent where they may not go."""
    user = request.user
    views = Video.snippet_viewset  # type: ignore[attr-defined]
    may_publish = policy_registry.get_by_type(Page).user_has_permission(user, "publish")
    return render(
        request,
        "wagtailadmin/dashboard/guide.html",
        {
            "is_trainer": writes_own_only(user),
            "may_publish": may_publish,
            "videos_url": reverse(views.get_url_name("list")),
            "add_video_url": reverse(views.get_url_name("add")),
        },
    )
