"""Stripe's errors, in Stripe's words and statuses."""

from typing import Any


class ApiError(Exception):
    """An answer other than 2xx; ``body`` is the JSON that Stripe would send."""

    def __init__(self, status: int, message: str, *, kind: str, **details: Any) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.code: str | None = details.get("code")
        self.decline_code: str | None = details.get("decline_code")
        given = {name: value for name, value in details.items() if value is not None}
        self.body: dict[str, Any] = {"error": {"type": kind, "message": message, **given}}


def invalid(
    message: str, *, param: str | None = None, code: str | None = None, status: int = 400
) -> ApiError:
    return ApiError(status, message, kind="invalid_request_error", param=param, code=code)


def missing(kind: str, object_id: str, *, param: str | None = None) -> ApiError:
    """A 404 for an id in the path, a 400 for one in a parameter."""
    words = kind.replace("_", " ").replace("checkout.", "checkout ")
    return invalid(
        f"No such {words}: '{object_id}'",
        param=param or "id",
        code="resource_missing",
        status=400 if param else 404,
    )


def unknown_url(method: str, path: str) -> ApiError:
    return invalid(f"Unrecognized request URL ({method}: {path}).", status=404)


def unauthorized(message: str) -> ApiError:
    return invalid(message, status=401)


def internal(message: str = "An error occurred inside the stand-in.") -> ApiError:
    return ApiError(500, message, kind="api_error")


def key_used_differently(key: str) -> ApiError:
    return ApiError(
        400,
        "Keys for idempotent requests can only be used with the same endpoint and parameters they"
        f" were first used with. Try using a key other than '{key}'.",
        kind="idempotency_error",
    )
