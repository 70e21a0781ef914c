"""Private files over HTTP, part by part, so that a player can seek."""

import datetime as dt
import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage, storages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.media.playlists import BrokenPlaylistError, signed_playlist
from cms.media.storage import PLAYLIST, content_type_of, end_of

_CHUNK = 256 * 1024
_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@require_safe
def private_media(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """A private file, or the part of it that the player asks for."""
    now = timezone.now()
    ends_at = end_of(name=name, token=token, now=now)
    if ends_at is None:
        return HttpResponseForbidden("This address has ended or was changed. Start again.")
    storage = storages["private"]
    if not isinstance(storage, FileSystemStorage):
        response = _playlist(name, ends_at=ends_at, now=now)
    elif settings.MEDIA_ACCEL_PREFIX:
        response = _sent_by_nginx(name)
    else:
        response = _sent_by_us(request, storage, name)
    response["Cache-Control"] = "private, no-store"
    return response


def _playlist(name: str, *, ends_at: dt.datetime, now: dt.datetime) -> HttpResponseBase:
    """In a bucket only playlists come through us; everything else is asked for there."""
    if not name.endswith(PLAYLIST):
        raise Http404
    try:
        text = signed_playlist(name, ends_at=ends_at, now=now)
    except (FileNotFoundError, BrokenPlaylistError):
        raise Http404 from None
    return HttpResponse(text, content_type=content_type_of(name))


def _sent_by_nginx(name: str) -> HttpResponseBase:
    """nginx reads the file, in parts as asked, and never shows the location to anybody."""
    return HttpResponse(
        content_type=content_type_of(name),
        headers={"X-Accel-Redirect": f"{settings.MEDIA_ACCEL_PREFIX.rstrip('/')}/{quote(name)}"},
    )


def _sent_by_us(request: HttpRequest, storage: FileSystemStorage, name: str) -> HttpResponseBase:
    path = _path_of(storage, name)
    size = path.stat().st_size
    span = _span(request, size)
    if span is None:
        return HttpResponse(
            status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            headers={"Content-Range": f"bytes */{size}"},
        )
    start, end, is_part = span
    response = _body(request, path, start, end)
    response.status_code = HTTPStatus.PARTIAL_CONTENT if is_part else HTTPStatus.OK
    response["Content-Type"] = content_type_of(name)
    response["Content-Length"] = str(end - start)
    response["Accept-Ranges"] = "bytes"
    if is_part:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


def _path_of(storage: FileSystemStorage, name: str) -> Path:
    try:
        path = Path(storage.path(name))
    except SuspiciousFileOperation:
        raise Http404 from None
    if not path.is_file():
        raise Http404
    return path


def _span(request: HttpRequest, size: int) -> tuple[int, int, bool] | None:
    """The bytes asked for (end excluded) and whether they are a part; ``None`` for none at all.

    A header that says nothing usable asks for the whole file.
    """
    match = _ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
    if match is None or "If-Range" in request.headers or match.groups() == ("", ""):
        return 0, size, False
    first, last = match.groups()
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
    return (start, end, True) if start < end else None


def _body(request: HttpRequest, path: Path, start: int, end: int) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse()
    return StreamingHttpResponse(_chunks(path, start, end))


def _chunks(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        left = end - start
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
