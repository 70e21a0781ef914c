"""Signing in with Google and Apple: our credentials there, and where they are reached.

A provider without a client id is not offered. Each has a base URL, so that a stand-in which
speaks its protocol can serve the demo and the tests while the real verification runs.
"""

from typing import Any
from urllib.parse import urlsplit

from config.env import env

# Empty: Google's and Apple's own. A stand-in has all of a provider's endpoints below one address.
GOOGLE_IDENTITY_URL = env.str("GOOGLE_IDENTITY_URL", default="")
APPLE_IDENTITY_URL = env.str("APPLE_IDENTITY_URL", default="")


def addresses(google: str, apple: str) -> dict[str, dict[str, str]]:
    """Where each provider's endpoints lie."""
    return {
        "google": {
            "AUTHORIZE_URL": f"{google or 'https://accounts.google.com'}/o/oauth2/v2/auth",
            "ACCESS_TOKEN_URL": f"{google or 'https://oauth2.googleapis.com'}/token",
            "KEYS_URL": f"{google or 'https://www.googleapis.com'}/oauth2/v3/certs",
        },
        "apple": {
            "AUTHORIZE_URL": f"{apple or 'https://appleid.apple.com'}/auth/authorize",
            "ACCESS_TOKEN_URL": f"{apple or 'https://appleid.apple.com'}/auth/token",
            "KEYS_URL": f"{apple or 'https://appleid.apple.com'}/auth/keys",
            "REVOKE_URL": f"{apple or 'https://appleid.apple.com'}/auth/revoke",
        },
    }


_ADDRESSES = addresses(GOOGLE_IDENTITY_URL, APPLE_IDENTITY_URL)

_google_client = env.str("GOOGLE_CLIENT_ID", default="")
_google_apps = env.list("GOOGLE_APP_CLIENT_IDS", default=[])
_apple_client = env.str("APPLE_CLIENT_ID", default="")
_apple_apps = env.list("APPLE_APP_IDS", default=[])

SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "google": {
        **_ADDRESSES["google"],
        "provider_class": "api.auth.identity.google.Google",
        "ISSUERS": ["https://accounts.google.com", "accounts.google.com"],
        "SCOPE": ["openid", "profile", "email"],
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                # The first is the site's own; the others are those of the apps.
                "client_id": ",".join([_google_client, *_google_apps]),
                "secret": env.str("GOOGLE_CLIENT_SECRET", default=""),
            }
        ]
        if _google_client
        else [],
    },
    "apple": {
        **_ADDRESSES["apple"],
        "provider_class": "api.auth.identity.apple.Apple",
        "ISSUERS": ["https://appleid.apple.com"],
        "APPS": [
            {
                "client_id": ",".join([_apple_client, *_apple_apps]),
                "secret": env.str("APPLE_KEY_ID", default=""),
                "key": env.str("APPLE_TEAM_ID", default=""),
                "settings": {
                    "certificate_key": env.str("APPLE_PRIVATE_KEY", default="").replace(
                        "\\n", "\n"
                    )
                },
            }
        ]
        if _apple_client
        else [],
    },
}
SOCIALACCOUNT_ADAPTER = "config.social.SocialAccountAdapter"
SOCIALACCOUNT_FORMS = {"disconnect": "config.social.DisconnectForm"}
SOCIALACCOUNT_LOGIN_ON_GET = False
# Whose account an address opens is decided in ``api.auth.identity.services``, for every door.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

# Where a form of ours may lead a browser: allauth's sign-in buttons answer with a redirect.
SOCIAL_ORIGINS = [
    "{0.scheme}://{0.netloc}".format(urlsplit(_ADDRESSES[provider]["AUTHORIZE_URL"]))
    for provider in ("google", "apple")
    if SOCIALACCOUNT_PROVIDERS[provider]["APPS"]
]
