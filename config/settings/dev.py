"""One machine, nothing to install: the embedded PostgreSQL and the stand-ins."""

from config.devservices import postgres
from config.env import env
from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASE_OPTIONS, VAR

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development-on-this-machine-" + "x" * 24)
ALLOWED_HOSTS = ["*"]
SERVE_MEDIA = True
DATABASES = {
    "default": {
        **(env.db("DATABASE_URL") if env("DATABASE_URL", default="") else postgres.database(VAR)),
        **DATABASE_OPTIONS,
    }
}
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": VAR / "mail"},
    }
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# A machine at somebody's desk asks other sites only when told to.
CHECK_EXTERNAL_LINKS = env.bool("CHECK_EXTERNAL_LINKS", default=False)
