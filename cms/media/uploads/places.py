"""Where the bytes of an upload go: this machine's disk, or parts of an object in a bucket."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from django.core.files.storage import FileSystemStorage, storages

from cms.media.uploads.tickets import Upload
from fitness.core.errors import ConflictError


class IncompleteError(ConflictError):
    """Not everything has arrived yet, or a part came before the one that it follows."""

    code = "upload_incomplete"


@dataclass(frozen=True, slots=True)
class Next:
    """Where the next part is to be sent by ``PUT``, and how long it is."""

    url: str
    size: int


class Place(Protocol):
    def begin(self, upload: Upload) -> Upload:
        """Make room; the upload that comes back is the one to sign."""

    def received(self, upload: Upload) -> int:
        """How many bytes from the beginning are safe; raises ``UploadGoneError``."""

    def next_part(self, upload: Upload, *, received: int, token: str) -> Next: ...

    def finish(self, upload: Upload) -> None:
        """Turn the parts into the file; twice is once. Raises ``IncompleteError``."""

    def is_finished(self, upload: Upload) -> bool: ...

    def head(self, upload: Upload, size: int) -> bytes:
        """The first bytes of the finished file."""

    def abort(self, upload: Upload) -> None:
        """Throw away whatever is there, finished or not; twice is once."""

    def forget(self, *, before: dt.datetime, kept: set[str]) -> int:
        """Throw away what was not touched since and is not kept, and say how much it was."""


def place() -> Place:
    """The one that the private storage is."""
    from cms.media.uploads.bucket import BucketPlace
    from cms.media.uploads.disk import DiskPlace

    storage = storages["private"]
    return DiskPlace(storage) if isinstance(storage, FileSystemStorage) else BucketPlace(storage)
