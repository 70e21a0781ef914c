"""The request as views see it."""

from django.http import HttpRequest
from rest_framework.request import Request

from fitness.accounts.models import User
from fitness.accounts.tokens import Claims
from fitness.core.http import client_address


class MemberRequest(Request):
    """A request behind ``IsAuthenticated``: signed in by token, ``user.profile`` is loaded."""

    user: User
    auth: Claims


def member_id(request: Request) -> int | None:
    """The id of the member who asks, or ``None`` for a visitor."""
    return request.user.pk if request.user.is_authenticated else None


def address_of(request: Request) -> str:
    """Where the request comes from, as limits count it."""
    return client_address(django_request(request))


def django_request(request: Request) -> HttpRequest:
    """Django's own request, for libraries that want that."""
    wrapped: HttpRequest = request._request  # noqa: SLF001  (DRF has no public name)
    return wrapped
