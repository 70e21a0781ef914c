"""The heart on a workout or an article."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from cms.articles.selectors import articles_named
from cms.core.http import MemberRequest
from fitness.core.errors import DomainError
from fitness.favorites.models import Kind
from fitness.favorites.services import keep, let_go_of
from fitness.training.models import Workout


@require_POST
@login_required
def favorite(request: MemberRequest, kind: str, target: uuid.UUID) -> HttpResponse:
    """Keep the thing, or let it go: as the pressed button says, however often it is pressed."""
    _check_there(request.user.pk, kind, target)
    is_kept = "keep" in request.POST
    error = ""
    if is_kept:
        try:
            keep(user_id=request.user.pk, kind=kind, target=target)
        except DomainError as refusal:
            is_kept, error = False, str(refusal)
    else:
        let_go_of(user_id=request.user.pk, kind=kind, target=target)
    if not request.htmx:
        return HttpResponseRedirect(_back(request))
    heart = {"kind": kind, "target": target, "is_kept": is_kept, "error": error}
    return render(request, "components/heart.html", {"heart": heart})


def _check_there(user_id: int, kind: str, target: uuid.UUID) -> None:
    if kind == Kind.WORKOUT:
        get_object_or_404(Workout.objects.visible_to(user_id), uid=target)
    elif kind != Kind.ARTICLE or target not in articles_named([target]):
        raise Http404


def _back(request: HttpRequest) -> str:
    """The page the heart was on; never another site's."""
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return came_from if is_ours else "/today"
