"""Refusals that a member can understand. The API renders them as problem documents."""

from typing import ClassVar


class DomainError(Exception):
    """The request is well formed, but the rules of the product say no (HTTP 422).

    ``code`` names the rule for programs and becomes the problem's ``type``; the message is a
    sentence for people that says what to do.
    """

    status: ClassVar[int] = 422
    code: ClassVar[str] = "refused"

    def __init__(self, message: str, **extra: object) -> None:
        super().__init__(message)
        self.extra = extra


class ConflictError(DomainError):
    """The request contradicts what is already there (HTTP 409)."""

    status = 409
    code = "conflict"


class MissingError(DomainError):
    """There is no such thing, or it is not the caller's to see (HTTP 404)."""

    status = 404
    code = "not_found"


class UnavailableError(DomainError):
    """A service that we need does not answer now; trying again later is safe (HTTP 503)."""

    status = 503
    code = "unavailable"


class MayNotError(DomainError):
    """Whoever asks is known, and may not do that (HTTP 403)."""

    status = 403
    code = "permission_denied"
