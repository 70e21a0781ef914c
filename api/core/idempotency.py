"""Phones resend after a lost connection: the same ``Idempotency-Key`` does a thing once.

The memory of an answer commits together with what the request did, so that a crash leaves
both or neither. Of two that come at once the later finds the memory taken, is undone as a
whole and gets the answer of the first. Refused requests are not remembered: they changed nothing.
"""

import functools
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request

from api.core.models import AnsweredRequest
from api.core.requests import member_id
from fitness.core.errors import ConflictError, DomainError

HEADER = "Idempotency-Key"
_KEY_LENGTH = 255
_ANSWERED_ONCE = "a_key_is_answered_once"

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
        told = _Told.by(request, key)
        try:
            with transaction.atomic():
                answer = handler(self, request, *args, **kwargs)
                told.remember(answer)
                return answer
        except (DomainError, APIException) as refusal:
            # What was done already may look like a conflict to who asks for it again.
            return told.answer_to(refusal)
        except IntegrityError as error:
            if _ANSWERED_ONCE not in str(error):
                raise
            return told.answer_to(error)

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
        told = _Told.by(request, key)
        with _locked(told):
            if (answered := told.answered()) is not None:
                return answered
            answer = handler(self, request, *args, **kwargs)
            told.remember(answer)
            return answer

    return _marked(post)


def _marked(post: Handler) -> Handler:
    """Let the OpenAPI document see that the operation takes the header."""
    vars(post)["is_idempotent"] = True
    return post


@dataclass(frozen=True, slots=True)
class _Told:
    """A request under the key that its sender gave it."""

    user_id: int
    key: str
    fingerprint: str

    @classmethod
    def by(cls, request: Request, key: str) -> Self:
        parts = [request.method or "", request.get_full_path(), repr(request.data)]
        fingerprint = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        return cls(member_id(request) or 0, key, fingerprint)

    def answered(self) -> HttpResponse | None:
        """The answer that was given before. Raises ``KeyReusedError``; one query."""
        answered = AnsweredRequest.objects.filter(user=self.user_id, key=self.key).first()
        if answered is None:
            return None
        if answered.fingerprint != self.fingerprint:
            raise KeyReusedError(
                "This Idempotency-Key was used for another request; make a new one."
            )
        answer = HttpResponse(
            bytes(answered.body), status=answered.status, content_type="application/json"
        )
        answer["Idempotent-Replayed"] = "true"
        answer["Cache-Control"] = "no-store"
        return answer

    def answer_to(self, error: Exception) -> HttpResponse:
        """The answer that was given before, or else the error."""
        answered = self.answered()
        if answered is None:
            raise error
        return answered

    def remember(self, answer: HttpResponse) -> None:
        AnsweredRequest.objects.create(
            user_id=self.user_id,
            key=self.key,
            fingerprint=self.fingerprint,
            status=answer.status_code,
            body=answer.content,
        )


def _key_of(request: Request) -> str | None:
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not (0 < len(key) <= _KEY_LENGTH and key.isascii() and key.isprintable()):
        raise ValidationError({HEADER: [f"Give 1 to {_KEY_LENGTH} printable ASCII characters."]})
    return key


@contextmanager
def _locked(told: _Told) -> Iterator[None]:
    digest = hashlib.sha256(f"{told.user_id}\n{told.key}".encode()).digest()
    number = int.from_bytes(digest[:8], signed=True)
    if not _ask("SELECT pg_try_advisory_lock(%s)", number):
        raise StillInFlightError("The first request with this key is still being answered.")
    try:
        yield
    finally:
        _ask("SELECT pg_advisory_unlock(%s)", number)


def _ask(statement: str, number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [number])
        (answer,) = cursor.fetchone()
    return bool(answer)
