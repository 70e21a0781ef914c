"""The stand-ins for Google and Apple refuse what Google and Apple refuse."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from config.devservices.identity import IdentityStandIn, PortTakenError
from config.devservices.identity import credentials as known
from config.devservices.identity.people import ADA, GINA

BACK = "http://localhost:8000/done"


@pytest.fixture(scope="module")
def identities() -> Iterator[IdentityStandIn]:
    running = IdentityStandIn()
    running.start()
    yield running
    running.stop()


def secret(key: Any = None, **changes: Any) -> str:
    now = int(time.time())
    claims = {
        "iss": known.APPLE_TEAM_ID,
        "sub": known.APPLE_APP_ID,
        "aud": "https://appleid.apple.com",
        "iat": now,
        "exp": now + 60,
    } | changes
    headers = {"kid": known.APPLE_KEY_ID}
    return jwt.encode(claims, key or known.apple_key(), algorithm="ES256", headers=headers)


def google_trade(at: IdentityStandIn, **changes: str) -> requests.Response:
    form = {
        "client_id": known.GOOGLE_CLIENT_ID,
        "client_secret": known.GOOGLE_CLIENT_SECRET,
        "grant_type": "authorization_code",
        "redirect_uri": BACK,
        "code": at.google.code(GINA, redirect_uri=BACK),
    }
    return requests.post(f"{at.base}/google/token", form | changes, timeout=5)


def apple_trade(at: IdentityStandIn, **changes: str) -> requests.Response:
    form = {
        "client_id": known.APPLE_APP_ID,
        "client_secret": secret(),
        "grant_type": "authorization_code",
        "code": at.apple.code(ADA),
    }
    return requests.post(f"{at.base}/apple/auth/token", form | changes, timeout=5)


def test_google_trades_a_code_for_a_token_that_its_keys_verify(identities: IdentityStandIn) -> None:
    token = google_trade(identities).json()["id_token"]

    keys = jwt.PyJWKSet.from_dict(
        requests.get(f"{identities.base}/google/oauth2/v3/certs", timeout=5).json()
    )
    key = keys[jwt.get_unverified_header(token)["kid"]]
    claims = jwt.decode(token, key, algorithms=["RS256"], audience=known.GOOGLE_CLIENT_ID)
    assert (claims["email"], claims["email_verified"]) == (GINA.email, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"client_secret": "wrong"},
        {"client_id": "unknown"},
        {"client_id": known.GOOGLE_APP_CLIENT_ID, "client_secret": ""},
        {"redirect_uri": f"{BACK}/elsewhere"},
        {"code": "made up"},
        {"grant_type": "password"},
    ],
)
def test_google_refuses(identities: IdentityStandIn, changes: dict[str, str]) -> None:
    assert google_trade(identities, **changes).status_code in {400, 401}


@pytest.mark.parametrize(
    "changes",
    [
        {"client_secret": ""},
        {"client_secret": "a.b.c"},
        {"client_secret": secret(ec.generate_private_key(ec.SECP256R1()))},
        {"client_secret": secret(sub="another.app")},
        {"client_secret": secret(aud="https://accounts.google.com")},
        {"client_secret": secret(exp=1)},
        {"client_secret": secret(exp=int(time.time()) + 17_000_000)},
        {"client_secret": secret(iss="OTHERTEAM")},
        {"client_id": known.APPLE_CLIENT_ID},
        {"code": "made up"},
    ],
)
def test_apple_refuses(identities: IdentityStandIn, changes: dict[str, str]) -> None:
    assert apple_trade(identities).status_code == 200
    assert apple_trade(identities, **changes).status_code == 400


@pytest.mark.parametrize(
    ("provider", "query"),
    [
        ("google/o/oauth2/v2/auth", {"redirect_uri": "https://evil.example/"}),
        ("google/o/oauth2/v2/auth", {"client_id": "unknown"}),
        ("apple/auth/authorize", {"redirect_uri": "http://localhost.evil.example/"}),
        ("apple/auth/authorize", {"response_mode": "query"}),
    ],
)
def test_a_browser_is_sent_back_to_us_only(
    identities: IdentityStandIn, provider: str, query: dict[str, str]
) -> None:
    is_google = provider.startswith("google")
    good = {
        "client_id": known.GOOGLE_CLIENT_ID if is_google else known.APPLE_CLIENT_ID,
        "redirect_uri": BACK,
        "response_type": "code",
        "response_mode": "form_post",
        "scope": "name email",
    }
    address = f"{identities.base}/{provider}"

    assert requests.get(address, good, timeout=5).status_code == 200
    assert requests.get(address, good | query, timeout=5).status_code == 400


def test_a_taken_port_is_said(identities: IdentityStandIn) -> None:
    with pytest.raises(PortTakenError, match=r"^Port \d+ on 127.0.0.1 cannot be used"):
        IdentityStandIn().start(int(identities.base.rpartition(":")[2]))


@pytest.mark.slow
def test_as_a_process_it_says_where_it_is_and_ends_when_asked() -> None:
    command = [sys.executable, "-m", "config.devservices.identity", "--port", "0"]
    with subprocess.Popen(command, cwd=settings.ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        address = re.findall(r"http://\S+?(?=;)", said)[0]
        assert requests.get(f"{address}/apple/auth/keys", timeout=5).json()["keys"]

        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
