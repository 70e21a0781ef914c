"""What Google and Apple have in common, on top of allauth's providers.

allauth would fetch the keys at every sign-in, take the algorithm from the token and ask for no
nonce (``docs/decisions/0013``). Everything else of it is used as it is.
"""

import logging
import secrets
from collections.abc import Mapping
from typing import Any

import requests
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.provider import OAuth2Provider
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter, OAuth2CallbackView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from api.auth.identity.errors import IdentityRefusedError, ProviderUnavailableError
from api.auth.identity.rules import kept_claims
from api.auth.identity.tokens import claims_of
from fitness.accounts.models import validate_time_zone

_log = logging.getLogger(__name__)


class OpenIdProvider(OAuth2Provider):
    """A provider whose identity tokens are checked claim by claim."""

    @property
    def client_ids(self) -> list[str]:
        """Ours: the site's first, then the apps'."""
        return [name.strip() for name in self.app.client_id.split(",") if name.strip()]

    def verified(self, id_token: object, *, nonce: str | None = "") -> dict[str, Any]:
        """The claims of a token of this provider for us; raises ``IdentityRefusedError``."""
        if not isinstance(id_token, str):
            raise IdentityRefusedError
        addresses = self.get_settings()
        return claims_of(
            id_token,
            keys_url=addresses["KEYS_URL"],
            issuers=addresses["ISSUERS"],
            audiences=self.client_ids,
            nonce=nonce,
        )

    def redeem(
        self, code: str, *, client_id: str, redirect_uri: str = "", code_verifier: str = ""
    ) -> dict[str, Any]:
        """What the provider gives for a code, once; raises ``IdentityRefusedError``."""
        client = self.get_oauth2_adapter(self.request).get_client(self.request, self.app)
        client.consumer_key, client.callback_url = client_id, redirect_uri
        try:
            given: dict[str, Any] = client.get_access_token(code, code_verifier or None)
        except OAuth2Error as error:
            _log.warning("%s gave nothing for a code: %.200s", self.name, error)
            raise IdentityRefusedError from None
        except requests.RequestException:
            raise ProviderUnavailableError from None
        return given

    def verify_token(self, request: HttpRequest, token: Mapping[str, Any]) -> SocialLogin:
        return self.sociallogin_from_response(request, self.verified(token.get("id_token")))

    def extract_extra_data(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return kept_claims(data)

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        zone = request.POST.get("time_zone", "")
        try:
            validate_time_zone(zone)
        except ValidationError:
            zone = ""
        asked = super().get_redirect_from_request_kwargs(request)
        is_connecting = asked["process"] == AuthProcess.CONNECT
        process = AuthProcess.CONNECT if is_connecting else AuthProcess.LOGIN
        return {**asked, "process": process, "time_zone": zone}

    # What we ask a provider for is ours to say, not a link's.
    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return list(self.get_scope())

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, Any]:
        return dict(self.get_auth_params())

    def redirect(
        self,
        request: HttpRequest,
        process: str,
        next_url: str | None = None,
        data: Any = None,
        **kwargs: Any,
    ) -> HttpResponse:
        """Lead the browser to the provider; its answer has to carry the nonce of this start."""
        nonce = secrets.token_urlsafe(24)
        kwargs["auth_params"] = {**(kwargs.get("auth_params") or {}), "nonce": nonce}
        answer: HttpResponse = super().redirect(
            request, process, next_url, data, nonce=nonce, **kwargs
        )
        return answer


class OpenIdAdapter(OAuth2Adapter):
    """allauth's way through the redirect, with addresses from the settings."""

    nonce = ""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        addresses = self.get_provider().get_settings()
        self.access_token_url = addresses["ACCESS_TOKEN_URL"]
        self.authorize_url = addresses["AUTHORIZE_URL"]

    def get_client(self, request: HttpRequest, app: Any) -> Any:
        client = super().get_client(request, app)
        client.consumer_key = self.get_provider().client_ids[0]
        return client


class CallbackView(OAuth2CallbackView):
    """Hands the nonce of the start to the adapter, which wants to see it in the token."""

    def _get_state(self, request: HttpRequest, provider: OAuth2Provider) -> Any:
        state, answer = super()._get_state(request, provider)
        if state is not None:
            self.adapter.nonce = state.get("nonce", "")
        return state, answer
