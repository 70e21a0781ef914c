"""Passwords: wrong ones count, through whichever door."""

import datetime as dt
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.apps import apps
from django.http import HttpRequest
from django.utils import timezone

from fitness.accounts.models import SignIn, User
from fitness.core import limits
from fitness.core.http import client_address, network_of

_REMEMBERED = dt.timedelta(days=30)


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

    def get_user(self, user_id: int) -> User | None:
        """Whoever a browser's session names, with their profile: one query."""
        user = User.objects.select_related("profile").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class GuardedAdapter(DefaultAccountAdapter):
    """Has allauth know senders as we do, and leaves the counting of passwords to the backend."""

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """``GuardedBackend`` counts, for this door and the others alike."""

    def set_password(self, user: User, password: str) -> None:
        """Whoever has just chosen a password may use it, however often they missed the old one."""
        super().set_password(user, password)
        limits.forgive("sign_in", address=client_address(self.request), account=user.email)


def is_known_from(address: str, *, account: str) -> bool:
    """Whether the member signed in from there lately; a query for each kind of sign-in."""
    since = timezone.now() - _REMEMBERED
    phones = SignIn.objects.filter(user__email=account, rotated_at__gte=since)
    seen = [home for home in phones.values_list("address", flat=True) if home]
    if apps.is_installed("allauth.usersessions"):
        sessions: Any = apps.get_app_config("usersessions").get_model("UserSession")
        browsers = sessions.objects.filter(user__email=account, last_seen_at__gte=since)
        seen += browsers.values_list("ip", flat=True)
    return network_of(address) in map(network_of, seen)
