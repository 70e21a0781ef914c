"""Production's settings, with what is measured against, and with no build of static files."""

from config.settings.production import *  # noqa: F403
from config.settings.production import INSTALLED_APPS, STORAGES

ROOT_URLCONF = "bench.urls"
# What our lists of pages are measured against; the product has none of it.
INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.api.v2"]
# Nothing is served from there; the pages only name their files.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Argon2 is slow on purpose: what signing in costs beside it is measured.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
