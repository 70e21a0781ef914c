"""Tokens in addresses do not reach the log."""

import logging
import re
from io import StringIO

import pytest
from django.test import Client

from config.masking import masked
from tests.access.routes import routes
from tests.log_lines import lines

__all__ = ["lines"]

SECRET = "c9x2-5f0e7a1b:Zq_8"
SECRET_PARTS = {"token", "key", "uidb36"}
# Every other part that is a word: names of things, which open nothing.
PLAIN_PARTS = {
    "action", "action_name", "app_label", "app_name", "content_type_app_name", "content_type_id",
    "content_type_model_name", "filename", "filter_spec", "kind", "model_name", "name",
    "object_id", "path", "pk", "revision_id_a", "revision_id_b", "uidb64", "url",
}  # fmt: skip


def test_every_token_in_an_address_is_masked() -> None:
    walked = 0
    for route in routes():
        parts = [part.rpartition(":") for part in re.findall(r"<([^>]+)>", route.path)]
        words = {name for kind, _, name in parts if kind not in {"int", "uuid"}}
        secret = words & SECRET_PARTS
        assert words <= SECRET_PARTS | PLAIN_PARTS, f"{route.path}: is a part of it a secret?"
        if secret:
            walked += 1
            address = route.address(**dict.fromkeys(secret, SECRET))
            assert SECRET not in masked(f"GET {address}?page=2"), route.path

    assert walked >= 12


@pytest.mark.parametrize(
    "address",
    [
        "/password-reset/sent",
        "/password-reset/changed",
        "/verify-email",
        "/api/auth/password-reset/confirm",
        "/settings/privacy/export/file",
        "/workouts/strong-legs/?page=2",
    ],
)
def test_what_opens_nothing_is_told_as_it_is(address: str) -> None:
    assert masked(f"GET {address}") == f"GET {address}"


@pytest.mark.parametrize("name", ["token", "code", "state", "key"])
def test_tokens_in_queries_are_masked(name: str) -> None:
    line = masked(f"GET /sign-in/google/done?scope=email&{name}={SECRET}&page=2")

    assert line == f"GET /sign-in/google/done?scope=email&{name}=-&page=2"


@pytest.mark.django_db
@pytest.mark.parametrize("start", ["/account/undo/", "/media/private/", "/verify-email/"])
def test_the_lines_of_a_request_name_no_token(client: Client, lines: StringIO, start: str) -> None:
    client.get(f"{start}{SECRET}")

    told = lines.getvalue()
    assert f"GET {start}-" in told
    assert SECRET not in told


def test_lines_of_django_name_no_token(lines: StringIO) -> None:
    logging.getLogger("django.request").error("Internal Server Error: %s", f"/uploads/{SECRET}/")

    assert "Internal Server Error: /uploads/-/" in lines.getvalue()
