"""Videos that stand on pages: shown with their poster, and played by right alone."""

import uuid
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from wagtail.models import Page

from cms.core.access import decision_for
from cms.core.cards import VideoRow
from cms.core.formats import clock_text, whole_minutes
from cms.media.playback import LockedError, playback_of
from commerce.catalog.selectors import offers_opening
from commerce.entitlements.models import PREMIUM
from commerce.entitlements.selectors import body_for
from fitness.training.models import Video

_PRIVATE = {"Cache-Control": "private, no-store"}


def watched_on(page: Any, video: Video) -> VideoRow:
    """A video on a page that is open to whoever sees it; its address is asked for on play.

    Without a live page around it (a preview, a page never published) nothing plays.
    """
    can_play = page is not None and page.pk and page.live and not page.is_previewed
    return VideoRow(
        uid=video.uid,
        title=video.title,
        minutes=whole_minutes(video.duration_seconds),
        duration=clock_text(video.duration_seconds),
        poster=video.poster.url if video.poster else "",
        is_free=False,
        is_open=True,
        playback_url=reverse("watch", args=[page.pk, video.uid]) if can_play else "",
    )


@csrf_exempt  # it changes nothing, and visitors have no token
@require_POST
def watch(request: HttpRequest, page_id: int, video_uid: uuid.UUID) -> HttpResponse:
    """A short-lived address of a video that stands in an open page's story."""
    page = Page.objects.live().filter(pk=page_id).first()
    specific = page.specific if page else None
    if specific is None or not hasattr(specific, "gated_body"):
        return _answer(404, {"detail": "There is no such video."})
    now = timezone.now()
    decision = decision_for(specific, request=request, now=now)
    if not decision.granted:
        needs_account = decision.reason == "sign_in"
        keys = [PREMIUM, specific.entitlement_key]
        return _locked(LockedError(decision, [] if needs_account else offers_opening(keys=keys)))
    for video in _videos_of(specific, body_for(specific, decision)):
        if video.uid == video_uid:
            return _answer(200, asdict(playback_of(video, now=now)))
    return _answer(404, {"detail": "There is no such video."})


def _videos_of(page: Any, blocks: list[Any]) -> Iterator[Video]:
    """The videos that whoever may open the page may watch there."""
    film = getattr(page, "video", None)
    if film is not None:
        yield film
    yield from (block.value for block in blocks if block.block_type == "video" and block.value)


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
