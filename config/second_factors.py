"""Second factors: how their secrets are kept, and what allauth calls them."""

import base64
from functools import cache

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from fitness.accounts.models import User


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


@cache
def _safe(*secrets: str) -> MultiFernet:
    """Locks with the first secret and opens with any, so that ``SECRET_KEY`` can be changed."""
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"fitcore second factors")
    return base64.urlsafe_b64encode(derived.derive(secret.encode()))
