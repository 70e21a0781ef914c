"""Documents: for whoever may open a page on which they stand."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.permissions import policy_registry

from cms.media.addresses import document_name
from cms.media.places import open_place_of
from cms.media.sending import lies_here, send
from cms.media.storage import end_of
from fitness.accounts.models import User

# Who may do one of these with a document in the admin may read it before it stands anywhere.
_EDITING = ["add", "change", "choose"]
_SAFE = {"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff"}


@require_safe
def document(request: HttpRequest, pk: int, filename: str) -> HttpResponseBase:
    """The document, or the page that says what opens it; one that stands nowhere is unknown."""
    found = get_object_or_404(get_document_model(), pk=pk)
    if found.filename != filename:
        raise Http404
    if _has_address(request, pk) or _may_edit(request.user, found):
        return _sent(request, found)
    opened, locked = open_place_of(found, user_id=request.user.pk, now=timezone.now())
    if opened:
        return _sent(request, found)
    if locked is None:
        raise Http404
    return _private(HttpResponseRedirect(locked.page.url or "/"))


def _has_address(request: HttpRequest, pk: int) -> bool:
    """Whether the app got this address, signed, with a page that was open to its member."""
    token = request.GET.get("token", "")
    return end_of(name=document_name(pk), token=token, now=timezone.now()) is not None


def _may_edit(user: Any, found: Any) -> bool:
    if not isinstance(user, User) or not user.is_staff:
        return False
    policy = policy_registry.get_by_type(type(found))
    return bool(policy.user_has_any_permission_for_instance(user, _EDITING, found))


def _sent(request: HttpRequest, found: Any) -> HttpResponseBase:
    """Nothing in it is run: a document may be a page of somebody else's."""
    name = str(found.file.name)
    response = send(request, name)
    if lies_here():
        response["Content-Disposition"] = found.content_disposition
        for header, value in _SAFE.items():
            response[header] = value
    return _private(response)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ("Cookie",))
    return response
