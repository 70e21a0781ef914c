"""Identity tokens: what a provider signed, believed only when every claim fits."""

import hashlib
import hmac
from collections.abc import Collection
from typing import Any

import jwt
from django.core.cache import cache

from api.auth.identity.errors import IdentityRefusedError
from api.auth.identity.keys import signing_key

# Between their clock and ours.
_LEEWAY_SECONDS = 30
_LONGEST_SUB = 191
_REMEMBERED_SECONDS = 25 * 3600


def claims_of(
    token: str,
    *,
    keys_url: str,
    issuers: Collection[str],
    audiences: Collection[str],
    nonce: str | None = "",
) -> dict[str, Any]:
    """What the provider says, when it says it to us, now, and about this very sign-in.

    Raises ``IdentityRefusedError`` for any doubt, ``ProviderUnavailableError`` when the keys
    cannot be had. Only RS256, whatever the token's header would like. A ``nonce`` of ``None``
    is not looked at: the token came straight from the provider.
    """
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        if not kid:
            raise IdentityRefusedError
        claims: dict[str, Any] = jwt.decode(
            token,
            signing_key(keys_url=keys_url, kid=kid),
            algorithms=["RS256"],
            issuer=list(issuers),
            audience=list(audiences),
            leeway=_LEEWAY_SECONDS,
            options={"require": ["iss", "aud", "sub", "iat", "exp"]},
        )
    except (jwt.PyJWTError, ValueError):
        raise IdentityRefusedError from None
    _check_addressee(claims, audiences)
    if nonce is not None:
        _check_nonce(claims.get("nonce"), nonce)
    sub = claims["sub"]
    if not 0 < len(sub) <= _LONGEST_SUB or not sub.isprintable():
        raise IdentityRefusedError
    return claims


def spend(token: str) -> None:
    """Let a token open the door once: who finds it in a log later finds it spent."""
    if not cache.add(_spent_name(token), value=True, timeout=_REMEMBERED_SECONDS):
        raise IdentityRefusedError


def unspend(token: str) -> None:
    """Give a token back that opened nothing, so that it may be tried another way."""
    cache.delete(_spent_name(token))


def _check_addressee(claims: dict[str, Any], audiences: Collection[str]) -> None:
    """Meant for one client of ours, asked for by one of ours."""
    named = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    asked_by = claims.get("azp", named[0])
    if len(named) != 1 or not isinstance(asked_by, str) or asked_by not in audiences:
        raise IdentityRefusedError
    claims["aud"] = named[0]


def _check_nonce(signed: object, nonce: str) -> None:
    """The token holds what this sign-in made up, or its SHA-256, as Apple's own apps have it."""
    if not nonce and signed is None:
        return
    if not nonce or not isinstance(signed, str):
        raise IdentityRefusedError
    hashed = hashlib.sha256(nonce.encode()).hexdigest()
    if not any(hmac.compare_digest(signed.encode(), good.encode()) for good in (nonce, hashed)):
        raise IdentityRefusedError


def _spent_name(token: str) -> str:
    # A signature can be written in more than one way; what was signed cannot.
    signed = token.rpartition(".")[0]
    return f"identity-spent:{hashlib.sha256(signed.encode()).hexdigest()}"
