"""Forms that have us write a letter to whoever is named in them."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

from fitness.core import limits
from fitness.core.http import client_address

type View = Callable[..., HttpResponse]


def counted(name: str, view: View) -> View:
    """Count what the form of a page sends off; shown again with its errors it has sent nothing."""

    @wraps(view)
    def counting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        account = request.POST.get("email")
        with limits.attempt(name, address=client_address(request), account=account) as attempt:
            response = view(request, *args, **kwargs)
            if response.status_code == HTTPStatus.OK:
                attempt.forgive()
            return response

    return counting
