"""The page on which members say who they are, and show themselves."""

import datetime as dt
from contextlib import nullcontext

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cms.core.http import MemberRequest
from cms.members.profile_form import ProfileForm
from fitness.accounts.avatars import avatar_of, remove_avatar, set_avatar
from fitness.accounts.pictures import LARGEST_BYTES
from fitness.accounts.selectors import current_clock
from fitness.accounts.services import profile_of
from fitness.body.selectors import body_of
from fitness.core import limits
from fitness.core.errors import DomainError
from fitness.privacy.models import How, Kind
from fitness.privacy.rules import TEXTS
from fitness.privacy.selectors import may_process_health
from fitness.privacy.services.consents import record_consent
from fitness.privacy.services.health import keeping_health_data
from fitness.tracking.services import change_profile


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def profile(request: MemberRequest) -> HttpResponse:
    """Name, body, goals, food and clock."""
    user_id, now = request.user.pk, timezone.now()
    told = profile_of(user_id=user_id)
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        profile=told,
        body=body_of(user_id),
        today=current_clock(told).day_of(now),
        has_agreed=may_process_health(user_id),
    )
    if form.is_valid():
        _save(form, user_id=user_id, now=now)
        messages.success(request, "Your profile is saved.")
        return redirect("profile")
    context = {"form": form, "avatar": avatar_of(told.avatar), "name": told.name or told.alias}
    status = 422 if form.is_bound else 200
    return render(request, "members/profile.html", context, status=status)


@transaction.atomic
def _save(form: ProfileForm, *, user_id: int, now: dt.datetime) -> None:
    """All of it or nothing, and what is health data only with the consent that was ticked."""
    if form.cleaned_data.get("agrees"):
        version = TEXTS[Kind.HEALTH].version
        record_consent(
            user_id=user_id, kind=Kind.HEALTH, version=version, is_given=True, how=How.WEB, now=now
        )
    with keeping_health_data(user_id=user_id) if form.is_health else nullcontext():
        change_profile(user_id=user_id, now=now, **form.said())


@require_POST
@login_required
def avatar(request: MemberRequest) -> HttpResponse:
    """A new picture, or none."""
    sent = request.FILES.get("file")
    if "remove" in request.POST:
        remove_avatar(user_id=request.user.pk)
        messages.success(request, "Your picture is gone.")
    elif sent is None:
        messages.error(request, "Choose a picture first.")
    else:
        try:
            limits.spend("picture", account=str(request.user.uid))
            set_avatar(user_id=request.user.pk, sent=sent.read(LARGEST_BYTES + 1))
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "This is how others see you now.")
    return redirect("profile")
