"""JSON out: structs go to bytes in one step, a quarter of the time that serializers take."""

import hashlib
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.request import Request

_encoder = msgspec.json.Encoder(decimal_format="number")


def json_bytes(data: Any) -> bytes:
    """Structs, dataclasses and plain data as JSON; aware times as RFC 3339 with ``Z``."""
    return _encoder.encode(data)


def personal_answer(data: Any, *, status: int = 200) -> HttpResponse:
    """An answer about one member: kept by nobody on the way."""
    answer = HttpResponse(json_bytes(data), status=status, content_type="application/json")
    answer["Cache-Control"] = "no-store"
    return answer


def shared_answer(request: Request, data: Any) -> HttpResponseBase:
    """Content that many read: with an ETag, answering 304 to who has it already.

    A signed-in member's answer may differ by their rights, so only a visitor's is public.
    """
    body = json_bytes(data)
    is_public = not request.user.is_authenticated
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = HttpResponse(body, content_type="application/json")
    answer["ETag"] = etag
    answer["Cache-Control"] = "public, max-age=60" if is_public else "private, no-cache"
    answer["Vary"] = "Authorization"
    django_request: HttpRequest = request._request  # noqa: SLF001  (DRF has no public name)
    conditional = get_conditional_response(django_request, etag=etag, response=answer)
    return answer if conditional is None else conditional
