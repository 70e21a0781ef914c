"""What the apps carry: a short access token (JWT) and a refresh token, both signed by us.

Neither is kept here. A refresh token is the name of a sign-in, a generation and a signature, so
that a forged one costs no query and a leaked database holds nothing that could be sent.
"""

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import struct
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jwt
from django.conf import settings
from django.utils.crypto import salted_hmac

from fitness.accounts.models import User
from fitness.core.errors import DomainError

ACCESS_FOR = dt.timedelta(minutes=10)
_ISSUER, _AUDIENCE, _KIND = "fitcore", "fitcore-app", "at+jwt"
_CLAIMS = ["iss", "aud", "sub", "sid", "mark", "iat", "exp"]
_PREFIX = "fcr_"
_BODY = struct.Struct(">16sI")
_SIGNATURE_BYTES = 32


class TokenRefusedError(DomainError):
    """The token is spent, expired or not ours: the member has to sign in again."""

    status = 401
    code = "token_refused"


@dataclass(frozen=True, slots=True)
class Claims:
    """Who an access token speaks for: a member, on a phone, while their password was this one."""

    member: uuid.UUID
    sign_in: uuid.UUID
    password_mark: str


def password_mark(user: User) -> str:
    """Changes with the password, and tells nothing of it: what was signed before is void then."""
    digest = hashlib.sha256(b"fitcore sign-in " + user.password.encode()).digest()
    return base64.urlsafe_b64encode(digest[:12]).decode()


def access_token(
    claims: Claims, *, issued_at: dt.datetime, lasts: dt.timedelta = ACCESS_FOR
) -> str:
    """A JWT that is good from ``issued_at`` on; the same claims give the same token."""
    at = int(issued_at.timestamp())
    payload = {
        "iss": _ISSUER,
        "aud": _AUDIENCE,
        "sub": claims.member.hex,
        "sid": claims.sign_in.hex,
        "mark": claims.password_mark,
        "iat": at,
        "exp": at + int(lasts.total_seconds()),
    }
    return jwt.encode(payload, _keys("access token")[0], "HS256", headers={"typ": _KIND})


def read_access_token(token: str) -> Claims:
    """What a token says, once its signature, kind, times, issuer and audience are right.

    Raises ``TokenRefusedError``.
    """
    for key in _keys("access token"):
        try:
            return _claims(jwt.decode_complete(
                token, key, ["HS256"], audience=_AUDIENCE, issuer=_ISSUER,
                options={"require": _CLAIMS},
            ))  # fmt: skip
        except jwt.InvalidSignatureError:
            continue
        except (jwt.PyJWTError, KeyError, ValueError, TypeError, AttributeError):
            break
    raise TokenRefusedError("This access token is expired or not ours.")


def refresh_token(sign_in: uuid.UUID, generation: int) -> str:
    """The token of one generation of a sign-in; the same again whenever it is asked for."""
    body = _BODY.pack(sign_in.bytes, generation)
    signed = body + _signature(body, _keys("refresh token")[0])
    return _PREFIX + base64.urlsafe_b64encode(signed).decode().rstrip("=")


def read_refresh_token(token: str) -> tuple[uuid.UUID, int]:
    """The sign-in and the generation that a token names. Raises ``TokenRefusedError``."""
    try:
        text = token.removeprefix(_PREFIX)
        signed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        body, signature = signed[: _BODY.size], signed[_BODY.size :]
        uid, generation = _BODY.unpack(body)
    except (binascii.Error, struct.error, ValueError) as error:
        raise TokenRefusedError("This refresh token is not ours.") from error
    if not any(
        hmac.compare_digest(signature, _signature(body, key)) for key in _keys("refresh token")
    ):
        raise TokenRefusedError("This refresh token is not ours.")
    return uuid.UUID(bytes=uid), generation


def _claims(decoded: dict[str, Any]) -> Claims:
    if decoded["header"].get("typ") != _KIND:
        raise ValueError("A token of another kind.")
    said = decoded["payload"]
    return Claims(uuid.UUID(said["sub"]), uuid.UUID(said["sid"]), str(said["mark"]))


def _signature(body: bytes, key: bytes) -> bytes:
    return hmac.digest(key, body, "sha256")


def _keys(purpose: str) -> list[bytes]:
    """The key that signs, and those of former secrets, which are still believed."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [_key(purpose, secret) for secret in secrets]


@lru_cache(maxsize=16)
def _key(purpose: str, secret: str) -> bytes:
    return salted_hmac(f"fitcore {purpose}", "key", secret=secret, algorithm="sha256").digest()
