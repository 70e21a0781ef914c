"""Fast and hermetic: no outside network, cheap passwords, files in a folder of the run's own."""

import atexit
import shutil
import tempfile
from pathlib import Path

from config.devservices import postgres
from config.env import env
from config.settings.base import *  # noqa: F403
from config.settings.base import SOCIALACCOUNT_PROVIDERS, STORAGES, VAR

DEBUG = False
SECRET_KEY = "only-for-tests-" + "x" * 50
ALLOWED_HOSTS = ["*"]
SERVE_MEDIA = True
_FILES = Path(tempfile.mkdtemp(prefix="fitcore-test-"))
atexit.register(shutil.rmtree, _FILES, ignore_errors=True)
STATIC_ROOT = _FILES / "static"
STATIC_ROOT.mkdir()
MEDIA_ROOT = _FILES / "media"
PRIVATE_MEDIA_ROOT = _FILES / "private"
TRANSCODE_ROOT = _FILES / "transcodes"
DATABASES = {
    "default": (
        env.db("DATABASE_URL")
        if env("DATABASE_URL", default="")
        else postgres.database(VAR, name="test")
    )
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    **STORAGES,
    "private": {"BACKEND": "cms.media.storage.PrivateFileStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Nothing listens there: a test that needs Stripe starts the stand-in and names its address.
STRIPE_API_HOST = env.str("STRIPE_API_HOST", default="http://127.0.0.1:9")
BREACHED_PASSWORDS_URL = ""
STRIPE_LIVE_MODE = False
STRIPE_SECRET_KEY = STRIPE_TEST_SECRET_KEY = "sk_test_" + "a" * 32
STRIPE_LIVE_SECRET_KEY = ""
STRIPE_WEBHOOK_SECRET = "whsec_only_for_tests"

# The assistant is off; a test that needs it starts the stand-in for OpenAI.
OPENAI_API_KEY = ""

# Nothing listens there either; the stand-ins for Google and Apple name their own address.
SOCIALACCOUNT_PROVIDERS = {
    "google": SOCIALACCOUNT_PROVIDERS["google"] | {"APPS": []},
    "apple": SOCIALACCOUNT_PROVIDERS["apple"] | {"APPS": []},
}

# Nobody outside is asked; a test that asks starts a server and names it.
CHECK_EXTERNAL_LINKS = False
LINK_PAUSE_SECONDS = 0.0
