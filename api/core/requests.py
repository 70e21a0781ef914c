"""The request as a view behind ``IsAuthenticated`` sees it."""

from rest_framework.request import Request

from fitness.accounts.models import User


class MemberRequest(Request):
    """A request with a signed-in member; ``user.profile`` is loaded."""

    user: User


def member_id(request: Request) -> int | None:
    """The id of the member who asks, or ``None`` for a visitor."""
    return request.user.pk if request.user.is_authenticated else None
