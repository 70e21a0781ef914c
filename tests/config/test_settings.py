"""A production start with something missing ends at once, with one line that names it."""

import re
import subprocess
import sys

import pytest
from django.conf import settings

from config.env import env

pytestmark = pytest.mark.slow

COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "0123456789abcdefghij" * 3,
    "ALLOWED_HOSTS": "fitcore.example",
    "DATABASE_URL": "postgres://fitcore@localhost/fitcore",
    "EMAIL_URL": "smtp+tls://user:password@localhost",
    "WEB_BIND": "127.0.0.1:0",
}
CHECK = ("manage.py", "check")
SERVE = ("-m", "gunicorn", "-c", "python:config.gunicorn")


def start(*command: str, **changes: str) -> subprocess.CompletedProcess[str]:
    kept = {name: env.ENVIRON[name] for name in ("PATH", "HOME") if name in env.ENVIRON}
    return subprocess.run(
        [sys.executable, *command],
        check=False,
        cwd=settings.ROOT,
        env={**kept, **COMPLETE, **changes},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("command", [CHECK, SERVE])
@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "EMAIL_URL"])
@pytest.mark.parametrize("value", ["", "  "])
def test_a_missing_setting_ends_the_start_with_its_name(
    command: tuple[str, ...], name: str, value: str
) -> None:
    done = start(*command, **{name: value})

    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith(f"FitCore cannot start: set {name} (")


def test_production_refuses_a_stand_in_for_stripe() -> None:
    done = start(*CHECK, STRIPE_API_HOST="http://127.0.0.1:8012")

    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith("FitCore cannot start: set STRIPE_API_HOST (")


def test_production_refuses_a_stand_in_for_openai() -> None:
    done = start(*CHECK, OPENAI_API_KEY="sk-x", OPENAI_BASE_URL="http://127.0.0.1:8014/v1")

    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith("FitCore cannot start: set OPENAI_BASE_URL (")


@pytest.mark.parametrize("name", ["GOOGLE_IDENTITY_URL", "APPLE_IDENTITY_URL"])
def test_production_refuses_a_stand_in_for_google_and_apple(name: str) -> None:
    done = start(*CHECK, **{name: "http://127.0.0.1:8013/somewhere"})

    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith(f"FitCore cannot start: set {name} (")


@pytest.mark.parametrize(
    ("offered", "missing"),
    [("GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"), ("APPLE_CLIENT_ID", "APPLE_TEAM_ID")],
)
def test_a_provider_is_offered_with_all_its_credentials_or_not_at_all(
    offered: str, missing: str
) -> None:
    done = start(*CHECK, **{offered: "example.client"})

    assert done.returncode == 1
    assert done.stderr.startswith(f"FitCore cannot start: set {missing} (")


def test_the_example_names_every_variable_that_is_read() -> None:
    code = "".join(path.read_text() for path in (settings.ROOT / "config").rglob("*.py"))
    read = set(re.findall(r"\b(?:env(?:\.\w+)?|required)\(\s*\"([A-Z_0-9]+)\"", code))

    told = set(
        re.findall(r"^#?([A-Z_0-9]+)=", (settings.ROOT / ".env.example").read_text(), re.MULTILINE)
    )

    assert read - told == {"QUEUE_MARK"}  # given by the supervisor to its clusters
