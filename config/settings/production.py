"""Production: nothing is guessed. What is missing stops the start with one clear line."""

from urllib.parse import urlsplit

from config.env import MissingSettingError, env, mailer, required
from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASE_OPTIONS, STRIPE_API_HOST

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
