"""Authorization codes: each works once, for who asked, for a little while."""

import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from config.devservices.identity.answers import OAuthError

_CODE_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person agreed to."""

    client_id: str
    redirect_uri: str
    claims: dict[str, Any]
    challenge: str = ""
    at: float = field(default_factory=time.time)


class Grants:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._grants: dict[str, Grant] = {}

    def give(self, grant: Grant) -> str:
        code = secrets.token_urlsafe(24)
        with self._lock:
            self._grants[code] = grant
        return code

    def take(self, code: str, *, client_id: str, redirect_uri: str) -> Grant:
        """What the code stands for; refused the second time, late, or to somebody else."""
        with self._lock:
            grant = self._grants.pop(code, None)
        if grant is None or time.time() - grant.at > _CODE_SECONDS:
            raise OAuthError("invalid_grant", "The code is unknown, used or too old.")
        if grant.client_id != client_id:
            raise OAuthError("invalid_grant", "The code was given to another client.")
        if grant.redirect_uri and grant.redirect_uri != redirect_uri:
            raise OAuthError("invalid_grant", "redirect_uri is not that of the request.")
        return grant
