"""A Google and an Apple: the stand-ins, and what a phone with somebody signed in there sends."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from pytest_django import Settings

from config.devservices.identity import IdentityStandIn, Person
from config.devservices.identity.credentials import environment
from config.settings.social import providers
from tests.api.client import ApiClient

GOOGLE, APPLE = "/api/auth/social/google", "/api/auth/social/apple"
NONCE = "made up by the phone"


class Phone(ApiClient):
    """A phone on which people sign in by Google's library and Apple's sheet."""

    def google(self, who: Person, **claims: Any) -> Any:
        return self.post_json(GOOGLE, {"id_token": self.identities.google.id_token(who, **claims)})

    def apple(self, who: Person, *, body: dict[str, Any] | None = None, **claims: Any) -> Any:
        return self.post_json(APPLE, self.apples_word(who, **claims) | (body or {}))

    def apples_word(self, who: Person, **claims: Any) -> dict[str, Any]:
        """The token holds the hash of what the phone made up, as Apple's own samples do it."""
        hashed = hashlib.sha256(NONCE.encode()).hexdigest()
        token = self.identities.apple.id_token(who, **{"nonce": hashed} | claims)
        return {"identity_token": token, "nonce": NONCE}

    def __init__(self, identities: IdentityStandIn, **defaults: Any) -> None:
        super().__init__(**defaults)
        self.identities = identities


@pytest.fixture(scope="session")
def running_identities() -> Iterator[IdentityStandIn]:
    running = IdentityStandIn()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def identities(
    running_identities: IdentityStandIn, settings: Settings, db: None
) -> IdentityStandIn:
    """Fresh providers, for tests in which Google and Apple are offered."""
    running_identities.reset()
    known = environment(running_identities.base)
    settings.SOCIALACCOUNT_PROVIDERS = providers(
        **{name.lower(): value for name, value in known.items()}
    )
    cache.clear()
    return running_identities


@pytest.fixture
def phone(identities: IdentityStandIn) -> Phone:
    """A phone on which nobody is signed in with us yet."""
    return Phone(identities)
