"""Private files: every address is signed, for one file or one folder, and ends.

A video in rungs (HLS) is many files that name each other. They lie in a folder of their own, and
the signature is of the folder: it stands in the path before the name, so that what a playlist
refers to by a relative name is signed along with it.
"""

import datetime as dt
import mimetypes
import posixpath
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.core import signing
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from django.utils import timezone
from django.utils.deconstruct import deconstructible
from django.utils.functional import cached_property

HLS = "hls"
# ``hls/<video>/<hash of the source>/``
_FOLDER_PARTS = 3
PLAYLIST = ".m3u8"
_CONTENT_TYPES = {
    PLAYLIST: "application/vnd.apple.mpegurl",
    ".m4s": "video/iso.segment",
    ".ts": "video/mp2t",
    ".vtt": "text/vtt; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
_signer = signing.Signer(salt="cms.media.private")


@deconstructible(path="cms.media.storage.PrivateFileStorage")
class PrivateFileStorage(FileSystemStorage):
    """Keeps files where no static route reaches; what a private bucket is on one machine."""

    @cached_property
    def base_location(self) -> str:
        return str(settings.PRIVATE_MEDIA_ROOT)

    @cached_property
    def location(self) -> str:
        return str(Path(self.base_location).resolve())

    def url(self, name: str | None) -> str:
        """An address that opens this one file for ``PLAYBACK_MINUTES``."""
        return signed_address(name or "", now=timezone.now())


def playback_ends_at(now: dt.datetime) -> dt.datetime:
    """When the address of a film that is made now stops working."""
    return now + dt.timedelta(minutes=settings.PLAYBACK_MINUTES)


def picture_ends_at(now: dt.datetime) -> dt.datetime:
    """When the address of a picture that is made now stops working.

    Every address of the same half day is one address, so that browsers keep the picture.
    """
    slot = settings.PICTURE_HOURS * 3600 // 2
    return dt.datetime.fromtimestamp((now.timestamp() // slot + 2) * slot, tz=dt.UTC)


def signed_address(name: str, *, now: dt.datetime, ends_at: dt.datetime | None = None) -> str:
    """An address of ours that opens the file, and what else is of its folder if it is HLS.

    It ends after ``PLAYBACK_MINUTES`` unless another end is named.
    """
    token = signature_of(name, ends_at=ends_at or playback_ends_at(now))
    return reverse("private_media", args=[token, name])


def signature_of(name: str, *, ends_at: dt.datetime) -> str:
    """A token that says until when the name is open to whoever has it."""
    ends = int(ends_at.timestamp())
    return f"{ends}.{_signer.signature(_signed(name, ends))}"


def end_of(*, name: str, token: str, now: dt.datetime) -> dt.datetime | None:
    """When the address ends; ``None`` for one that has ended or that we did not make."""
    ends, _, signature = token.partition(".")
    if not (ends.isascii() and ends.isdecimal()) or not is_plain(name):
        return None
    try:
        _signer.unsign(f"{_signed(name, int(ends))}{_signer.sep}{signature}")
    except signing.BadSignature:
        return None
    end = dt.datetime.fromtimestamp(int(ends), tz=dt.UTC)
    return end if end > now else None


def is_plain(name: str) -> bool:
    """Whether a name means what it says: nothing in it climbs, hides or begins at the root."""
    return (
        bool(name)
        and posixpath.normpath(name) == name
        and not name.startswith(("/", "../"))
        and name != ".."
        and not any(odd in name for odd in ("\\", "\0"))
        and ".." not in unquote(name).split("/")
    )


def content_type_of(name: str) -> str:
    """What players expect of HLS, and what the name says of everything else."""
    suffix = posixpath.splitext(name)[1].lower()
    known = _CONTENT_TYPES.get(suffix) or mimetypes.guess_type(name)[0]
    return known or "application/octet-stream"


def _signed(name: str, ends: int) -> str:
    return f"{ends}:{_scope(name)}"


def _scope(name: str) -> str:
    """What the signature is of: a folder of HLS, or the one file."""
    parts = name.split("/")
    if parts[0] == HLS and len(parts) > _FOLDER_PARTS:
        return "/".join(parts[:_FOLDER_PARTS]) + "/"
    return name
