"""Uploads over HTTP, for editors who may add or change videos."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import CharField, Form, IntegerField
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.media.uploads.services import (
    State,
    abort_upload,
    finish_upload,
    start_upload,
    state_of,
    take_part,
)
from fitness.core.errors import DomainError

type _View = Callable[..., HttpResponse]


class HeadField(CharField):
    """The first bytes of the file, in base64."""

    def clean(self, value: Any) -> bytes:
        try:
            return base64.b64decode(super().clean(value), validate=True)
        except (binascii.Error, ValueError):
            raise ValidationError("This is no base64.") from None


class StartForm(Form):
    name = CharField(max_length=255)
    size = IntegerField(min_value=0)
    head = HeadField(required=False, max_length=64)


def for_editors_of_videos(view: _View) -> _View:
    """Refusals are JSON: the script on the form shows them."""

    @never_cache
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not any(request.user.has_perm(f"training.{verb}_video") for verb in ("add", "change")):
            return _refusal(403, "forbidden", "You may not upload videos.")
        try:
            return view(request, *args, **kwargs)
        except DomainError as error:
            return _refusal(error.status, error.code, str(error))

    return checked


@require_http_methods(["POST"])
@for_editors_of_videos
def start(request: HttpRequest) -> HttpResponse:
    """Begin: a name, a size and the first bytes."""
    form = StartForm(request.POST)
    if not form.is_valid():
        return _refusal(400, "invalid", "Tell the name, the size and the first bytes of the file.")
    fields = form.cleaned_data
    state = start_upload(
        user_id=_editor(request), file_name=fields["name"], size=fields["size"], head=fields["head"]
    )
    return _state(state, status=201)


@require_http_methods(["GET", "DELETE"])
@for_editors_of_videos
def upload(request: HttpRequest, token: str) -> HttpResponse:
    """What has arrived; or give it up."""
    if request.method == "DELETE":
        abort_upload(token, user_id=_editor(request))
        return HttpResponse(status=204)
    return _state(state_of(token, user_id=_editor(request)))


@require_http_methods(["PUT"])
@for_editors_of_videos
def part(request: HttpRequest, token: str, offset: int) -> HttpResponse:
    """A part of the file, from ``offset`` on."""
    try:
        state = take_part(token, request, user_id=_editor(request), offset=offset)
    except UnreadablePostError:
        return _refusal(400, "cut", "The connection was cut.")
    return _state(state)


@require_http_methods(["POST"])
@for_editors_of_videos
def finish(request: HttpRequest, token: str) -> HttpResponse:
    """All has arrived."""
    stored = finish_upload(token, user_id=_editor(request))
    return JsonResponse({"token": token, "size": stored.size})


def _editor(request: HttpRequest) -> int:
    assert request.user.pk  # noqa: S101 - the admin's door let nobody else in
    return request.user.pk


def _state(state: State, *, status: int = 200) -> JsonResponse:
    return JsonResponse(asdict(state), status=status)


def _refusal(status: int, code: str, detail: str) -> JsonResponse:
    return JsonResponse({"code": code, "detail": detail}, status=status)
