"""Videos that stand on pages: shown with their poster, and played by right alone."""

import uuid
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cms.core.cards import VideoRow
from cms.media.playback import LockedError, start_playback_of
from fitness.core.errors import MissingError
from fitness.training.models import Video

_PRIVATE = {"Cache-Control": "private, no-store"}


def watched_on(page: Any, video: Video, *, transcript: str = "") -> VideoRow:
    """A video on a page that is open to whoever sees it; its address is asked for on play.

    Without a live page around it (a preview, a page never published) nothing plays.
    """
    can_play = page is not None and page.pk and page.live and not page.is_previewed
    return VideoRow.of(
        video,
        is_open=True,
        playback_url=reverse("watch", args=[video.uid]) if can_play else "",
        transcript=transcript,
    )


@csrf_exempt  # it changes nothing, and visitors have no token
@require_POST
def watch(request: HttpRequest, video_uid: uuid.UUID) -> HttpResponse:
    """A short-lived address of a video, for whoever may open a place where it stands."""
    try:
        playback = start_playback_of(
            user_id=request.user.pk, video_uid=video_uid, now=timezone.now()
        )
    except MissingError as error:
        return _answer(404, {"detail": str(error)})
    except LockedError as error:
        return _locked(error)
    return _answer(200, asdict(playback))


def _locked(error: LockedError) -> HttpResponse:
    told = {
        "code": error.code,
        "detail": str(error),
        "required": error.decision.required,
        "reason": error.decision.reason,
        "offers": [asdict(offer) for offer in error.offers],
    }
    return _answer(403, told)


def _answer(status: int, body: dict[str, Any]) -> HttpResponse:
    return JsonResponse(body, status=status, headers=_PRIVATE)
