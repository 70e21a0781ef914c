"""Old addresses lead to new ones in one step."""

from http import HTTPStatus
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

_MOST_STEPS = 10


class RedirectMiddleware:
    """Wagtail's redirects without chains.

    Wagtail answers with the next step, and sends the readers of an unpublished page in a circle:
    its redirect leads to an address that is redirected again. Here what is not there, and what
    leads back to itself, stays a 404.
    """

    def __init__(self, get_response: Any) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self._get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND:
            return response
        return _elsewhere(request) or response


def _elsewhere(request: HttpRequest) -> HttpResponse | None:
    """An answer that leads to the last of the addresses that follow each other."""
    full = request.get_full_path()
    paths = [Redirect.normalise_path(path, decode_unicode=False) for path in (full, request.path)]
    found = next((hit for path in dict.fromkeys(paths) if (hit := _redirect(request, path))), None)
    if found is None:
        return None
    seen, is_permanent = {*paths}, True
    for _ in range(_MOST_STEPS):
        is_permanent = is_permanent and found.is_permanent
        target = _target(found)
        step = Redirect.normalise_path(target, decode_unicode=False) if _is_here(target) else ""
        if not target or step in seen:
            return None
        following = _redirect(request, step) if step and not found.redirect_page_id else None
        if following is None:
            kind = HttpResponsePermanentRedirect if is_permanent else HttpResponseRedirect
            return kind(target)
        seen.add(step)
        found = following
    return None


def _redirect(request: HttpRequest, path: str) -> Redirect | None:
    found: Redirect | None = get_redirect(request, path)
    return found


def _target(found: Redirect) -> str:
    page = found.redirect_page
    if page is not None and not page.live:
        return ""
    return found.link or ""


def _is_here(address: str) -> bool:
    return address.startswith("/") and not address.startswith("//")
