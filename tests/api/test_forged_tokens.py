"""What is no access token of ours opens nothing."""

import uuid
from typing import Any

import jwt
import pytest
from django.conf import settings
from django.utils import timezone

from fitness.accounts.tokens import _key
from tests import factories
from tests.api.client import ApiClient

pytestmark = pytest.mark.django_db


def forgeries(phone: ApiClient) -> dict[str, str]:
    good = phone.tokens.access
    key, kind = _key("access token", settings.SECRET_KEY), {"typ": "at+jwt"}
    said = jwt.decode(good, options={"verify_signature": False})
    header, body, signature = good.split(".")
    soon = int(timezone.now().timestamp()) + 3600

    def signed(*, algorithm: str = "HS256", by: Any = key, **claims: Any) -> str:
        return jwt.encode(said | claims, by, algorithm=algorithm, headers=kind)

    return {
        "other key": signed(by="another key " * 4),
        "the secret itself": signed(by=settings.SECRET_KEY),
        "no algorithm": signed(algorithm="none", by=None),
        "other algorithm": signed(algorithm="HS512"),
        "key named by the token": jwt.encode(
            said, "x" * 32, algorithm="HS256", headers=kind | {"kid": "/dev/null"}
        ),
        "key brought by the token": jwt.encode(
            said, "x" * 32, algorithm="HS256", headers=kind | {"jwk": {"kty": "oct", "k": "eA"}}
        ),
        "no signature": f"{header}.{body}.",
        "changed body": f"{header}.{body[:-2]}AA.{signature}",
        "of another kind": jwt.encode(said, key, algorithm="HS256"),
        "expired": signed(exp=1),
        "not yet valid": signed(nbf=soon),
        "issued later": signed(iat=soon),
        "other audience": signed(aud="somebody-else"),
        "no audience": jwt.encode(
            {name: said[name] for name in said if name != "aud"}, key, "HS256", headers=kind
        ),
        "other issuer": signed(iss="somebody-else"),
        "refresh token": phone.tokens.refresh,
        "nobody": signed(sub=uuid.uuid4().hex),
        "no sign-in": signed(sid=uuid.uuid4().hex),
        "somebody else": signed(sub=factories.member().uid.hex),
        "of a former password": signed(mark="AAAAAAAAAAAAAAAA"),
        "no uuid": signed(sub="x' OR 1=1"),
        "a number": signed(sid=7),
        "nonsense": "nonsense",
        "nothing": "",
    }


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize("path", ["/api/streak", "/api/workouts"])
def test_forged_and_expired_tokens_are_refused_on_public_reads_too(
    api: ApiClient, path: str
) -> None:
    for name, token in forgeries(api).items():
        phone = ApiClient()
        phone.carry(token)
        answer = phone.get(path)
        assert (name, answer.status_code) == (name, 401)
        assert answer["Content-Type"] == "application/problem+json"
        assert "Bearer" in answer["WWW-Authenticate"]
