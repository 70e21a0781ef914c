"""Amazon's Signature Version 4, as the receiving end checks it.

Written from the specification, not with botocore: a mistake there must not agree with itself.
"""

import datetime as dt
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote

from werkzeug.wrappers import Request

from config.devservices.s3.refusals import RefusedError

_TIME = "%Y%m%dT%H%M%SZ"
_LONGEST_SECONDS = 7 * 24 * 3600
_SKEW = dt.timedelta(minutes=15)
_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]+)"
)
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Claim:
    """What a request says about its signature."""

    credential: str
    signed_headers: str
    at: str
    signature: str
    payload: str
    query: Iterable[tuple[str, str]]


def check_address(asked: Request, *, keys: Mapping[str, str], now: dt.datetime) -> None:
    """A presigned address: signed by a key of ours, for this very request, and not ended."""
    query = parse_qsl(asked.query_string.decode(), keep_blank_values=True)
    fields = dict(query)
    try:
        claim = Claim(
            credential=fields["X-Amz-Credential"],
            signed_headers=fields["X-Amz-SignedHeaders"],
            at=fields["X-Amz-Date"],
            signature=fields["X-Amz-Signature"],
            payload="UNSIGNED-PAYLOAD",
            query=[(name, value) for name, value in query if name != "X-Amz-Signature"],
        )
        seconds = int(fields["X-Amz-Expires"])
    except (KeyError, ValueError):
        raise RefusedError("AuthorizationQueryParametersError", status=400) from None
    if seconds > _LONGEST_SECONDS:
        raise RefusedError("AuthorizationQueryParametersError", status=400)
    if now > _moment(claim.at) + dt.timedelta(seconds=seconds):
        raise RefusedError("AccessDenied")
    _verify(asked, claim, keys)


def check_headers(
    asked: Request, body: bytes, *, keys: Mapping[str, str], now: dt.datetime
) -> None:
    """A call of an SDK: signed in its headers, now, with the body that came."""
    match = _AUTHORIZATION.fullmatch(asked.headers["Authorization"])
    if match is None:
        raise RefusedError("AuthorizationHeaderMalformed", status=400)
    payload = asked.headers.get("X-Amz-Content-Sha256", "")
    if _HASH.fullmatch(payload) and hashlib.sha256(body).hexdigest() != payload:
        raise RefusedError("XAmzContentSHA256Mismatch", status=400)
    at = asked.headers.get("X-Amz-Date", "")
    if abs(now - _moment(at)) > _SKEW:
        raise RefusedError("RequestTimeTooSkewed")
    query = parse_qsl(asked.query_string.decode(), keep_blank_values=True)
    _verify(asked, Claim(match[1], match[2], at, match[3], payload, query), keys)


def signing_key(credential: str, keys: Mapping[str, str]) -> bytes:
    """The key of one day, region and service, derived from the secret of ``credential``."""
    key_id, *scope = credential.split("/")
    if key_id not in keys or len(scope) != 4 or scope[3] != "aws4_request":  # noqa: PLR2004
        raise RefusedError("InvalidAccessKeyId")
    key = f"AWS4{keys[key_id]}".encode()
    for part in scope:
        key = hmac.digest(key, part.encode(), "sha256")
    return key


def is_signed(*, text: str, signature: str, key: bytes) -> bool:
    made = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return hmac.compare_digest(made, signature)


def _verify(asked: Request, claim: Claim, keys: Mapping[str, str]) -> None:
    key = signing_key(claim.credential, keys)
    scope = claim.credential.partition("/")[2]
    canonical = hashlib.sha256(_canonical(asked, claim).encode()).hexdigest()
    text = "\n".join(("AWS4-HMAC-SHA256", claim.at, scope, canonical))
    if not is_signed(text=text, signature=claim.signature, key=key):
        raise RefusedError("SignatureDoesNotMatch")


def _canonical(asked: Request, claim: Claim) -> str:
    path = str(asked.environ["RAW_URI"]).partition("?")[0]
    query = sorted(
        (quote(name, safe="-_.~"), quote(value, safe="-_.~")) for name, value in claim.query
    )
    headers = (
        f"{name}:{' '.join(asked.headers.get(name, '').split())}\n"
        for name in claim.signed_headers.split(";")
    )
    return "\n".join(
        (
            asked.method,
            quote(unquote(path), safe="/-_.~"),
            "&".join(f"{name}={value}" for name, value in query),
            "".join(headers),
            claim.signed_headers,
            claim.payload,
        )
    )


def _moment(stamp: str) -> dt.datetime:
    try:
        return dt.datetime.strptime(stamp, _TIME).replace(tzinfo=dt.UTC)
    except ValueError:
        raise RefusedError("AuthorizationHeaderMalformed", status=400) from None
