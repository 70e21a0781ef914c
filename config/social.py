"""How django-allauth signs browsers in with Google and Apple: by the API's own rules."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import requests
from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import (
    DefaultSocialAccountAdapter,
    _build_apps_from_settings,
)
from allauth.socialaccount.forms import DisconnectForm as AllauthDisconnectForm
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.signals import social_account_added
from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from api.auth.identity import leaving, services
from api.auth.identity.errors import VerifyFirstError
from api.auth.identity.rules import identity_of
from fitness.accounts.models import User
from fitness.core.errors import DomainError

type View = Callable[..., HttpResponse]

_TOO_MANY = 429
_THEIR_FAULT = 500


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Lets the identity rules decide before allauth would."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find, make or refuse the account; allauth then signs in who is known."""
        is_connecting = sociallogin.state.get("process") == AuthProcess.CONNECT
        try:
            if is_connecting:
                self._check_may_connect(request.user)
            else:
                self._admit(request, sociallogin)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            way_back = "socialaccount_connections" if is_connecting else "account_login"
            raise ImmediateHttpResponse(redirect(way_back)) from None

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Any) -> User:
        """Nothing: a new member is made by the rules, and the name lies in the profile."""
        user: User = sociallogin.user
        return user

    def list_apps(
        self, request: HttpRequest | None, provider: Any = None, client_id: Any = None
    ) -> list[SocialApp]:
        """Our clients come from the settings alone: no query, and none can be slipped in."""
        known = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in known.values() for app in apps]

    def get_requests_session(self) -> requests.Session:
        """With a timeout, and telling a provider that is away from one that says no."""
        session: requests.Session = super().get_requests_session()
        session.hooks["response"].append(_raise_when_away)
        return session

    def _admit(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        account = services.admit(
            request=request,
            provider=sociallogin.account.provider,
            claims={**sociallogin.account.extra_data, "sub": sociallogin.account.uid},
            time_zone=sociallogin.state.get("time_zone", ""),
            now=timezone.now(),
        )
        sociallogin.account, sociallogin.user = account, account.user
        _keep_apples_token(sociallogin)

    def _check_may_connect(self, user: Any) -> None:
        if user.is_authenticated and user.verified_at is None:
            raise VerifyFirstError("Confirm your e-mail address first.")


def first_come(view: View) -> View:
    """Of many who connect one identity at once one does; the others are told, not shown an error.

    allauth looks before the member proves again who they are, and saves after.
    """

    @wraps(view)
    def settled(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except IntegrityError as error:
            if "socialaccount_socialaccount" not in str(error):
                raise
            messages.error(
                request, "Nothing was connected: somebody connected it at the same moment."
            )
            return redirect("socialaccount_connections")

    return settled


class DisconnectForm(AllauthDisconnectForm):
    """Takes a connection away by the API's own rule, and tells Apple."""

    def clean(self) -> Any:
        """allauth's rule knows no passkeys; ours is asked in ``save``, under the member's lock."""
        return forms.Form.clean(self)

    def save(self) -> None:
        raise_if_reauthentication_required(self.request, app="allauth.socialaccount")
        account: SocialAccount = self.cleaned_data["account"]
        try:
            leaving.unlink(user_id=self.request.user.pk, account_id=account.pk)
        except DomainError as refusal:
            messages.error(self.request, str(refusal))
        else:
            get_account_adapter(self.request).add_message(
                self.request, messages.INFO, "socialaccount/messages/account_disconnected.txt"
            )


@receiver(social_account_added)
def _connected(sociallogin: SocialLogin, **kwargs: Any) -> None:
    """What a new connection of an old member brings: a name perhaps, and Apple's token."""
    account = sociallogin.account
    claims = {**account.extra_data, "sub": account.uid}
    services.take_name(account.user, identity_of(account.provider, claims))
    _keep_apples_token(sociallogin)


def _keep_apples_token(sociallogin: SocialLogin) -> None:
    if sociallogin.account.provider == "apple" and sociallogin.token:
        services.keep_refresh_token(
            sociallogin.account,
            sociallogin.token.token_secret,
            client_id=sociallogin.provider.client_ids[0],
        )


def _raise_when_away(response: requests.Response, **kwargs: Any) -> None:
    if response.status_code >= _THEIR_FAULT or response.status_code == _TOO_MANY:
        raise requests.HTTPError(f"{response.status_code} from {response.url}", response=response)
