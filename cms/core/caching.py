"""Who may keep an answer, and for how long."""

import hashlib
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from cms.core.previewing import pretended_in

_VISITORS = "public, max-age=60"
_MEMBERS = "private, no-store"


def with_cache_headers(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let caches keep what every visitor sees alike, and nothing that is a member's own.

    A visitor's page never holds a gated body, so the shared copy is the locked or the free one.
    """
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    patch_vary_headers(response, ("Cookie", "HX-Request"))
    if not _is_for_everyone(request, response):
        response["Cache-Control"] = _MEMBERS
        return response
    response["Cache-Control"] = _VISITORS
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    return answer or response


def _is_for_everyone(request: HttpRequest, response: HttpResponse) -> bool:
    # A page with a form holds the visitor's own CSRF token.
    holds_token = request.META.get("CSRF_COOKIE_NEEDS_UPDATE", False)
    return (
        response.status_code == HTTPStatus.OK
        and pretended_in(request) is None
        and request.method in {"GET", "HEAD"}
        and not request.user.is_authenticated
        and not holds_token
    )
