"""The providers' signing keys: fetched when first needed, then kept in the shared cache.

No request of a stranger makes us ask a provider more than once a minute: an unknown key id may
be a new key, and may be an invention.
"""

import hashlib
import time
from typing import Any

import jwt
import requests
from allauth.socialaccount.adapter import get_adapter
from django.core.cache import cache

from api.auth.identity.errors import IdentityRefusedError, ProviderUnavailableError

# Providers publish a new key days before it signs, and say themselves to look every six hours.
_FRESH_SECONDS = 6 * 3600
# While a provider is away, keys that were good a day ago still are.
_KEPT_SECONDS = 24 * 3600
_ASK_AGAIN_SECONDS = 60
_AWAY_SECONDS = 10

type Keys = dict[str, dict[str, Any]]


def signing_key(*, keys_url: str, kid: str) -> jwt.PyJWK:
    """The provider's key of that name. One cache read, unless the keys are old or lack it."""
    name = f"identity-keys:{hashlib.sha256(keys_url.encode()).hexdigest()[:24]}"
    held: dict[str, Any] | None = cache.get(name)
    if held is None:
        held = _fetched(name, keys_url)
    elif _may_refresh(name, held, kid):
        try:
            held = _fetched(name, keys_url)
        except ProviderUnavailableError:
            if kid not in held["keys"]:
                raise
    try:
        return jwt.PyJWK(held["keys"][kid], algorithm="RS256")
    except (KeyError, jwt.PyJWKError):
        raise IdentityRefusedError from None


def _may_refresh(name: str, held: dict[str, Any], kid: str) -> bool:
    is_old = time.time() - held["at"] > _FRESH_SECONDS
    if not is_old and kid in held["keys"]:
        return False
    return bool(cache.add(f"{name}:asked", value=True, timeout=_ASK_AGAIN_SECONDS))


def _fetched(name: str, keys_url: str) -> dict[str, Any]:
    """The published keys, anew. A provider that does not answer is left alone for a while."""
    if cache.get(f"{name}:away"):
        raise ProviderUnavailableError
    try:
        with get_adapter().get_requests_session() as session:
            published = session.get(keys_url)
            published.raise_for_status()
            keys = _rsa_keys(published.json())
    except (requests.RequestException, KeyError, TypeError):
        cache.set(f"{name}:away", value=True, timeout=_AWAY_SECONDS)
        raise ProviderUnavailableError from None
    held = {"at": time.time(), "keys": keys}
    cache.set(name, held, _KEPT_SECONDS)
    return held


def _rsa_keys(published: Any) -> Keys:
    return {
        key["kid"]: key
        for key in published["keys"]
        if key["kty"] == "RSA" and key.get("use", "sig") == "sig"
    }
