"""Playlists of a video: what they refer to in a bucket has to be signed one by one."""

import datetime as dt
import posixpath
import re
from urllib.parse import urlsplit

from django.core.files.storage import storages

from cms.media.sending import lies_here
from cms.media.storage import PLAYLIST, is_plain

_REFERENCE = re.compile(r'(?<=URI=")[^"]+(?=")')
_LARGEST_BYTES = 2**20


class BrokenPlaylistError(ValueError):
    """The playlist refers to something outside of its own folder."""


def signed_playlist(name: str, *, ends_at: dt.datetime, now: dt.datetime) -> str:
    """The playlist with addresses of its segments that end when its own does.

    On this machine, and for other playlists everywhere, they stay relative: what they name is
    asked for here again, under the same signature.
    Raises ``FileNotFoundError`` or ``BrokenPlaylistError``.
    """
    with storages["private"].open(name) as file:
        text = file.read(_LARGEST_BYTES).decode()
    seconds = max(int((ends_at - now).total_seconds()), 1)
    folder = posixpath.dirname(name)
    return "\n".join(_line(line, folder, seconds) for line in text.splitlines()) + "\n"


def _line(line: str, folder: str, seconds: int) -> str:
    if line.startswith("#"):
        return _REFERENCE.sub(lambda found: _signed(found[0], folder, seconds), line)
    return _signed(line.strip(), folder, seconds) if line.strip() else line


def _signed(reference: str, folder: str, seconds: int) -> str:
    if urlsplit(reference).scheme or not is_plain(reference):
        raise BrokenPlaylistError(reference)
    if reference.endswith(PLAYLIST) or lies_here():
        return reference
    address: str = storages["private"].url(f"{folder}/{reference}", expire=seconds)  # type: ignore[call-arg]
    return address
