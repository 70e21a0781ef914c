"""How django-allauth makes accounts here: an address, a password, and the member's clock."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest
from django.utils import timezone

from fitness.accounts.models import User, validate_time_zone
from fitness.accounts.services import register


class AccountAdapter(DefaultAccountAdapter):
    """Gives each account that signs up a profile, through whichever door it came."""

    def save_user(
        self,
        request: HttpRequest,
        user: User,
        form: Any,
        commit: bool = True,  # noqa: FBT001, FBT002
    ) -> User:
        saved: User = super().save_user(request, user, form, commit=commit)
        if commit:
            zone = getattr(form, "cleaned_data", {}).get("time_zone", "")
            register(user=saved, time_zone=zone, now=timezone.now())
        return saved


class SignupForm(forms.Form):
    """What the sign-up page asks beside address and password: the browser's time zone."""

    time_zone = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def clean_time_zone(self) -> str:
        """A zone that no one knows is left out: it is the browser's slip, not the member's."""
        zone: str = self.cleaned_data["time_zone"]
        try:
            validate_time_zone(zone)
        except forms.ValidationError:
            return ""
        return zone

    def signup(self, request: HttpRequest, user: User) -> None:
        """Asked for by allauth; the profile is made in ``AccountAdapter.save_user``."""
