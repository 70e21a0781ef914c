"""What the last approval of a page does. Read while Wagtail's own models are: it imports none."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class NotReadyError(Exception):
    """A page was to be published that its checks keep back; nothing has happened to it."""

    def __init__(self, page: Any, reasons: list[str]) -> None:
        self.page = page
        super().__init__(f"“{page}” is not ready: {' '.join(reasons)}")


def publish_when_ready(workflow_state: Any, user: Any = None) -> None:
    """Publish what the last approval was for; raise ``NotReadyError`` if its checks find errors.

    The approval is undone with it: the page stays in moderation.
    """
    revision = workflow_state.content_object.get_latest_revision()
    page = revision.as_object()
    if hasattr(page, "check_ready"):
        try:
            page.check_ready()
        except ValidationError as error:
            raise NotReadyError(page, error.messages) from None
    revision.publish(user=user)


class SendBackWhatIsNotReady:
    """Wherever a page was to be published that is not ready, its editor is told why, beside it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, NotReadyError):
            return None
        messages.error(request, str(error))
        return redirect("wagtailadmin_pages:edit", error.page.pk)
