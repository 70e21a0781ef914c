"""What this process and the web server that it starts are told."""

import secrets
from pathlib import Path

from config.devservices.postgres import database, database_url


def production_environment(var: Path, *, name: str) -> dict[str, str]:
    """What production's settings ask for, with the embedded server ``name`` as the database."""
    return {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "FITCORE_VAR": str(var),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "DATABASE_URL": database_url(database(var, name=name), "postgres"),
        "EMAIL_URL": "consolemail://",
        "SECURE_SSL_REDIRECT": "false",
        "LOG_LEVEL": "WARNING",
    }
