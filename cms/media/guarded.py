"""Where files of editors lie: in private, unless their folder is one of the few public ones.

What stands for a page or a person before everybody (covers, posters, avatars) is public. All
else is not: the originals of pictures, pictures in stories, thumbnails in the admin, documents.
"""

from datetime import datetime
from typing import IO, Any

from django.core.files.storage import Storage, storages
from django.utils import timezone
from django.utils.deconstruct import deconstructible

from cms.media.storage import picture_ends_at, signed_address

PUBLIC_FOLDERS = frozenset({"images", "posters", "avatars"})
# Pictures that are not public: in stories and in the admin, and as they were uploaded.
PICTURES = frozenset({"renditions", "original_images"})


@deconstructible(path="cms.media.guarded.GuardedStorage")
class GuardedStorage(Storage):
    """Two storages as one. The address of a private file is signed and ends within hours."""

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        name = name or str(content.name)
        kept: str = self._of(name).save(name, content, max_length=max_length)
        return kept

    def url(self, name: str | None) -> str:
        if is_public(name or ""):
            return str(storages["public"].url(name))
        now = timezone.now()
        return signed_address(name or "", now=now, ends_at=picture_ends_at(now))

    def path(self, name: str) -> str:
        return str(self._of(name).path(name))

    def delete(self, name: str) -> None:
        self._of(name).delete(name)

    def exists(self, name: str) -> bool:
        return bool(self._of(name).exists(name))

    def size(self, name: str) -> int:
        return int(self._of(name).size(name))

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        found: tuple[list[str], list[str]] = self._of(path).listdir(path)
        return found

    def get_modified_time(self, name: str) -> datetime:
        at: datetime = self._of(name).get_modified_time(name)
        return at

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return str(self._of(name).get_available_name(name, max_length=max_length))

    def _open(self, name: str, mode: str = "rb") -> IO[Any]:
        file: IO[Any] = self._of(name).open(name, mode)
        return file

    def _of(self, name: str) -> Any:
        return storages["public" if is_public(name) else "private"]


def is_public(name: str) -> bool:
    """Whether the file lies in a folder that everybody may read, or is that folder."""
    return str(name).partition("/")[0] in PUBLIC_FOLDERS and ".." not in name
