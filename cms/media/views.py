"""Private files over HTTP, part by part, so that a player can seek."""

import mimetypes
import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import storages
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseForbidden,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from cms.media.storage import is_signed

_CHUNK = 256 * 1024
_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@require_safe
def private_media(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """A private file, or the part of it that the player asks for."""
    if not is_signed(name=name, token=token):
        return HttpResponseForbidden("This address has ended or was changed. Start again.")
    path = _path_of(name)
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
    response["Content-Type"] = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response["Content-Length"] = str(end - start)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-store"
    if is_part:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


def _path_of(name: str) -> Path:
    try:
        path = Path(storages["private"].path(name))
    except (SuspiciousFileOperation, NotImplementedError):
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
