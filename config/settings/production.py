"""Production: nothing is guessed. What is missing stops the start with one clear line."""

from urllib.parse import urlsplit

from config.env import MissingSettingError, env, mailer, required
from config.settings.assistant import is_openai
from config.settings.base import *  # noqa: F403
from config.settings.base import (
    APPLE_IDENTITY_URL,
    DATABASE_OPTIONS,
    GOOGLE_IDENTITY_URL,
    OPENAI_API_KEY,
    OPENAI_BASE_URL,
    SOCIALACCOUNT_PROVIDERS,
    STRIPE_API_HOST,
)

DEBUG = False
SECRET_KEY = required("SECRET_KEY", "a long random string that signs sessions and tokens")
ALLOWED_HOSTS = [
    host.strip() for host in required("ALLOWED_HOSTS", "the host names, comma-separated").split(",")
]
required("DATABASE_URL", "the PostgreSQL database, as postgres://user:password@host/name")
DATABASES = {"default": {**env.db("DATABASE_URL"), **DATABASE_OPTIONS}}
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if not host.startswith("*")]

if urlsplit(STRIPE_API_HOST).hostname != "api.stripe.com":
    # A stand-in answers every card with yes: it must never sell to real members.
    raise MissingSettingError("STRIPE_API_HOST", "to https://api.stripe.com or not at all")
if OPENAI_API_KEY and not is_openai(OPENAI_BASE_URL):
    # A stand-in answers with made-up words, and a stranger's would read our pages.
    raise MissingSettingError("OPENAI_BASE_URL", "to https://api.openai.com/v1 or not at all")
for _name, _address in (
    ("GOOGLE_IDENTITY_URL", GOOGLE_IDENTITY_URL),
    ("APPLE_IDENTITY_URL", APPLE_IDENTITY_URL),
):
    if _address:
        # A stand-in lets anybody be anybody.
        raise MissingSettingError(_name, "not at all: it names a stand-in")
if SOCIALACCOUNT_PROVIDERS["google"]["APPS"]:
    required("GOOGLE_CLIENT_SECRET", "the secret of GOOGLE_CLIENT_ID")
if SOCIALACCOUNT_PROVIDERS["apple"]["APPS"]:
    required("APPLE_TEAM_ID", "the team that APPLE_CLIENT_ID belongs to")
    required("APPLE_KEY_ID", "the name of APPLE_PRIVATE_KEY")
    required("APPLE_PRIVATE_KEY", "the key from Apple that signs our requests")

BREACHED_PASSWORDS_URL = env.str("BREACHED_PASSWORDS_URL", default="https://api.pwnedpasswords.com")
if BREACHED_PASSWORDS_URL and not BREACHED_PASSWORDS_URL.startswith("https://"):
    raise MissingSettingError("BREACHED_PASSWORDS_URL", "to an address with https:// or to nothing")
STAFF_SECOND_FACTOR_REQUIRED = True

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
MAILERS = {"default": mailer(required("EMAIL_URL", "the mail server, as smtp+tls://user:key@host"))}
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"FitCore <hello@{ALLOWED_HOSTS[0]}>")
