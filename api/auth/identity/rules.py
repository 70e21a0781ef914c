"""What a provider's claims are worth to us. Pure functions."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

_GMAIL = ("gmail.com", "googlemail.com")
_LONGEST_ADDRESS = 254
_LONGEST_NAME = 80
_KEPT = ("email", "email_verified", "is_private_email", "hd", "name")
NAMES = {"google": "Google", "apple": "Apple"}


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody by a provider's word: ``uid`` is who they are, the rest is what it says of them.

    ``is_proven``: the provider checked the address once. ``is_vouched``: it hosts the address or
    answers for it, so that nobody else can have it today.
    """

    provider: str
    uid: str
    email: str
    is_proven: bool
    is_vouched: bool
    name: str

    @property
    def provider_name(self) -> str:
        return NAMES[self.provider]


def identity_of(provider: str, claims: Mapping[str, Any]) -> Identity:
    """The identity that verified claims tell of."""
    email = _address(claims.get("email"))
    # Apple sends true as a word now and then.
    is_proven = bool(email) and claims.get("email_verified") in (True, "true")
    return Identity(
        provider=provider,
        uid=claims["sub"],
        email=email,
        is_proven=is_proven,
        is_vouched=is_proven and (provider == "apple" or _is_googles(email, claims.get("hd"))),
        name=tidy_name(claims.get("name")),
    )


def kept_claims(claims: Mapping[str, Any]) -> dict[str, Any]:
    """The claims that are kept with the connection; the others were for the door only."""
    return {name: claims[name] for name in _KEPT if name in claims}


def tidy_name(told: object) -> str:
    """A name in one line: Google's is text, Apple's has two parts."""
    if isinstance(told, Mapping):
        told = " ".join(
            part for part in (told.get("firstName"), told.get("lastName")) if isinstance(part, str)
        )
    if not isinstance(told, str):
        return ""
    shown = "".join(c for c in told[:1000] if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(shown.split())[:_LONGEST_NAME].rstrip()


def _address(told: object) -> str:
    """The address in its one spelling, or nothing."""
    if not isinstance(told, str) or len(told) > _LONGEST_ADDRESS:
        return ""
    try:
        validate_email(told)
    except ValidationError:
        return ""
    return told.lower()


def _is_googles(email: str, hosted_domain: object) -> bool:
    """Google answers for its own addresses and for those of the organisations it hosts."""
    is_hosted = isinstance(hosted_domain, str) and bool(hosted_domain)
    return is_hosted or email.rpartition("@")[2] in _GMAIL
