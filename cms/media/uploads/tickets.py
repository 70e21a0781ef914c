"""What is known of an upload, signed, in the hands of the editor who began it."""

import uuid
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import ClassVar

from django.conf import settings
from django.core import signing
from django.utils.text import get_valid_filename

from fitness.core.errors import DomainError

FOLDER = "uploads"
_SALT = "cms.media.uploads"
_LONGEST_STEM = 80


class UploadGoneError(DomainError):
    """The upload ended, was given up, or is somebody else's."""

    status: ClassVar[int] = 410
    code = "upload_gone"

    def __init__(self) -> None:
        super().__init__("This upload is no longer here. Choose the file again.")


@dataclass(frozen=True, slots=True)
class Upload:
    """One file on its way in. ``name`` is the one it will have in the private storage."""

    uid: str
    user_id: int
    name: str
    size: int
    part_bytes: int
    multipart: str = ""

    @property
    def file_name(self) -> str:
        return PurePosixPath(self.name).name


def new_upload(*, user_id: int, file_name: str, size: int) -> Upload:
    """An upload into a folder of its own, so that names never meet."""
    uid = uuid.uuid4().hex
    path = PurePosixPath(get_valid_filename(file_name))
    name = f"{FOLDER}/{uid}/{path.stem[:_LONGEST_STEM]}{path.suffix.lower()}"
    return Upload(uid, user_id, name, size, part_bytes=settings.UPLOAD_PART_BYTES)


def token_of(upload: Upload) -> str:
    return signing.dumps(asdict(upload), salt=_SALT, compress=True)


def upload_of(token: str, *, user_id: int) -> Upload:
    """The editor's own upload; raises ``UploadGoneError``."""
    try:
        fields = signing.loads(token, salt=_SALT, max_age=settings.UPLOAD_HOURS * 3600)
    except signing.BadSignature:
        raise UploadGoneError from None
    upload = Upload(**fields)
    if upload.user_id != user_id:
        raise UploadGoneError
    return upload
