"""Uploads to this machine: a file that grows, and is renamed when it is whole."""

import datetime as dt
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol

from django.core.files.storage import FileSystemStorage
from django.urls import reverse

from cms.media.uploads.places import IncompleteError, Next
from cms.media.uploads.tickets import FOLDER, Upload, UploadGoneError

_CHUNK = 256 * 1024
_PART = ".part"


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class DiskPlace:
    def __init__(self, storage: FileSystemStorage) -> None:
        self._storage = storage

    def begin(self, upload: Upload) -> Upload:
        part = self._part(upload)
        part.parent.mkdir(parents=True)
        part.touch()
        return upload

    def received(self, upload: Upload) -> int:
        for path in (self._part(upload), self._whole(upload)):
            with suppress(FileNotFoundError):
                return path.stat().st_size
        raise UploadGoneError

    def next_part(self, upload: Upload, *, received: int, token: str) -> Next:
        return Next(
            url=reverse("upload_part", args=[token, received]),
            size=min(upload.part_bytes, upload.size - received),
        )

    def write(self, upload: Upload, source: Readable, *, offset: int) -> None:
        """Add what comes, from ``offset`` on; what is there already is left as it is.

        Every bit that arrived before a connection was cut stays. Nothing is locked while we wait
        for the editor's line: two connections with the same part both find their bytes written.
        """
        while chunk := source.read(_CHUNK):
            with self._opened(upload) as file:
                end = file.seek(0, os.SEEK_END)
                if offset > end or offset + len(chunk) > upload.size:
                    raise IncompleteError("This part does not follow what has arrived.")
                file.write(chunk[end - offset :])
            offset += len(chunk)

    def finish(self, upload: Upload) -> None:
        if self.is_finished(upload):
            return
        if self.received(upload) != upload.size:
            raise IncompleteError("The file has not arrived whole.")
        with suppress(FileNotFoundError):  # a twin was faster
            self._part(upload).replace(self._whole(upload))

    def is_finished(self, upload: Upload) -> bool:
        return self._whole(upload).is_file()

    def head(self, upload: Upload, size: int) -> bytes:
        with self._whole(upload).open("rb") as file:
            return file.read(size)

    def abort(self, upload: Upload) -> None:
        shutil.rmtree(self._part(upload).parent, ignore_errors=True)

    def forget(self, *, before: dt.datetime, kept: set[str]) -> int:
        forgotten = 0
        root = Path(self._storage.path(FOLDER))
        for folder in root.iterdir() if root.is_dir() else ():
            files = list(folder.iterdir())
            touched = max(path.stat().st_mtime for path in (folder, *files))
            if touched >= before.timestamp():
                continue
            if any(f"{FOLDER}/{folder.name}/{path.name}" in kept for path in files):
                continue
            shutil.rmtree(folder, ignore_errors=True)
            forgotten += 1
        return forgotten

    @contextmanager
    def _opened(self, upload: Upload) -> Iterator[IO[bytes]]:
        try:
            with self._part(upload).open("r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield file
        except FileNotFoundError:
            raise UploadGoneError from None

    def _whole(self, upload: Upload) -> Path:
        return Path(self._storage.path(upload.name))

    def _part(self, upload: Upload) -> Path:
        return Path(self._storage.path(upload.name + _PART))
