"""How django-allauth makes accounts here: an address, a password, and the member's clock."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed
from allauth.core import context as allauth_context
from django import forms
from django.contrib.sites.shortcuts import get_current_site
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from config.doors.passwords import GuardedAdapter
from fitness.accounts import mails
from fitness.accounts.models import User, one_spelling, validate_time_zone
from fitness.accounts.services import register
from fitness.privacy.services.consents import agree_by_joining
from fitness.tracking.services import confirm_address


class AccountAdapter(GuardedAdapter):
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
            agree_by_joining(user_id=saved.pk, now=timezone.now())
        return saved

    def clean_email(self, email: str) -> str:
        """Kept in the spelling that accounts have, or an address would have two."""
        return one_spelling(super().clean_email(email))

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """The member may buy and be ranked from now on."""
        is_news: bool = super().confirm_email(request, email_address)
        if is_news and email_address.email == email_address.user.email:
            confirm_address(user_id=email_address.user_id, now=timezone.now())
        return is_news

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """By way of the queue: how long an answer takes does not tell whether a mail was sent."""
        request = allauth_context.request
        known = {"request": request, "email": email, "current_site": get_current_site(request)}
        mail = self.render_mail(template_prefix, email, known | context)
        html = next((str(part.content) for part in getattr(mail, "alternatives", [])), "")
        mails.send.enqueue(mail.subject, str(mail.body), html, email)


@receiver(email_changed)
def follow_the_main_address(user: User, to_email_address: EmailAddress, **_: Any) -> None:
    """Another address became the main one: it counts if it was confirmed."""
    if to_email_address.verified:
        confirm_address(user_id=user.pk, now=timezone.now())


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
