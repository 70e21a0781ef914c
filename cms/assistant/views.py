"""The assistant for an editor's browser: ask, look whether there is an answer, take or leave it."""

import datetime as dt
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from PIL import Image
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.assistant import services
from cms.assistant.models import Kind, State, Suggestion
from cms.core.blocks import StoryBlock
from cms.core.http import MemberRequest
from cms.core.models import CoverImage
from fitness.core import llm
from fitness.core.limits import LimitReachedError

# Longer than two tries take: whoever waited for it is told so.
_GIVEN_UP = dt.timedelta(seconds=120)

_MOST_BYTES = 2 * 1024 * 1024


class NoPictureError(Exception):
    """What was sent along cannot be read as a picture."""


type View = Callable[..., HttpResponse]


def with_key(view: View) -> View:
    """Without a key there is no assistant, and no address of it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not llm.is_on():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@with_key
@require_POST
def ask(request: MemberRequest) -> HttpResponse:
    """Ask for a draft about a page that the editor may change, or a picture they may use."""
    kind = request.POST.get("kind", "")
    if kind not in Kind.values:
        return _trouble("The assistant does not know how to do that.", status=400)
    try:
        on = _page(request) if kind != Kind.ALT_TEXT else _shown(request)
    except NoPictureError:
        return _trouble("This picture can be described once it is uploaded.", status=400)
    try:
        asked = services.ask(editor=request.user, kind=kind, now=timezone.now(), **on)
    except LimitReachedError as error:
        return _trouble(str(error), status=429)
    return JsonResponse({"url": reverse("assistant_answer", args=[asked.uid])}, status=202)


@with_key
@require_safe
@never_cache
def answer(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Whether there is an answer yet, and the answer."""
    asked = get_object_or_404(Suggestion, uid=uid, editor=request.user.pk)
    if asked.state == State.FAILED:
        return JsonResponse({"state": "failed", "trouble": asked.trouble})
    if asked.state == State.WAITING and timezone.now() - asked.asked_at > _GIVEN_UP:
        return JsonResponse(
            {"state": "failed", "trouble": "The assistant did not answer. Try again."}
        )
    told: dict[str, Any] = {"state": asked.state}
    if asked.state == State.READY:
        words = asked.answer
        told |= {"blocks": _form_state(words)} if isinstance(words, list) else {"text": words}
    return JsonResponse(told | {"end": reverse("assistant_end", args=[uid])})


@with_key
@require_POST
def end(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """The editor took the words into the field, or left them."""
    asked = get_object_or_404(Suggestion, uid=uid, editor=request.user.pk)
    services.end(asked=asked, is_accepted=request.POST.get("accepted") == "1")
    return HttpResponse(status=204)


def _page(request: HttpRequest) -> dict[str, Any]:
    page = get_object_or_404(Page, pk=_number(request))
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return {"page": page}


def _shown(request: HttpRequest) -> dict[str, Any]:
    return _sent_picture(request) if "picture" in request.FILES else _picture(request)


def _picture(request: HttpRequest) -> dict[str, Any]:
    image = get_object_or_404(CoverImage, pk=_number(request))
    policy = policy_registry.get_by_type(CoverImage)
    verbs = ["change", "choose"]
    if not policy.user_has_any_permission_for_instance(request.user, verbs, image):
        raise PermissionDenied
    return {"image": image}


def _sent_picture(request: HttpRequest) -> dict[str, Any]:
    """A picture that is about to be uploaded; what is none is refused before anybody is asked."""
    policy = policy_registry.get_by_type(CoverImage)
    if not policy.user_has_permission(request.user, "add"):
        raise PermissionDenied
    file: Any = request.FILES["picture"]
    try:
        if file.size > _MOST_BYTES:
            raise ValueError("too large")  # noqa: TRY301
        return {"sent": services.small_picture(file)}
    except (OSError, ValueError, Image.DecompressionBombError):
        raise NoPictureError from None


def _number(request: HttpRequest) -> int:
    given = request.POST.get("on", "")
    try:
        return int(given)
    except ValueError:
        raise Http404 from None


def _form_state(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks as the editor's form holds them; their text through the rules of rich text."""
    story = StoryBlock()
    shown = []
    for block in blocks:
        value = dict(block["value"])
        told = {"title": value.get("heading", value["text"]), "text": ""}
        if block["type"] == "step":
            told["text"] = value["text"]
            value["text"] = format_html("<p>{}</p>", value["text"])
        child = story.child_blocks[block["type"]]
        state = child.get_form_state(child.normalize(value))
        shown.append({"type": block["type"], "value": state, **told})
    return shown


def _trouble(message: str, *, status: int) -> HttpResponse:
    return JsonResponse({"trouble": message}, status=status)
