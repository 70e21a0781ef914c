"""A member's account: the hub of all settings, browsers that are signed in, and the inbox."""

from typing import Any
from uuid import UUID

from allauth.account.internal.flows import email_verification
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage, LoginStageController
from allauth.mfa.models import Authenticator
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.core.http import MemberRequest
from fitness.accounts.selectors import sign_ins_of
from fitness.accounts.sign_ins import end_sign_in
from fitness.core.errors import MissingError

_PHONES = 100


@require_safe
@never_cache
@login_required
def settings(request: MemberRequest) -> HttpResponse:
    """Everything a member can set, with how it stands."""
    kinds = Authenticator.objects.filter(user=request.user).values_list("type", flat=True)
    context = {
        "addresses": list(EmailAddress.objects.filter(user=request.user).order_by("-primary")),
        "factors": sorted(set(kinds) - {Authenticator.Type.RECOVERY_CODES}),
        "has_password": request.user.has_usable_password(),
    }
    return render(request, "members/settings.html", context)


@never_cache
def staff_sign_in(request: HttpRequest) -> HttpResponse:
    """Where the admins send whoever may not come in: to the one door, or away."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", "/cms/"))


class Devices(ListUserSessionsView):
    """Where the member is signed in: the browsers that allauth lists, and the phones."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        phones = sign_ins_of(self.request.user.pk, now=timezone.now())
        newest = phones.order_by("-rotated_at", "-id")[:_PHONES]
        return {**super().get_context_data(**kwargs), "phones": list(newest)}


@require_POST
@login_required
def end_phone(request: MemberRequest, uid: UUID) -> HttpResponse:
    """Sign one phone out; whoever holds it has to sign in again."""
    try:
        end_sign_in(user_id=request.user.pk, uid=uid, now=timezone.now())
    except MissingError:
        raise Http404 from None
    messages.success(request, "That phone is signed out.")
    return redirect("usersessions_list")


@require_POST
@login_required
def end_browser(request: MemberRequest, pk: int) -> HttpResponse:
    """Sign one browser out; whoever sits at it has to sign in again."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    if session.is_current():
        return redirect("account_logout")
    end_sessions(request, [session])
    messages.success(request, "That browser is signed out.")
    return redirect("usersessions_list")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def look_in_your_inbox(request: HttpRequest) -> HttpResponse:
    """Where joining ends, whether the address is new here or not; POST asks for another mail."""
    if request.method == "POST":
        _send_again(request)
        return redirect(_way_back(request))
    return render(request, "account/verification_sent.html", {"email": _joining_address(request)})


def _send_again(request: HttpRequest) -> None:
    """Nobody learns from the answer whether there is an account; too often says the same too."""
    login = _joining(request)
    if request.user.is_authenticated:
        email_verification.send_verification_email_for_user(request, request.user)
    elif login:
        email_verification.send_verification_email_at_login(request, login)
    messages.info(
        request,
        "We have sent you a link. If you asked a moment ago, the last one still works: look in"
        " the spam folder too.",
    )


def _joining(request: HttpRequest) -> Any:
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    return stage.login if stage else None


def _joining_address(request: HttpRequest) -> str:
    login = _joining(request)
    if request.user.is_authenticated:
        return str(request.user.email)
    return str(login.email or login.user.email) if login else ""


def _way_back(request: HttpRequest) -> str:
    """The page whose banner was pressed."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours else request.path
