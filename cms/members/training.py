"""What a member does on a workout's page: watch, get further, be done."""

import datetime as dt
import json
import uuid
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cms.core.http import MemberRequest
from cms.media.playback import LockedError, check_open, start_playback
from cms.members.forms import DoneForm, ProgressForm, first_error
from fitness.core.errors import MissingError
from fitness.leaderboards.models import Period
from fitness.leaderboards.selectors import place_of as place_on_board
from fitness.streaks.selectors import streak_of
from fitness.tracking.services import LoggedDifferentlyError, log_workout
from fitness.training.models import Workout
from fitness.training.selectors import place_of
from fitness.training.services import save_progress


@csrf_exempt  # it changes nothing, and visitors who watch a sample have no token
@require_POST
def playback(request: HttpRequest, workout_uid: uuid.UUID, video_uid: uuid.UUID) -> HttpResponse:
    """A short-lived address of a video, for whoever may watch it."""
    try:
        started = start_playback(
            user_id=request.user.pk,
            workout_uid=workout_uid,
            video_uid=video_uid,
            now=timezone.now(),
        )
    except MissingError as error:
        return _refusal(404, str(error))
    except LockedError as error:
        return _locked(error)
    return _json(200, asdict(started))


@require_POST
def progress(request: HttpRequest, workout_uid: uuid.UUID, video_uid: uuid.UUID) -> HttpResponse:
    """How far the member came; what comes late takes nothing back."""
    user_id, now = request.user.pk, timezone.now()
    if user_id is None:
        return _refusal(401, "Sign in to keep how far you came.")
    form = ProgressForm(_sent(request))
    if not form.is_valid():
        return _json(400, {"detail": first_error(form), "errors": form.errors.get_json_data()})
    try:
        place = place_of(user_id, workout_uid, video_uid)
        check_open(place, user_id=user_id, now=now)
    except MissingError as error:
        return _refusal(404, str(error))
    except LockedError as error:
        return _locked(error)
    save_progress(
        user_id=user_id,
        workout=place.workout,
        video=place.video,
        percent=form.cleaned_data["percent"],
        position_seconds=form.cleaned_data["position_seconds"],
        watched_at=form.cleaned_data["watched_at"] or now,
        now=now,
    )
    return HttpResponse(status=204)


@require_POST
@login_required
def done(request: MemberRequest, workout_uid: uuid.UUID) -> HttpResponse:
    """The member did the workout: it is logged, and the streak and the board answer."""
    user_id, now = request.user.pk, timezone.now()
    workout = get_object_or_404(Workout.objects.visible_to(user_id), uid=workout_uid)
    form = DoneForm(request.POST, default_seconds=workout.duration_seconds)
    if not form.is_valid():
        return HttpResponse(first_error(form), status=400, content_type="text/plain")
    # A second tap on the same page finds the session kept already.
    with suppress(LoggedDifferentlyError):
        log_workout(
            user_id=user_id,
            client_id=form.cleaned_data["client_id"],
            occurred_at=now - dt.timedelta(seconds=form.seconds),
            duration_seconds=form.seconds,
            workout=workout,
            now=now,
        )
    if not request.htmx:
        return redirect("today")
    streak = streak_of(user_id=user_id, now=now)
    place = place_on_board(user_id=user_id, period=Period.WEEK, day=streak.today)
    context = {"streak": streak, "place": place, "points": place.points}
    return render(request, "members/done.html", context)


def _sent(request: HttpRequest) -> Any:
    """The fields of a form or of a JSON object; anything else has no fields."""
    if request.content_type != "application/json":
        return request.POST
    try:
        fields = json.loads(request.body)
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}


def _locked(error: LockedError) -> JsonResponse:
    decision = error.decision
    return _json(
        403,
        {
            "code": error.code,
            "detail": str(error),
            "required": decision.required,
            "reason": decision.reason,
            "offers": [asdict(offer) for offer in error.offers],
        },
    )


def _refusal(status: int, detail: str) -> JsonResponse:
    return _json(status, {"detail": detail})


def _json(status: int, content: dict[str, Any]) -> JsonResponse:
    return JsonResponse(content, status=status, headers={"Cache-Control": "private, no-store"})
