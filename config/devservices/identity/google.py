"""Google's side: the consent page, the token endpoint with PKCE, and the published keys."""

import base64
import hashlib
import hmac
import secrets
import time
from http import HTTPStatus
from typing import Any

from config.devservices.identity.answers import Answer, OAuthError, as_json, fill, page, redirect
from config.devservices.identity.credentials import GOOGLE_CLIENT_ID, Registration
from config.devservices.identity.grants import Grant, Grants
from config.devservices.identity.keys import Keyring
from config.devservices.identity.people import PEOPLE, Person, person
from config.devservices.identity.requests import Asked

ISSUER = "https://accounts.google.com"


class Google:
    """A small accounts.google.com."""

    def __init__(self, registration: Registration) -> None:
        self.registration = registration
        self.keys = Keyring()
        self._grants = Grants()

    def claims(
        self, who: Person, *, client_id: str = GOOGLE_CLIENT_ID, **more: Any
    ) -> dict[str, Any]:
        """What an id_token for this person says; ``more`` replaces, ``None`` leaves out."""
        now = int(time.time())
        said = {
            "iss": ISSUER,
            "azp": client_id,
            "aud": client_id,
            "sub": who.sub("google"),
            "email": who.email,
            "email_verified": who.is_verified,
            "name": who.name,
            "given_name": who.first_name,
            "family_name": who.last_name,
            "jti": secrets.token_hex(20),
            "iat": now,
            "exp": now + 3600,
            "hd": who.hosted_domain or None,
        } | more
        return {name: value for name, value in said.items() if value is not None}

    def id_token(self, who: Person, *, kid: str = "", **claims: Any) -> str:
        """What a phone gets from Google's own library."""
        return self.keys.sign(self.claims(who, **claims), kid=kid)

    def code(self, who: Person, *, redirect_uri: str, challenge: str = "", nonce: str = "") -> str:
        """What a browser brings back from the consent page."""
        said = self.claims(who, nonce=nonce or None)
        return self._grants.give(Grant(GOOGLE_CLIENT_ID, redirect_uri, said, challenge))

    def answer(self, asked: Asked) -> Answer | None:
        match asked.method, asked.path:
            case "GET", "/oauth2/v3/certs":
                return as_json(self.keys.jwks(), cached=True)
            case "GET", "/o/oauth2/v2/auth":
                return self._consent(asked)
            case "POST", "/o/oauth2/v2/auth":
                return self._decided(asked)
            case "POST", "/token":
                return self._token(asked)
        return None

    def _consent(self, asked: Asked) -> Answer:
        query = asked.query
        known = query.get("client_id") in self.registration.google_clients
        if not known or not self.registration.may_return_to(query.get("redirect_uri", "")):
            return page("message", "Error 400", status=400, text="redirect_uri_mismatch")
        if query.get("response_type") != "code" or "email" not in query.get("scope", "").split():
            return page("message", "Error 400", status=400, text="invalid_request")
        return page("google", "Choose an account", action=asked.url, people_html=_people())

    def _decided(self, asked: Asked) -> Answer:
        shown = self._consent(asked)
        if shown.status != HTTPStatus.OK:
            return shown
        query = asked.query
        who = person("google", asked.form.get("person", ""))
        if who is None:
            return redirect(
                query["redirect_uri"], error="access_denied", state=query.get("state", "")
            )
        said = self.claims(who, client_id=query["client_id"], nonce=query.get("nonce") or None)
        grant = Grant(
            query["client_id"], query["redirect_uri"], said, query.get("code_challenge", "")
        )
        return redirect(
            query["redirect_uri"], code=self._grants.give(grant), state=query.get("state", "")
        )

    def _token(self, asked: Asked) -> Answer:
        form = asked.form
        secret = self.registration.google_clients.get(form.get("client_id", ""))
        if not secret or not hmac.compare_digest(secret, form.get("client_secret", "")):
            raise OAuthError("invalid_client", "The OAuth client was not found.", status=401)
        if form.get("grant_type") != "authorization_code":
            raise OAuthError("unsupported_grant_type", "Invalid grant_type.")
        grant = self._grants.take(
            form.get("code", ""),
            client_id=form["client_id"],
            redirect_uri=form.get("redirect_uri", ""),
        )
        if grant.challenge and grant.challenge != _challenge(form.get("code_verifier", "")):
            raise OAuthError("invalid_grant", "Invalid code verifier.")
        token = {
            "access_token": f"ya29.{secrets.token_urlsafe(32)}",
            "expires_in": 3599,
            "scope": "openid email profile",
            "token_type": "Bearer",
            "id_token": self.keys.sign(grant.claims),
        }
        return as_json(token)


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _people() -> str:
    return "".join(fill("person", name=who.name, email=who.email) for who in PEOPLE["google"])
