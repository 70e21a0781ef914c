"""How a private file is sent to whoever may have it: part by part, so that a player can seek."""

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
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase

from cms.media.storage import content_type_of

_CHUNK = 256 * 1024
_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def lies_here() -> bool:
    """Whether private files lie on this machine, and not in a bucket."""
    return isinstance(storages["private"], FileSystemStorage)


def send(request: HttpRequest, name: str) -> HttpResponseBase:
    """The private file, or the part of it that is asked for; ask only after a decision.

    From a bucket it is fetched by who asks, at an address there that ends within minutes.
    """
    storage = storages["private"]
    if not isinstance(storage, FileSystemStorage):
        return HttpResponseRedirect(storage.url(name))
    if settings.MEDIA_ACCEL_PREFIX:
        return _sent_by_nginx(name)
    return _sent_by_us(request, storage, name)


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
