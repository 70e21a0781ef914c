"""Finished streams on their way into the private storage."""

from pathlib import Path, PurePosixPath
from typing import override

from django.core.files import File
from django.core.files.storage import storages

from cms.media.files import delete_folder
from cms.media.transcoding.ladder import MASTER

_KINDS = {".m3u8": "application/vnd.apple.mpegurl", ".ts": "video/mp2t"}


class _MovedFile(File[bytes]):
    """A file that local storage may move instead of copying it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.open("rb"), name=path.name)
        self.path = path
        self.content_type = _KINDS[path.suffix]

    def temporary_file_path(self) -> str:
        return str(self.path)

    @override
    def close(self) -> None:
        if self.file:
            self.file.close()


def keep_streams(made: Path, *, target: str) -> None:
    """Move streams to where they are played from, the master playlist last of all.

    Whoever finds the master finds all of it. What a killed attempt left there goes first.
    """
    storage = storages["private"]
    delete_folder(storage, target)
    files = [path for path in made.rglob("*") if path.is_file()]
    for path in sorted(files, key=lambda path: (path.name == MASTER, path.suffix == ".m3u8")):
        name = str(PurePosixPath(target, path.relative_to(made).as_posix()))
        with _MovedFile(path) as file:
            storage.save(name, file)
