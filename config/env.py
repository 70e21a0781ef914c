"""The only reader of the environment.

Every setting that differs between machines is read here, so that a missing one is
reported the same way everywhere: one line that names the variable, and no start.
"""

from typing import Any

import environ

env = environ.Env()


class MissingSettingError(SystemExit):
    """The process cannot start; the message names the variable to set and why."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"FitCore cannot start: set {name} ({why}).")


def required(name: str, why: str) -> str:
    """The value of ``name``, or the end of the process with one clear line."""
    value: str = env.str(name, default="").strip()
    if not value:
        raise MissingSettingError(name, why)
    return value


def mailer(url: str) -> dict[str, Any]:
    """An entry of Django's ``MAILERS`` from an address such as ``smtp+tls://user:key@host:587``."""
    parsed = environ.Env.email_url_config(url)
    options = {
        "host": parsed.get("EMAIL_HOST"),
        "port": parsed.get("EMAIL_PORT"),
        "username": parsed.get("EMAIL_HOST_USER"),
        "password": parsed.get("EMAIL_HOST_PASSWORD"),
        "use_tls": parsed.get("EMAIL_USE_TLS", False),
        "use_ssl": parsed.get("EMAIL_USE_SSL", False),
    }
    is_smtp = parsed["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
    return {"BACKEND": parsed["EMAIL_BACKEND"], "OPTIONS": options if is_smtp else {}}
