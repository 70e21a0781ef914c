"""Files and folders of the private and the public storage that nobody needs any more."""

from pathlib import PurePosixPath

from django.core.files.storage import Storage, storages
from django.db import transaction
from django.db.models.fields.files import FieldFile

_STREAMS = "hls"


def streams_folder(uid: object) -> str:
    """Where the streams of a video lie in the private storage, a folder a version of its file."""
    return f"{_STREAMS}/{uid}"


def frames_folder(uid: object) -> str:
    """Where the frames lie of which one may become a video's poster."""
    return f"frames/{uid}"


def discard(file: FieldFile) -> None:
    """Delete a file once the change that made it useless is certain."""
    if file.name:
        storage, name = file.storage, file.name
        transaction.on_commit(lambda: storage.delete(name))


def discard_private(name: str) -> None:
    """The same for a private file whose name is all that is left."""
    if name:
        transaction.on_commit(lambda: storages["private"].delete(name))


def delete_folder(storage: Storage, folder: str, *, keep: str = "") -> None:
    """Delete a folder and what is in it, but for one folder in it; twice is once."""
    try:
        folders, names = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        storage.delete(str(PurePosixPath(folder, name)))
    for name in folders:
        if name and name != keep:
            delete_folder(storage, str(PurePosixPath(folder, name)))
    if not keep:
        storage.delete(folder)
