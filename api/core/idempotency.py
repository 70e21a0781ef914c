"""Phones resend after a lost connection: the same ``Idempotency-Key`` does a thing once.

The memory of an answer commits together with what the request did, so that a crash leaves
both or neither. Refused requests are not remembered: they changed nothing.
"""

import functools
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from api.core.models import AnsweredRequest
from api.core.requests import member_id
from fitness.core.errors import ConflictError, DomainError

HEADER = "Idempotency-Key"
_KEY_LENGTH = 255

type Handler = Callable[..., HttpResponse]


class KeyReusedError(DomainError):
    code = "idempotency_key_reused"


class StillInFlightError(ConflictError):
    code = "request_in_flight"


def idempotent(handler: Handler) -> Handler:
    """A ``post`` whose effects are rows: they and the memory of them are one transaction."""

    @functools.wraps(handler)
    def post(self: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key_of(request)
        if key is None:
            return handler(self, request, *args, **kwargs)
        with transaction.atomic():
            _lock("pg_try_advisory_xact_lock", request, key)
            return _once(handler, self, request, key, *args, **kwargs)

    return _marked(post)


def idempotent_across_services(handler: Handler) -> Handler:
    """A ``post`` that calls an outside service, and so cannot be one transaction.

    The service's own idempotency key, derived from ours and kept before the call, makes a
    repeat after a crash harmless.
    """

    @functools.wraps(handler)
    def post(self: Any, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        key = _key_of(request)
        if key is None:
            return handler(self, request, *args, **kwargs)
        with _session_lock(request, key):
            return _once(handler, self, request, key, *args, **kwargs)

    return _marked(post)


def _marked(post: Handler) -> Handler:
    """Let the OpenAPI document see that the operation takes the header."""
    vars(post)["is_idempotent"] = True
    return post


def _once(
    handler: Handler, view: Any, request: Request, key: str, *args: Any, **kwargs: Any
) -> HttpResponse:
    fingerprint = _fingerprint_of(request)
    answered = AnsweredRequest.objects.filter(user=request.user.pk, key=key).first()
    if answered is not None:
        return _replay(answered, fingerprint)
    answer = handler(view, request, *args, **kwargs)
    AnsweredRequest.objects.create(
        user_id=member_id(request) or 0,
        key=key,
        fingerprint=fingerprint,
        status=answer.status_code,
        body=answer.content,
    )
    return answer


def _replay(answered: AnsweredRequest, fingerprint: str) -> HttpResponse:
    if answered.fingerprint != fingerprint:
        raise KeyReusedError("This Idempotency-Key was used for another request; make a new one.")
    answer = HttpResponse(
        bytes(answered.body), status=answered.status, content_type="application/json"
    )
    answer["Idempotent-Replayed"] = "true"
    answer["Cache-Control"] = "no-store"
    return answer


def _key_of(request: Request) -> str | None:
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not (0 < len(key) <= _KEY_LENGTH and key.isascii() and key.isprintable()):
        raise ValidationError({HEADER: [f"Give 1 to {_KEY_LENGTH} printable ASCII characters."]})
    return key


def _fingerprint_of(request: Request) -> str:
    parts = [request.method or "", request.get_full_path(), repr(request.data)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _lock(function: str, request: Request, key: str) -> int:
    digest = hashlib.sha256(f"{request.user.pk}\n{key}".encode()).digest()
    number = int.from_bytes(digest[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [number])
        (is_ours,) = cursor.fetchone()
    if not is_ours:
        raise StillInFlightError("The first request with this key is still being answered.")
    return number


@contextmanager
def _session_lock(request: Request, key: str) -> Iterator[None]:
    number = _lock("pg_try_advisory_lock", request, key)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
