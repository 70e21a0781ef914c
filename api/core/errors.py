"""Every refusal leaves as an RFC 9457 problem document; clients branch on its ``type``."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions

from api.core.answers import json_bytes
from fitness.core.errors import DomainError
from fitness.core.limits import LimitReachedError

CONTENT_TYPE = "application/problem+json"


class BodyTooLargeError(exceptions.APIException):
    status_code = 413
    default_code = "body_too_large"
    default_detail = "The body is larger than any request needs to be; send less at a time."


def problem(status: int, code: str, detail: str, **extra: Any) -> dict[str, Any]:
    """A problem document: what kind of problem, and what to do about it."""
    return {
        "type": f"urn:fitcore:problem:{code.replace('_', '-')}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **extra,
    }


def problem_response(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """DRF's exception handler. What nobody foresaw is ``None``: a bug, for the tracker."""
    if isinstance(error, DomainError):
        return domain_problem(error)
    api_error = _as_api_error(error)
    if api_error is None:
        return None
    return _response(api_error.status_code, _document(api_error), _headers(api_error))


def domain_problem(error: DomainError) -> HttpResponse:
    """A refusal of the product's rules, with when to try again where that helps."""
    body = problem(error.status, error.code, str(error), **error.extra)
    return _response(error.status, body, _retry(error))


def problem_answer(status: int, code: str, detail: str, **extra: Any) -> HttpResponse:
    """A problem that no exception carries, such as an unknown path under ``/api/``."""
    return _response(status, problem(status, code, detail, **extra), {})


def unknown_path(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    return problem_answer(404, "not_found", "There is nothing at this address.")


def _as_api_error(error: Exception) -> exceptions.APIException | None:
    if isinstance(error, exceptions.APIException):
        return error
    if isinstance(error, Http404):
        return exceptions.NotFound("There is no such thing, or it is not yours to see.")
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, RequestDataTooBig):
        return BodyTooLargeError()
    if isinstance(error, SuspiciousOperation):
        return exceptions.ParseError("The request is malformed.")
    return None


def _document(error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, exceptions.ValidationError):
        errors = list(_flatten(error.detail, ""))
        return problem(error.status_code, "validation", "Some fields are not right.", errors=errors)
    detail: Any = error.detail
    if isinstance(detail, dict):  # simplejwt wraps its reasons
        detail = detail.get("detail", "")
    code = getattr(detail, "code", None) or error.default_code
    return problem(error.status_code, str(code), str(detail))


def _flatten(detail: Any, pointer: str) -> Iterator[dict[str, str]]:
    """One entry a message, each with the JSON pointer to the field it is about."""
    if isinstance(detail, dict):
        for field, inner in detail.items():
            step = "" if field == "non_field_errors" else f"/{field}"
            yield from _flatten(inner, pointer + step)
    elif isinstance(detail, list):
        for index, inner in enumerate(detail):
            is_nested = isinstance(inner, dict | list)
            yield from _flatten(inner, f"{pointer}/{index}" if is_nested else pointer)
    else:
        code = str(getattr(detail, "code", "invalid"))
        yield {"pointer": pointer, "code": code, "detail": str(detail)}


def _headers(error: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return headers


def _retry(error: DomainError) -> dict[str, str]:
    if isinstance(error, LimitReachedError):
        return {"Retry-After": str(error.retry_after)}
    return {"Retry-After": "5"} if error.status in {409, 503} else {}


def _response(status: int, body: dict[str, Any], headers: dict[str, str]) -> HttpResponse:
    content = json_bytes(body)
    return HttpResponse(content, status=status, content_type=CONTENT_TYPE, headers=headers)
