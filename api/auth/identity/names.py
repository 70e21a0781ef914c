"""Apple says a person's name once: it is kept until an account can take it."""

import hashlib

from django.core.cache import cache

_KEPT_SECONDS = 30 * 24 * 3600


def remember(provider: str, uid: str, name: str) -> None:
    if name:
        cache.set(_key(provider, uid), name, _KEPT_SECONDS)


def recall(provider: str, uid: str) -> str:
    return str(cache.get(_key(provider, uid), ""))


def forget(provider: str, uid: str) -> None:
    cache.delete(_key(provider, uid))


def _key(provider: str, uid: str) -> str:
    return f"identity-name:{hashlib.sha256(f'{provider}:{uid}'.encode()).hexdigest()}"
