"""A member's own day."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.core.http import MemberRequest
from cms.members.forms import BoardForm, first_error
from cms.workouts.cards import begun_workouts
from fitness.accounts.models import Profile
from fitness.accounts.services import profile_beside, profile_of
from fitness.leaderboards.models import Period
from fitness.leaderboards.selectors import board
from fitness.overview.home import Home, home_of
from fitness.tracking.services import change_profile
from fitness.training.models import WorkoutLog

_LOGS = 5
_CONTINUE = 3


@require_safe
@never_cache
@login_required
def today(request: MemberRequest) -> HttpResponse:
    """Streak, board, what was begun and what was done."""
    user_id = request.user.pk
    profile = profile_beside(request.user)
    home = home_of(profile=profile, now=timezone.now())
    logs = WorkoutLog.objects.of(user_id).order_by("-occurred_at", "-pk")
    context = {
        **_board(profile, home),
        "streak": home.streak,
        "rings": home.rings,
        "points": home.place.points,
        "continue_watching": begun_workouts(user_id=user_id, limit=_CONTINUE),
        "logs": list(logs[:_LOGS]),
    }
    return render(request, "members/today.html", context)


@require_POST
@login_required
def board_setting(request: MemberRequest) -> HttpResponse:
    """Join the board under a name, or leave it; nothing else of the member is ever on it."""
    user_id, now = request.user.pk, timezone.now()
    form = BoardForm(request.POST)
    if form.is_valid():
        change_profile(user_id=user_id, changes=_changes(form), now=now)
    else:
        messages.error(request, first_error(form))
    if not request.htmx:
        return redirect("today")
    profile = profile_of(user_id=user_id)
    home = home_of(profile=profile, now=now)
    return render(request, "members/today.html#board", _board(profile, home))


def _changes(form: BoardForm) -> dict[str, object]:
    """Leaving keeps the name for the next time."""
    data = form.cleaned_data
    changes: dict[str, object] = {"is_on_boards": data["is_on_boards"]}
    return {**changes, "alias": data["alias"]} if data["alias"] else changes


def _board(profile: Profile, home: Home) -> dict[str, Any]:
    return {
        "board": board(period=Period.WEEK, day=home.streak.today),
        "place": home.place,
        "is_on_boards": profile.is_on_boards,
        "alias": profile.alias,
    }
