"""Google, by allauth's provider."""

from typing import Any

from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.google.provider import GoogleProvider
from allauth.socialaccount.providers.google.views import GoogleOAuth2Adapter
from allauth.socialaccount.providers.oauth2.views import OAuth2LoginView
from django.http import HttpRequest

from api.auth.identity.openid import CallbackView, OpenIdAdapter, OpenIdProvider


class GoogleAdapter(OpenIdAdapter, GoogleOAuth2Adapter):
    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        provider = self.get_provider()
        claims = provider.verified(kwargs["response"].get("id_token"), nonce=self.nonce)
        return provider.sociallogin_from_response(request, claims)


class Google(OpenIdProvider, GoogleProvider):
    oauth2_adapter_class = GoogleAdapter


login = OAuth2LoginView.adapter_view(GoogleAdapter)
callback = CallbackView.adapter_view(GoogleAdapter)
