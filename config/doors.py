"""The ways in, and what is counted at each: ``settings.LIMITS`` says how often."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import UserTokenForm
from allauth.account.views import ConfirmEmailView
from allauth.core import context
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from fitness.accounts.models import User
from fitness.core import limits
from fitness.core.http import client_address, network_of

type View = Callable[..., HttpResponse]

_REMEMBERED = dt.timedelta(days=30)
# Where a member signed in from, and when last: phones, browsers.
_SIGN_INS = (
    ("accounts.SignIn", "address", "rotated_at"),
    ("usersessions.UserSession", "ip", "last_seen_at"),
)


class GuardedBackend(AuthenticationBackend):
    """The one place that all passwords pass, whichever form or view they came by.

    Too many wrong ones are refused before a password is hashed; an unknown account counts, and
    takes as long, as a known one.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        account = str(credentials.get("email") or credentials.get("username") or "")
        address = client_address(request)
        with limits.attempt(
            "sign_in",
            is_known=lambda: is_known_from(address, account=account),
            address=address,
            account=account,
        ) as attempt:
            user: User | None = super().authenticate(request, **credentials)
            if user is not None:
                attempt.forgive()
            return user


class GuardedAdapter(DefaultAccountAdapter):
    """Has allauth know senders as we do, and leaves the counting of passwords to the backend."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """``GuardedBackend`` counts, for this door and the others alike."""


class MailedKeyForm(UserTokenForm):
    """The key of a mailed link to a new password; wrong ones count."""

    def clean(self) -> Any:
        with limits.attempt("mailed_link", address=client_address(context.request)) as attempt:
            cleaned = super().clean()
            attempt.forgive()
            return cleaned


class VerifyAddress(ConfirmEmailView):
    """allauth's page that verifies an e-mail address; wrong keys count."""

    def get_object(self, queryset: Any = None) -> Any:
        with limits.attempt("mailed_link", address=client_address(self.request)) as attempt:
            found = super().get_object(queryset)
            attempt.forgive()
            return found


def counted(name: str, view: View) -> View:
    """Count what the form of a page sends off; shown again with its errors it has sent nothing."""

    @wraps(view)
    def counting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        account = request.POST.get("email")
        with limits.attempt(name, address=client_address(request), account=account) as attempt:
            response = view(request, *args, **kwargs)
            if response.status_code == HTTPStatus.OK:
                attempt.forgive()
            return response

    return counting


def is_known_from(address: str, *, account: str) -> bool:
    """Whether the member signed in from there lately; a query for each kind of sign-in."""
    since = timezone.now() - _REMEMBERED
    home = network_of(address)
    for model, field, seen_at in _SIGN_INS:
        if apps.is_installed(apps_of(model)):
            rows = apps.get_model(model).objects.filter(
                **{"user__email": account, f"{seen_at}__gte": since}
            )
            if any(network_of(seen or "") == home for seen in rows.values_list(field, flat=True)):
                return True
    return False
