"""What wraps every request and is ours."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse
from django_structlog.middlewares import RequestMiddleware

from config.errors import too_many_requests
from fitness.core.http import client_address
from fitness.core.limits import LimitReachedError


class LogRequests(RequestMiddleware):
    """Begins and ends a request in the log, with the address that limits count by."""

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        structlog.contextvars.bind_contextvars(ip=client_address(request))


class RefuseTooMany:
    """Answers 429 wherever a limit is reached: with a page, or in the API's words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, LimitReachedError):
            return too_many_requests(request, error)
        return None
