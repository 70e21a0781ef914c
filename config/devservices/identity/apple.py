"""Apple's side: consent with a hidden address, form_post, signed client secrets, revoking."""

import secrets
import time
from http import HTTPStatus
from typing import Any

import jwt

from config.devservices.identity.answers import Answer, OAuthError, as_json, fill, page
from config.devservices.identity.apple_posting import posted_back
from config.devservices.identity.credentials import (
    APPLE_APP_ID,
    APPLE_KEY_ID,
    APPLE_TEAM_ID,
    Registration,
    apple_key,
)
from config.devservices.identity.grants import Grant, Grants
from config.devservices.identity.keys import Keyring
from config.devservices.identity.people import PEOPLE, Person, person
from config.devservices.identity.requests import Asked

ISSUER = "https://appleid.apple.com"
_LONGEST_SECRET = 15_777_000


class Apple:
    """A small appleid.apple.com."""

    def __init__(self, registration: Registration) -> None:
        self.registration = registration
        self.keys = Keyring(count=3)
        self.revoked: list[str] = []
        self._grants = Grants()
        self._introduced: set[str] = set()
        self._refresh: dict[str, str] = {}

    def claims(
        self, who: Person, *, client_id: str = APPLE_APP_ID, hide: bool = False, **more: Any
    ) -> dict[str, Any]:
        """What an id_token for this person says; ``more`` replaces, ``None`` leaves out."""
        now = int(time.time())
        said = {
            "iss": ISSUER,
            "aud": client_id,
            "sub": who.sub("apple"),
            "email": who.relay if hide else who.email,
            "email_verified": who.is_verified,
            "is_private_email": True if hide else None,
            "nonce_supported": True,
            "c_hash": secrets.token_urlsafe(16),
            "auth_time": now,
            "iat": now,
            "exp": now + 86_400,
        } | more
        return {name: value for name, value in said.items() if value is not None}

    def id_token(self, who: Person, *, kid: str = "", **claims: Any) -> str:
        """What a phone gets from the system's sign-in sheet."""
        return self.keys.sign(self.claims(who, **claims), kid=kid)

    def code(
        self, who: Person, *, client_id: str = APPLE_APP_ID, redirect_uri: str = "", **claims: Any
    ) -> str:
        """The authorization code that comes with it."""
        said = self.claims(who, client_id=client_id, **claims)
        return self._grants.give(Grant(client_id, redirect_uri, said))

    def introduction(self, who: Person) -> dict[str, Any] | None:
        """The person's name, the first time only."""
        sub = who.sub("apple")
        if sub in self._introduced:
            return None
        self._introduced.add(sub)
        return {
            "name": {"firstName": who.first_name, "lastName": who.last_name},
            "email": who.email,
        }

    def answer(self, asked: Asked) -> Answer | None:
        match asked.method, asked.path:
            case "GET", "/auth/keys":
                return as_json(self.keys.jwks(), cached=True)
            case "GET", "/auth/authorize":
                return self._consent(asked)
            case "POST", "/auth/authorize":
                return self._decided(asked)
            case "POST", "/auth/token":
                return self._token(asked)
            case "POST", "/auth/revoke":
                return self._revoke(asked)
        return None

    def _consent(self, asked: Asked) -> Answer:
        query = asked.query
        if query.get("client_id") not in self.registration.apple_clients:
            return page("message", "invalid_client", status=400, text="Invalid client id.")
        if not self.registration.may_return_to(query.get("redirect_uri", "")):
            text = "Invalid web redirect url."
            return page("message", "invalid_request", status=400, text=text)
        if query.get("scope") and query.get("response_mode") != "form_post":
            text = "response_mode must be form_post when name or email scope is requested."
            return page("message", "invalid_request", status=400, text=text)
        people = "".join(fill("person", name=who.name, email=who.email) for who in PEOPLE["apple"])
        return page("apple", "Sign in with Apple", action=asked.url, people_html=people)

    def _decided(self, asked: Asked) -> Answer:
        shown = self._consent(asked)
        if shown.status != HTTPStatus.OK:
            return shown
        query, form = asked.query, asked.form
        who = person("apple", form.get("person", ""))
        back, state = query["redirect_uri"], query.get("state", "")
        if who is None:
            return posted_back(back, {"state": state, "error": "user_cancelled_authorize"})
        said = self.claims(
            who,
            client_id=query["client_id"],
            hide=form.get("address") == "hide",
            nonce=query.get("nonce") or None,
        )
        fields: dict[str, Any] = {
            "state": state,
            "code": self._grants.give(Grant(query["client_id"], back, said)),
            "id_token": self.keys.sign(said),
        }
        return posted_back(back, fields, user=self.introduction(who))

    def _token(self, asked: Asked) -> Answer:
        client_id = self._client(asked.form)
        if asked.form.get("grant_type") != "authorization_code":
            raise OAuthError("unsupported_grant_type", "Only codes are traded here.")
        grant = self._grants.take(
            asked.form.get("code", ""),
            client_id=client_id,
            redirect_uri=asked.form.get("redirect_uri", ""),
        )
        refresh = f"r{secrets.token_hex(24)}.0.test"
        self._refresh[refresh] = grant.claims["sub"]
        token = {
            "access_token": f"a{secrets.token_hex(24)}.0.test",
            "token_type": "Bearer",
            "expires_in": 3600,
            "refresh_token": refresh,
            "id_token": self.keys.sign(grant.claims),
        }
        return as_json(token)

    def _revoke(self, asked: Asked) -> Answer:
        self._client(asked.form)
        token = asked.form.get("token", "")
        if not token:
            raise OAuthError("invalid_request", "token is missing.")
        sub = self._refresh.pop(token, None)
        if sub is not None:
            self.revoked.append(token)
            self._introduced.discard(sub)  # whoever comes back introduces themselves anew
        return Answer()

    def _client(self, form: dict[str, str]) -> str:
        """The client, by the secret it signed with the key that is registered for its team."""
        client_id = form.get("client_id", "")
        try:
            secret = form.get("client_secret", "")
            header = jwt.get_unverified_header(secret)
            claims = jwt.decode(
                secret,
                apple_key().public_key(),
                algorithms=["ES256"],
                audience=ISSUER,
                issuer=APPLE_TEAM_ID,
                subject=client_id,
                options={"require": ["iss", "iat", "exp", "aud", "sub"]},
            )
        except jwt.PyJWTError:
            raise OAuthError("invalid_client", "The client secret is no good.") from None
        is_known = client_id in self.registration.apple_clients
        if header.get("kid") != APPLE_KEY_ID or not is_known:
            raise OAuthError("invalid_client", "The client is unknown.")
        if claims["exp"] - claims["iat"] > _LONGEST_SECRET:
            raise OAuthError("invalid_client", "The client secret lives too long.")
        return client_id
