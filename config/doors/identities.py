"""Google and Apple: answers that prove nothing count."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from fitness.core import limits
from fitness.core.http import client_address

type View = Callable[..., HttpResponse]


def proving(view: View) -> View:
    """Count the answers of a provider, brought by a browser, that did not sign anybody in."""

    @wraps(view)
    def counting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with limits.attempt("identity", address=client_address(request)) as attempt:
            response = view(request, *args, **kwargs)
            if response.status_code < HTTPStatus.BAD_REQUEST:
                attempt.forgive()
            return response

    return counting


def posted(view: View) -> View:
    """Count what is posted from Apple's page: each is kept for a moment, whoever sent it."""

    @csrf_exempt
    @wraps(view)
    def counting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        limits.spend("posted_answer", address=client_address(request))
        return view(request, *args, **kwargs)

    return counting
