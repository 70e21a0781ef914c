"""The tests' settings with few apps: a queue that starts in a second instead of five."""

from config.settings.test import *  # noqa: F403

INSTALLED_APPS = [
    "config",
    "fitness.accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django_q",
    "django_structlog",
]
