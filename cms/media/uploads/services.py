"""How a large file comes in: begun, sent part by part, finished, and claimed by a form."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.validators import FileExtensionValidator
from django.template.defaultfilters import filesizeformat

from cms.media.models import Transcode
from cms.media.uploads.disk import DiskPlace, Readable
from cms.media.uploads.places import IncompleteError, Next, place
from cms.media.uploads.tickets import (
    FOLDER,
    Upload,
    UploadGoneError,
    new_upload,
    token_of,
    upload_of,
)
from fitness.core.errors import DomainError
from fitness.training.models import Video

HEAD_BYTES = 12
# MP4 and MOV begin with a box, WebM and MKV with a mark; more is found out when it is read.
_FILM = re.compile(rb"\x1aE\xdf\xa3|.{4}(ftyp|moov|mdat|wide|free|skip)", re.DOTALL)
# Between the moment a form claims a file and the moment the video is saved.
_MARGIN = dt.timedelta(hours=1)


class RefusedUploadError(DomainError):
    """The file is not one that we take; the message says why."""

    status: ClassVar[int] = 422
    code = "upload_refused"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that lies in the private storage."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class State:
    """How far an upload is: ``next`` is where to go on, and nothing when all has arrived."""

    token: str
    name: str
    size: int
    received: int
    next: Next | None


def start_upload(*, user_id: int, file_name: str, size: int, head: bytes) -> State:
    """Begin an upload; raises ``RefusedUploadError`` before a single byte is sent in vain."""
    _check(file_name, size, head)
    upload = place().begin(new_upload(user_id=user_id, file_name=file_name, size=size))
    return state_of(token_of(upload), user_id=user_id)


def state_of(token: str, *, user_id: int) -> State:
    """What has arrived, and where the next part goes."""
    upload = upload_of(token, user_id=user_id)
    where = place()
    received = where.received(upload)
    going_on = received < upload.size
    return State(
        token=token,
        name=upload.file_name,
        size=upload.size,
        received=received,
        next=where.next_part(upload, received=received, token=token) if going_on else None,
    )


def take_part(token: str, source: Readable, *, user_id: int, offset: int) -> State:
    """Keep what comes from ``offset`` on; a part that comes twice changes nothing."""
    upload = upload_of(token, user_id=user_id)
    where = place()
    if not isinstance(where, DiskPlace):
        raise UploadGoneError
    where.write(upload, source, offset=offset)
    return state_of(token, user_id=user_id)


def finish_upload(token: str, *, user_id: int) -> StoredFile:
    """Make the parts one file; what turns out to be no film is thrown away and refused."""
    upload = upload_of(token, user_id=user_id)
    where = place()
    where.finish(upload)
    if not _FILM.match(where.head(upload, HEAD_BYTES)):
        where.abort(upload)
        raise RefusedUploadError(_NO_FILM)
    return _stored(upload)


def abort_upload(token: str, *, user_id: int) -> None:
    """Throw the upload away, unless a video has become of it."""
    upload = upload_of(token, user_id=user_id)
    if upload.name not in _in_use():
        place().abort(upload)


def claim_upload(*, token: str, user_id: int) -> StoredFile:
    """The finished upload for the video that a form makes of it; claiming twice is the same.

    Raises ``UploadGoneError`` or ``IncompleteError``.
    """
    upload = upload_of(token, user_id=user_id)
    where = place()
    if not where.is_finished(upload):
        where.received(upload)
        raise IncompleteError("The file has not arrived whole. Wait for the upload to end.")
    return _stored(upload)


def forget_left_over(*, now: dt.datetime) -> int:
    """Delete uploads that nobody can go on with and that no video was made of."""
    before = now - dt.timedelta(hours=settings.UPLOAD_HOURS) - _MARGIN
    return place().forget(before=before, kept=_in_use())


def _check(file_name: str, size: int, head: bytes) -> None:
    try:
        for check in Video.file.field.validators:
            if isinstance(check, FileExtensionValidator):
                check(File(None, name=file_name))
    except ValidationError as error:
        raise RefusedUploadError(" ".join(error.messages)) from None
    if not size:
        raise RefusedUploadError("The file is empty.")
    if size > settings.UPLOAD_LARGEST_BYTES:
        largest = filesizeformat(settings.UPLOAD_LARGEST_BYTES)
        raise RefusedUploadError(f"The file is too large. {largest} is the most.")
    if not _FILM.match(head):
        raise RefusedUploadError(_NO_FILM)


_NO_FILM = "The file is not a video. Use MP4, MOV, WebM or MKV."


def _stored(upload: Upload) -> StoredFile:
    return StoredFile(name=upload.name, size=upload.size)


def _in_use() -> set[str]:
    """The files of videos, and those that a video gets back if its new file is refused."""
    prefix = f"{FOLDER}/"
    files = Video.objects.filter(file__startswith=prefix).values_list("file", flat=True)
    replaced = Transcode.objects.filter(replaced__startswith=prefix)
    return {*files, *replaced.values_list("replaced", flat=True)}
