"""Every way in by a secret: how one tries it, rightly or wrongly."""

import re
import time
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.apps import apps
from django.test import Client
from django.utils import timezone

from fitness.accounts.models import User
from fitness.privacy.selectors import undo_token
from fitness.privacy.services.closing import close_account
from tests import factories
from tests.addresses import ways


class Secret(Enum):
    RIGHT = "right"
    WRONG = "wrong"


type Door = Callable[[Client, User, Secret], Any]


def routes() -> Iterator[str]:
    """Every address of the site as the URL map writes it."""
    for way in ways():
        yield "/" + "".join(str(step.pattern) for step in way)


def example(route: str) -> str:
    """An address that the route matches, near enough for a view to answer."""
    path = re.sub(r"<uuid:\w+>", "00000000-0000-4000-8000-000000000000", route)
    path = re.sub(r"<int:\w+>|\(\?P<\w+>\\d\+\)|\(\\d\+\)", "1", path)
    path = re.sub(r"<(?:\w+:)?\w+>|\((?:\?P<\w+>)?[^()]*\)", "x", path)
    return path.replace("^", "").replace("$", "").replace("\\", "")


def _password(secret: Secret) -> str:
    return factories.PASSWORD if secret is Secret.RIGHT else "not the password"


def api_login(client: Client, member: User, secret: Secret) -> Any:
    body = {"email": member.email, "password": _password(secret)}
    return client.post("/api/auth/login", body, content_type="application/json")


def sign_in(client: Client, member: User, secret: Secret) -> Any:
    body = {"login": member.email, "password": _password(secret)}
    return client.post("/sign-in", body)


def form_at(path: str) -> Door:
    """A form of Django's own, as the admins have it."""

    def door(client: Client, member: User, secret: Secret) -> Any:
        body = {"username": member.email, "password": _password(secret), "next": "/"}
        return client.post(path, body)

    return door


def _reset_key(member: User, secret: Secret) -> str:
    token = (
        default_token_generator.make_token(member)
        if secret is Secret.RIGHT
        else "abc-0123456789abcdef"
    )
    return f"{user_pk_to_url_str(member)}-{token}"


def reset_link(client: Client, member: User, secret: Secret) -> Any:
    return client.get(f"/password-reset/{_reset_key(member, secret)}")


def api_reset(client: Client, member: User, secret: Secret) -> Any:
    body = {"key": _reset_key(member, secret), "password": "an entirely new sentence"}
    return client.post("/api/auth/password-reset/confirm", body, content_type="application/json")


def _verify_key(member: User, secret: Secret) -> str:
    address, _ = EmailAddress.objects.get_or_create(user=member, email=member.email)
    return EmailConfirmationHMAC(address).key if secret is Secret.RIGHT else "MQ:1wrong:key"


def verify_link(client: Client, member: User, secret: Secret) -> Any:
    return client.post(f"/verify-email/{_verify_key(member, secret)}")


def api_verify(client: Client, member: User, secret: Secret) -> Any:
    body = {"key": _verify_key(member, secret)}
    return client.post("/api/auth/verify-email", body, content_type="application/json")


def code(client: Client, member: User, secret: Secret) -> Any:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

    seed = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    if not Authenticator.objects.filter(user=member).exists():
        TOTP.activate(member, seed)
    if "account_login" not in client.session:
        sign_in(client, member, Secret.RIGHT)
    now = format_hotp_value(hotp_value(seed, int(time.time()) // 30))
    wrong = f"{(int(now) + 1) % 10**6:06}"
    return client.post("/sign-in/code", {"code": now if secret is Secret.RIGHT else wrong})


def undo_link(client: Client, member: User, secret: Secret) -> Any:
    if secret is Secret.WRONG:
        return client.post("/account/undo/0123456789abcdef:guess")
    return client.post(
        f"/account/undo/{undo_token(close_account(user_id=member.pk, now=timezone.now()))}"
    )


DOORS: dict[str, Door] = {
    "/api/auth/login": api_login,
    "/api/auth/password-reset/confirm": api_reset,
    "/api/auth/verify-email": api_verify,
    "/sign-in": sign_in,
    r"/^password-reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$": reset_link,
    "/verify-email/<str:key>": verify_link,
    "/account/undo/<str:token>": undo_link,
    "/_util/login/": form_at("/_util/login/"),
}
if apps.is_installed("allauth.mfa"):
    DOORS["/sign-in/code"] = code

LETTERS = {
    "/api/auth/register": "sign_up",
    "/api/auth/signup": "sign_up",
    "/api/auth/verify-email/resend": "verification_mail",
    "/api/auth/password-reset": "password_reset",
    "/sign-up": "sign_up",
    "/password-reset": "password_reset",
}
NO_DOORS = {
    "/api/": "no such path",
    "/api/auth/refresh-token": "a signed token of 256 bits; nothing is looked up by a guess",
    "/api/payments/webhooks/stripe": "signed by Stripe",
    "/cms/login/": "sends to /sign-in",
    "/cms/sprite/": "the editors' icons",
    "/cms/password_reset/": "closed: editors use /password-reset",
    "/cms/password_reset/done/": "closed",
    "/cms/password_reset/confirm/<uidb64>/<token>/": "closed",
    "/cms/password_reset/complete/": "closed",
    "/django-admin/login/": "sends to /sign-in",
    "/django-admin/logout/": "the way out",
    "/django-admin/password_change/": "sends to /settings/password",
    "/documents/<int:pk>/<path:filename>": "opens by right, or by an address that we signed",
    "/media/<path:path>": "public files",
    "/sign-out": "the way out",
    "/verify-email": "writes to who has just joined or is signed in, at most every three minutes",
    "/api/auth/social/google": "signed by Google; what proves nothing is counted as identity",
    "/api/auth/social/apple": "signed by Apple; what proves nothing is counted as identity",
    "/sign-in/google": "the way to Google",
    "/sign-in/apple": "the way to Apple",
    "/sign-in/google/done": "signed by Google, and the state of one's own session",
    "/sign-in/apple/done": "kept for the next, and counted as posted_answer",
    "/sign-in/apple/finish": "signed by Apple, and the state of one's own session",
    "/sign-in/cancelled": "a page",
    "/sign-in/failed": "a page",
    "/favicon.ico": "an icon",
    "/sitemap.xml": "for search engines",
    "/articles/feed.rss": "for readers of feeds",
    "/articles/feed.atom": "for readers of feeds",
    "/watch/<uuid:video_uid>": "asks for rights, takes no secret",
    "/train/<uuid:workout_uid>/playback/<uuid:video_uid>": "asks for rights, takes no secret",
    "/_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": (
        "no page can be given a password: WAGTAIL_PRIVATE_PAGE_OPTIONS"
    ),
    r"/^((?:[\w\-]+/)*)$": "Wagtail's pages, which take no secret",
}
