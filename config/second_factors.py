"""Second factors: how their secrets are kept, and that staff never come in without one."""

import base64
from collections.abc import Callable
from functools import cache

from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from fitness.accounts.models import User

_ADMINS = ("/cms/", "/django-admin/")
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class SecondFactors(DefaultMFAAdapter):
    """Whoever reads a copy of the database finds no authenticator's secret in it."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "unverified_email": "Confirm all your e-mail addresses first: the link is in our mail.",
        "incorrect_code": "That code is not right. Codes change every half minute: try the next.",
    }

    def encrypt(self, text: str) -> str:
        return (
            _safe(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
            .encrypt(text.encode())
            .decode()
        )

    def decrypt(self, encrypted_text: str) -> str:
        safe = _safe(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
        return safe.decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": "FitCore"}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"


class StaffSecondFactorMiddleware:
    """Lets nobody into an admin who has not passed a second factor in this session.

    It stands before the admins' own checks, so that no way in can forget it. Requests to other
    addresses pay one comparison and no query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_SECOND_FACTOR_REQUIRED and request.path.startswith(_ADMINS):
            missing = _missing_step(request)
            if missing:
                next_page = urlencode({"next": request.get_full_path()})
                return HttpResponseRedirect(f"{missing}?{next_page}")
        return self.get_response(request)


def _missing_step(request: HttpRequest) -> str:
    """Where to go first; empty when the way is free, or when the admin itself will refuse."""
    user = request.user
    if not user.is_authenticated or not _may_enter(user):
        return ""
    factors = set(
        Authenticator.objects.filter(user_id=user.pk, type__in=_FACTORS).values_list(
            "type", flat=True
        )
    )
    if not factors:
        return reverse("staff_second_factor")
    records = get_authentication_records(request, user)
    if any(record["method"] == "mfa" for record in records):
        return ""
    has_app = Authenticator.Type.TOTP in factors
    return reverse("mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn")


def _may_enter(user: User) -> bool:
    return user.is_staff or user.has_perm("wagtailadmin.access_admin")


@cache
def _safe(*secrets: str) -> MultiFernet:
    """Locks with the first secret and opens with any, so that ``SECRET_KEY`` can be changed."""
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"fitcore second factors")
    return base64.urlsafe_b64encode(derived.derive(secret.encode()))
