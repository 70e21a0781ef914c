"""What the admin asks while a film is made into streams, and the button to try again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.media.models import Transcode
from cms.media.panels import state_cell, state_of
from cms.media.permissions import may_change
from cms.media.transcoding.services import ask_for_transcode, may_try_again
from fitness.training.models import Video

_PART = "wagtailadmin/media/transcode.html"
_BY_SCRIPT = "fetch"


@require_safe
@never_cache
def transcode_state(request: HttpRequest, pk: int) -> HttpResponse:
    """The state as a piece of the video's page, or of its row in the list."""
    video = _video(request, pk)
    if "cell" in request.GET:
        return HttpResponse(state_cell(video))
    return render(request, _PART, {"state": state_of(video, is_fresh=True)})


@require_POST
def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue the film again; one that is in work or ready is left alone."""
    video = _video(request, pk)
    now = timezone.now()
    kept = Transcode.objects.filter(video=video).first()
    if kept is None or may_try_again(kept, now=now):
        ask_for_transcode(video=video, now=now)
    if request.headers.get("X-Requested-With") == _BY_SCRIPT:
        return render(request, _PART, {"state": state_of(video)})
    messages.success(request, "The video is tried again.")
    return redirect(Video.snippet_viewset.get_url_name("edit"), pk)  # type: ignore[attr-defined]


def _video(request: HttpRequest, pk: int) -> Video:
    video = get_object_or_404(Video.objects.select_related("transcode"), pk=pk)
    if not may_change(request.user, video):
        raise PermissionDenied
    return video
