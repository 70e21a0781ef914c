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


def providers(
    *,
    google_identity_url: str,
    google_client_id: str,
    google_client_secret: str,
    google_app_client_ids: str,
    apple_identity_url: str,
    apple_client_id: str,
    apple_app_ids: str,
    apple_team_id: str,
    apple_key_id: str,
    apple_private_key: str,
) -> dict[str, dict[str, Any]]:
    """What allauth is told; of several client ids the first is the site's, the rest the apps'."""
    apple = apple_identity_url or "https://appleid.apple.com"
    google_app = {
        "client_id": f"{google_client_id},{google_app_client_ids}",
        "secret": google_client_secret,
    }
    apple_app = {
        "client_id": f"{apple_client_id},{apple_app_ids}",
        "key": apple_team_id,
        "secret": apple_key_id,
        "settings": {"certificate_key": apple_private_key.replace("\\n", "\n")},
    }
    return {
        "google": {
            "provider_class": "api.auth.identity.google.Google",
            "APPS": [google_app] if google_client_id else [],
            "ISSUERS": ["https://accounts.google.com", "accounts.google.com"],
            "AUTHORIZE_URL": (
                f"{google_identity_url or 'https://accounts.google.com'}/o/oauth2/v2/auth"
            ),
            "ACCESS_TOKEN_URL": f"{google_identity_url or 'https://oauth2.googleapis.com'}/token",
            "KEYS_URL": f"{google_identity_url or 'https://www.googleapis.com'}/oauth2/v3/certs",
            "SCOPE": ["openid", "profile", "email"],
            "OAUTH_PKCE_ENABLED": True,
        },
        "apple": {
            "provider_class": "api.auth.identity.apple.Apple",
            "APPS": [apple_app] if apple_client_id else [],
            "ISSUERS": ["https://appleid.apple.com"],
            "AUTHORIZE_URL": f"{apple}/auth/authorize",
            "ACCESS_TOKEN_URL": f"{apple}/auth/token",
            "KEYS_URL": f"{apple}/auth/keys",
            "REVOKE_URL": f"{apple}/auth/revoke",
        },
    }


SOCIALACCOUNT_PROVIDERS = providers(
    google_identity_url=GOOGLE_IDENTITY_URL,
    google_client_id=env.str("GOOGLE_CLIENT_ID", default=""),
    google_client_secret=env.str("GOOGLE_CLIENT_SECRET", default=""),
    google_app_client_ids=env.str("GOOGLE_APP_CLIENT_IDS", default=""),
    apple_identity_url=APPLE_IDENTITY_URL,
    apple_client_id=env.str("APPLE_CLIENT_ID", default=""),
    apple_app_ids=env.str("APPLE_APP_IDS", default=""),
    apple_team_id=env.str("APPLE_TEAM_ID", default=""),
    apple_key_id=env.str("APPLE_KEY_ID", default=""),
    apple_private_key=env.str("APPLE_PRIVATE_KEY", default=""),
)
SOCIALACCOUNT_ADAPTER = "config.social.SocialAccountAdapter"
SOCIALACCOUNT_FORMS = {"disconnect": "config.social.DisconnectForm"}
SOCIALACCOUNT_LOGIN_ON_GET = False
# Whose account an address opens is decided in ``api.auth.identity.services``, for every door.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
# Who has not confirmed the address yet may look around, as after signing up with a password.
SOCIALACCOUNT_EMAIL_VERIFICATION = "optional"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

# Where a form of ours may lead a browser: allauth's sign-in buttons answer with a redirect.
SOCIAL_ORIGINS = [
    "{0.scheme}://{0.netloc}".format(urlsplit(provider["AUTHORIZE_URL"]))
    for provider in SOCIALACCOUNT_PROVIDERS.values()
    if provider["APPS"]
]
