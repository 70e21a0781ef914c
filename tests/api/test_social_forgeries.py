"""Forged, spent and misdirected tokens, and providers that are away."""

import base64
import json
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache

from config.devservices.identity import IdentityStandIn
from config.devservices.identity.credentials import GOOGLE_APP_CLIENT_ID, GOOGLE_CLIENT_ID
from config.devservices.identity.people import ADA, GINA
from fitness.accounts.models import SignIn, User
from tests.identity import APPLE, GOOGLE, NONCE, Phone, identities, phone, running_identities

__all__ = ["identities", "phone", "running_identities"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning"),
]
KEYS = "/google/oauth2/v3/certs"
type Forger = Callable[[IdentityStandIn, dict[str, Any]], str]


def signed(claims: dict[str, Any], key: Any, *, alg: str = "RS256", **header: Any) -> str:
    return jwt.encode(claims, key, algorithm=alg, headers=header)


def stranger() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_pem(at: IdentityStandIn) -> bytes:
    return (
        at.google.keys.private()
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def by_hand(header: dict[str, Any], claims: dict[str, Any], signature: bytes = b"") -> str:
    parts = [json.dumps(header).encode(), json.dumps(claims).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def hs256_with_the_public_key(at: IdentityStandIn, claims: dict[str, Any]) -> str:
    import hashlib
    import hmac

    header = {"alg": "HS256", "typ": "JWT", "kid": at.google.keys.kid}
    unsigned = by_hand(header, claims).rstrip(".")
    digest = hmac.new(public_pem(at), unsigned.encode(), hashlib.sha256).digest()
    return f"{unsigned}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def changed(**claims: Any) -> Forger:
    """Properly signed by Google, but saying something else; ``None`` leaves a claim out."""
    return lambda at, _: at.google.id_token(GINA, **claims)


def soon() -> int:
    return int(time.time()) + 600


FORGERIES: dict[str, Forger] = {
    "another key under Google's name": lambda at, c: signed(c, stranger(), kid=at.google.keys.kid),
    "Apple's key": lambda at, c: signed(c, at.apple.keys.private(), kid=at.apple.keys.kid),
    "Apple's token": lambda at, _: at.apple.id_token(ADA, aud=GOOGLE_CLIENT_ID),
    "no algorithm": lambda at, c: by_hand({"alg": "none", "kid": at.google.keys.kid}, c),
    "no algorithm, oddly": lambda at, c: by_hand({"alg": "nOnE", "kid": at.google.keys.kid}, c),
    "a number for an algorithm": lambda at, c: by_hand({"alg": 7, "kid": at.google.keys.kid}, c),
    "HS256 with the public key": hs256_with_the_public_key,
    "RS512": lambda at, c: signed(c, at.google.keys.private(), alg="RS512", kid=at.google.keys.kid),
    "PS256": lambda at, c: signed(c, at.google.keys.private(), alg="PS256", kid=at.google.keys.kid),
    "unknown key": lambda _, c: signed(c, stranger(), kid="made-up"),
    "no key named": lambda at, c: signed(c, at.google.keys.private()),
    "an empty key name": lambda at, c: signed(c, at.google.keys.private(), kid=""),
    "a path for a key": lambda at, c: signed(c, at.google.keys.private(), kid="../../dev/null"),
    "a query for a key": lambda at, c: signed(c, at.google.keys.private(), kid="' OR 1=1 --"),
    "a list of keys": lambda at, c: by_hand({"alg": "RS256", "kid": [at.google.keys.kid]}, c),
    "a key of one's own": lambda at, c: signed(
        c,
        key := stranger(),
        kid="mine",
        jwk=json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())),
        jku=f"{at.base}/google/oauth2/v3/certs",
    ),
    "no signature": lambda at, c: (
        signed(c, at.google.keys.private(), kid=at.google.keys.kid).rpartition(".")[0] + "."
    ),
    "wrong audience": changed(aud="somebody-else.apps.googleusercontent.com", azp=None),
    "two audiences": changed(aud=[GOOGLE_CLIENT_ID, "somebody-else"]),
    "no audience": changed(aud=None),
    "an odd audience": changed(aud={"it": "is"}),
    "asked for by another": changed(azp="somebody-else.apps.googleusercontent.com"),
    "wrong issuer": changed(iss="https://accounts.google.com.evil.example"),
    "Apple as issuer": changed(iss="https://appleid.apple.com"),
    "no issuer": changed(iss=None),
    "expired": changed(iat=1, exp=int(time.time()) - 60),
    "never expires": changed(exp=None),
    "expires oddly": changed(exp="tomorrow"),
    "expires beyond all numbers": changed(exp=float("inf")),
    "from the future": lambda at, _: at.google.id_token(GINA, iat=soon(), exp=soon() + 60),
    "not valid yet": lambda at, _: at.google.id_token(GINA, nbf=soon()),
    "no time of issue": changed(iat=None),
    "nobody": changed(sub=None),
    "an empty name": changed(sub=""),
    "a number for a name": changed(sub=7),
    "a name without end": changed(sub="1" * 192),
    "a name with a NUL": changed(sub="1\u00002"),
    "a nonce that nobody asked for": changed(nonce="of another sign-in"),
    "text": lambda *_: "nonsense",
    "dots": lambda *_: "..",
    "letters beyond ASCII": lambda *_: "é.ü.ß",
    "a list within": lambda at, _: by_hand({"alg": "RS256", "kid": at.google.keys.kid}, []),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_token_opens_nothing(phone: Phone, identities: IdentityStandIn, name: str) -> None:
    token = FORGERIES[name](identities, identities.google.claims(GINA))

    answer = phone.post_json(GOOGLE, {"id_token": token})

    assert (answer.status_code, answer.json()["type"]) == (
        422,
        "urn:fitcore:problem:identity-refused",
    )
    assert not User.objects.exists()
    assert not SignIn.objects.exists()


def test_the_apps_own_clients_and_both_of_googles_names_are_accepted(phone: Phone) -> None:
    assert phone.google(GINA, client_id=GOOGLE_APP_CLIENT_ID).status_code == 200
    assert phone.google(GINA, azp=GOOGLE_APP_CLIENT_ID).status_code == 200
    assert phone.google(GINA, iss="accounts.google.com").status_code == 200
    assert phone.google(GINA, iat=int(time.time()) + 10).status_code == 200  # their clock


def test_a_token_opens_the_door_once(phone: Phone, identities: IdentityStandIn) -> None:
    told = {"id_token": identities.google.id_token(GINA)}

    assert phone.post_json(GOOGLE, told).status_code == 200
    assert phone.post_json(GOOGLE, told).status_code == 422
    assert SignIn.objects.count() == 1


@pytest.mark.parametrize(
    "nonce", [None, "of another sign-in", "", 7, ["x"], "é", "0" * 64, NONCE.upper()]
)
def test_apples_token_is_for_this_very_sign_in(phone: Phone, nonce: object) -> None:
    assert phone.apple(ADA, nonce=nonce).status_code == 422
    assert not SocialAccount.objects.exists()


def test_apples_token_may_hold_the_nonce_as_it_was_made(phone: Phone) -> None:
    assert phone.apple(ADA, nonce=NONCE).status_code == 200


def test_googles_token_for_apple_is_refused(phone: Phone, identities: IdentityStandIn) -> None:
    told = {"identity_token": identities.google.id_token(GINA, nonce=NONCE), "nonce": NONCE}

    assert phone.post_json(APPLE, told).status_code == 422


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (GOOGLE, {}),
        (GOOGLE, {"id_token": "x", "code": "y"}),
        (GOOGLE, {"id_token": ["x"]}),
        (GOOGLE, {"id_token": "x" * 8193}),
        (GOOGLE, {"id_token": "a\u0000b"}),
        (GOOGLE, {"id_token": "x", "time_zone": "Mars/Base"}),
        (APPLE, {"identity_token": "x"}),
        (APPLE, {"identity_token": "x", "nonce": ""}),
        (APPLE, {"identity_token": "x", "nonce": "n", "user": "Ada"}),
        (APPLE, {"identity_token": "x", "nonce": "n", "user": {"name": {"firstName": 7.5e300}}}),
        (APPLE, {"identity_token": "x", "nonce": "n", "user": {"name": {"lastName": "x" * 101}}}),
    ],
)
def test_what_is_not_well_formed_is_said(phone: Phone, path: str, told: dict[str, Any]) -> None:
    assert phone.post_json(path, told).status_code in {400, 422}
    assert not User.objects.exists()


def test_keys_are_fetched_once(phone: Phone, identities: IdentityStandIn) -> None:
    for _ in range(3):
        assert phone.google(GINA).status_code == 200

    assert identities.calls[KEYS] == 1


def test_a_new_key_is_fetched_when_it_first_signs(
    phone: Phone, identities: IdentityStandIn
) -> None:
    phone.google(GINA)
    old = identities.google.keys.kid
    identities.google.keys.rotate()

    assert phone.google(GINA).status_code == 200
    assert phone.google(GINA, kid=old).status_code == 200
    assert identities.calls[KEYS] == 2


def test_invented_keys_make_us_ask_once_a_minute(phone: Phone, identities: IdentityStandIn) -> None:
    phone.google(GINA)
    for number in range(5):
        token = signed(identities.google.claims(GINA), stranger(), kid=f"invented {number}")
        assert phone.post_json(GOOGLE, {"id_token": token}).status_code == 422

    assert identities.calls[KEYS] == 2


AWAY = {
    "away": {"status": 503},
    "overloaded": {"status": 429},
    "lost": {"status": 404},
    "no JSON": {"status": 200, "body": b"<html>"},
    "other JSON": {"status": 200, "body": b'["keys"]'},
    "no keys": {"status": 200, "body": b'{"keys": [1]}'},
}


@pytest.mark.parametrize("fault", AWAY)
def test_a_provider_that_is_away_means_later_not_never(
    phone: Phone, identities: IdentityStandIn, fault: str
) -> None:
    with identities.failing("/google", **AWAY[fault]):  # type: ignore[arg-type]
        answers = [phone.google(GINA) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {503}
    assert answers[0]["Retry-After"] == "5"
    assert identities.calls[KEYS] == 1  # and is left alone for a while
    cache.clear()  # as the while passes
    assert phone.google(GINA).status_code == 200


def test_a_slow_provider_does_not_hold_us_up(
    phone: Phone, identities: IdentityStandIn, settings: Any
) -> None:
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.2

    with identities.failing("/google", sleep=1):
        assert phone.google(GINA).status_code == 503


def test_known_keys_outlive_a_provider_that_is_away(
    phone: Phone, identities: IdentityStandIn
) -> None:
    phone.google(GINA)
    with identities.failing("/google"):
        assert phone.google(GINA).status_code == 200


def test_a_code_is_not_lost_on_a_provider_that_is_away(
    phone: Phone, identities: IdentityStandIn
) -> None:
    word = phone.apples_word(ADA) | {"authorization_code": identities.apple.code(ADA)}
    with identities.failing("/apple/auth/token"):
        assert phone.post_json(APPLE, word).status_code == 503

    assert phone.post_json(APPLE, word).status_code == 200


def test_forgeries_from_one_place_are_refused_unread_after_a_while(
    phone: Phone, identities: IdentityStandIn, settings: Any
) -> None:
    settings.LIMITS = settings.LIMITS | {"identity": {"address": (5, 60)}}
    told = {"id_token": "nonsense"}
    assert [phone.post_json(GOOGLE, told).status_code for _ in range(6)] == [*[422] * 5, 429]

    assert phone.google(GINA).status_code == 429
    assert phone.post_json(APPLE, {"identity_token": "x", "nonce": "y"}).status_code == 429
