"""The way to a second factor for staff: ask for the letter, open its link; or hand out a link."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.core.http import MemberRequest
from config.staff.factors import (
    FACTORS,
    has_proof,
    may_enter,
    passed_factors,
    remember_proof,
    trust,
)
from config.staff.links import handed_link, mailed_link, use_link
from fitness.accounts.mails import send
from fitness.accounts.models import User
from fitness.core import limits
from fitness.core.errors import DomainError
from fitness.core.http import client_address


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def staff_second_factor(request: MemberRequest) -> HttpResponse:
    """Why somebody of the staff cannot go on without a second factor; POST asks for the letter."""
    if request.method == "POST":
        _send_letter(request)
        return redirect("staff_second_factor")
    held = Authenticator.objects.filter(user=request.user, type__in=FACTORS)
    context = {
        "has_proof": has_proof(request, request.user),
        "factors": set(held.values_list("type", flat=True)),
        "letter": reverse("staff_second_factor"),
    }
    return render(request, "members/staff_second_factor.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def staff_link(request: MemberRequest, token: str) -> HttpResponse:
    """The page behind a link. Its button uses the link up: programs that read mails press none."""
    if request.method != "POST":
        return render(request, "members/staff_link.html")
    try:
        with limits.attempt("mailed_link", address=client_address(request)) as attempt:
            use_link(token, user=request.user, now=timezone.now())
            attempt.forgive()
    except limits.LimitReachedError:
        raise
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        remember_proof(request)
        trust(passed_factors(request, request.user))
    return redirect("staff_second_factor")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def hand_out_link(request: MemberRequest, pk: int) -> HttpResponse:
    """Part of the editors' admin: an admin makes a link for somebody they know."""
    user = get_object_or_404(User, pk=pk)
    if not request.user.has_perm("accounts.change_user"):
        raise Http404
    if user.is_superuser and not request.user.is_superuser:
        raise Http404
    crumbs = [
        {"url": reverse("wagtailusers_users:index"), "label": "Users"},
        {"url": "", "label": "Second-step link", "sublabel": user.email},
    ]
    context: dict[str, object] = {"user_of_link": user, "crumbs": crumbs}
    if request.method == "POST":
        try:
            context["link"] = handed_link(user=user, issued_by=request.user, now=timezone.now())
        except DomainError as refusal:
            context["refusal"] = str(refusal)
    return render(request, "wagtailadmin/staff_link.html", context)


def _send_letter(request: MemberRequest) -> None:
    user = request.user
    if not may_enter(user):
        raise Http404
    limits.spend("staff_link", address=client_address(request), account=user.email)
    try:
        link = mailed_link(user=user, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return
    subject, text, html = (
        render_to_string(f"emails/staff_link_{part}", {"link": link, "user": user})
        for part in ("subject.txt", "message.txt", "message.html")
    )
    send.enqueue(" ".join(subject.split()), text, html, user.email)
    messages.info(request, "We have sent you a link. It is good for 15 minutes, in this browser.")
