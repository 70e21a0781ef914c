"""What members agree to, a copy of their data, and the end of their account."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cms.core.http import MemberRequest
from cms.members.forms import first_error
from commerce.billing.selectors import subscriptions_of
from fitness.core import limits
from fitness.core.errors import DomainError
from fitness.core.http import client_address
from fitness.privacy.models import UNFINISHED, Export, ExportState, How, Kind
from fitness.privacy.selectors import closure_of, consents_of, expires_at, newest_export
from fitness.privacy.services import closing, consents, exports


class ConsentForm(forms.Form):
    """What the member says to a text, and to which wording of it."""

    kind = forms.ChoiceField(choices=Kind.choices)
    version = forms.CharField(max_length=16)
    is_given = forms.BooleanField(required=False)
    is_understood = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        is_understood = said.pop("is_understood", False)
        if said.get("kind") == Kind.HEALTH and not said["is_given"] and not is_understood:
            raise forms.ValidationError("Tick that your body data is to be deleted.")
        return said


class CloseForm(forms.Form):
    """The password again, of members who have one."""

    password = forms.CharField(
        max_length=128,
        strip=False,
        label="Your password",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: MemberRequest) -> None:
        super().__init__(request.POST or None)
        self.request = request
        if not request.user.has_usable_password():
            del self.fields["password"]

    def clean_password(self) -> str:
        given: str = self.cleaned_data["password"]
        if authenticate(self.request, email=self.request.user.email, password=given) is None:
            raise forms.ValidationError("That is not your password. Nothing was changed.")
        return given


@require_safe
@never_cache
@login_required
def privacy(request: MemberRequest) -> HttpResponse:
    """Consents, the copy of the data, and the way out."""
    context = {"consents": consents_of(user_id=request.user.pk), **_export(request)}
    return render(request, "members/privacy.html", context)


@require_POST
@login_required
def consent(request: MemberRequest) -> HttpResponse:
    """Agree to a text, or take it back."""
    form = ConsentForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("privacy")
    said = {**form.cleaned_data, "kind": Kind(form.cleaned_data["kind"])}
    try:
        consents.record_consent(user_id=request.user.pk, **said, how=How.WEB, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "We have noted that.")
    return redirect("privacy")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def export(request: MemberRequest) -> HttpResponse:
    """Ask for the copy, and how it stands: the part of the page that looks again by itself."""
    if request.method == "POST":
        exports.ask_for_export(user_id=request.user.pk, now=timezone.now())
    if not request.htmx:
        return redirect("privacy")
    return render(request, "members/privacy.html#export", _export(request))


@require_safe
@never_cache
@login_required
def export_file(request: MemberRequest) -> HttpResponse:
    """Send the browser to the file, by an address that ends in a few minutes."""
    held = newest_export(user_id=request.user.pk)
    if held is None or held.state != ExportState.READY:
        return redirect("privacy")
    return redirect(held.file.url)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def close(request: MemberRequest) -> HttpResponse:
    """What closing the account means, and the button that does it."""
    form = CloseForm(request)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            if not request.user.has_usable_password():
                closing.check_sign_in_is_recent(signed_in_at=request.user.last_login, now=now)
            closing.close_account(user_id=request.user.pk, now=now)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            logout(request)
            return redirect("left_us")
    context = {
        "form": form,
        "days": settings.UNDO_DAYS,
        "subscriptions": list(subscriptions_of(user_id=request.user.pk).running()),
    }
    return render(request, "members/close.html", context, status=200)


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """The account is closed; how to have it back."""
    return render(request, "members/left.html", {"days": settings.UNDO_DAYS})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Open a closed account again, from the link in the mail: a press, for mail readers follow
    links by themselves."""
    with limits.attempt("mailed_link", address=client_address(request)) as attempt:
        closure = closure_of(token)
        if closure is not None:
            attempt.forgive()
    refusal = ""
    if request.method == "POST":
        try:
            closing.undo_closure(token=token, now=timezone.now())
        except DomainError as error:
            refusal = str(error)
        else:
            return redirect("reopened")
    elif closure is None:
        refusal = "This link is not complete; copy it from the mail once more."
    elif not closure.is_open:
        refusal = "This link was used already, or its time has passed."
    context = {"closure": closure, "refusal": refusal}
    return render(request, "members/undo.html", context, status=410 if refusal else 200)


@require_safe
def reopened(request: HttpRequest) -> HttpResponse:
    """The account is open again."""
    return render(request, "members/undo.html", {"is_undone": True})


def _export(request: MemberRequest) -> dict[str, Any]:
    held: Export | None = newest_export(user_id=request.user.pk)
    if held is None:
        return {"export": None}
    return {
        "export": held,
        "is_running": held.state in UNFINISHED,
        "is_ready": held.state == ExportState.READY,
        "export_until": expires_at(held),
    }
