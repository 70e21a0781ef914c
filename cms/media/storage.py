"""Private files on local disk: every address is signed and ends."""

from pathlib import Path

from django.conf import settings
from django.core import signing
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from django.utils.deconstruct import deconstructible
from django.utils.functional import cached_property

_signer = signing.TimestampSigner(salt="cms.media.private")


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
        signed = _signer.sign(name or "")
        token = signed.removeprefix(f"{name}:")
        return reverse("private_media", args=[token, name])


def is_signed(*, name: str, token: str) -> bool:
    """Whether the address was made by us for this very file, and has not ended."""
    try:
        _signer.unsign(f"{name}:{token}", max_age=settings.PLAYBACK_MINUTES * 60)
    except signing.BadSignature:
        return False
    return True
