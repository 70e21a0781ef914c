"""Apple, by allauth's provider: names that come once, and answers that come by POST."""

import json
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialToken
from allauth.socialaccount.providers.apple.apple_session import (
    APPLE_SESSION_COOKIE_NAME,
    get_apple_session,
)
from allauth.socialaccount.providers.apple.client import AppleOAuth2Client
from allauth.socialaccount.providers.apple.provider import AppleProvider
from allauth.socialaccount.providers.apple.views import AppleOAuth2Adapter, apple_post_callback
from allauth.socialaccount.providers.oauth2.views import OAuth2LoginView
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from api.auth.identity import names
from api.auth.identity.openid import CallbackView, OpenIdAdapter, OpenIdProvider
from api.auth.identity.rules import tidy_name

_LARGEST_ANSWER = 16_384


class AppleAdapter(OpenIdAdapter, AppleOAuth2Adapter):
    login_cancelled_error = "user_cancelled_authorize"

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        """Keep the name before anything can go wrong: Apple never says it again."""
        store = get_apple_session(request).store
        if name := tidy_name(self.get_user_scope_data(request).get("name")):
            claims = self.get_provider().verified(store.get("id_token"), nonce=self.nonce)
            names.remember("apple", claims["sub"], name)
        data: dict[str, Any] = super().get_access_token_data(
            request, app, client, pkce_code_verifier=pkce_code_verifier
        )
        return data

    def parse_token(self, data: dict[str, Any]) -> SocialToken:
        """The verified claims; of what the browser carried here only the name is taken.

        allauth would take an address too where the token has none, and the browser can write
        whatever it likes.
        """
        token = SocialToken(token="", token_secret=data.get("refresh_token", ""))
        token.user_data = self.get_provider().verified(data["id_token"], nonce=self.nonce)
        return token

    def get_user_scope_data(self, request: HttpRequest) -> dict[str, Any]:
        """The ``user`` that the browser brought along: JSON, perhaps."""
        try:
            told = json.loads(get_apple_session(request).store.get("user") or "{}")
        except (ValueError, RecursionError):
            return {}
        return {"name": told["name"]} if isinstance(told, dict) and "name" in told else {}


class Apple(OpenIdProvider, AppleProvider):
    oauth2_adapter_class = AppleAdapter

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        return {"email": data.get("email")}

    def revoke(self, refresh_token: str, *, client_id: str) -> None:
        """Tell Apple that the person is no longer with us. Safe to repeat."""
        client = AppleOAuth2Client(
            self.request, client_id, self.app.secret, "POST", self.get_settings()["REVOKE_URL"], ""
        )
        form = {
            "client_id": client_id,
            "client_secret": client.generate_client_secret(),
            "token": refresh_token,
            "token_type_hint": "refresh_token",
        }
        with get_adapter().get_requests_session() as session:
            session.post(client.access_token_url, data=form).raise_for_status()


@csrf_exempt
def callback(request: HttpRequest) -> HttpResponse:
    """Apple's answer, posted from its page: without our session, which does not travel there.

    allauth keeps it in a session of its own and has the browser come again by GET.
    """
    if len(request.body) > _LARGEST_ANSWER:
        return HttpResponse(status=413)
    answer: HttpResponse = apple_post_callback(request)
    if APPLE_SESSION_COOKIE_NAME in answer.cookies:
        answer.cookies[APPLE_SESSION_COOKIE_NAME]["httponly"] = True
    return answer


login = OAuth2LoginView.adapter_view(AppleAdapter)
finish = CallbackView.adapter_view(AppleAdapter)
