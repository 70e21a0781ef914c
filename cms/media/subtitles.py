"""Captions inside a film's playlists, for players that show nothing beside them: phones, Safari.

None of it is a file: what an editor changes is shown with the next playlist that is asked for.
The names lie in the film's own folder, so that its one signature opens them too.
"""

import posixpath
import re
from typing import Any

import av
from av.error import FFmpegError
from django.core.files.storage import storages

from cms.media.models import Caption, Transcode

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_MASTER = re.compile(rf"hls/(?P<film>{_UUID})/[^/]+/master\.m3u8")
_SAID = re.compile(rf"(?P<folder>hls/(?P<film>{_UUID})/[^/]+)/said/(?P<uid>{_UUID})\.(?P<kind>\w+)")
_VARIANT = "#EXT-X-STREAM-INF:"
_TICKS_A_SECOND = 90_000


def captions_for(name: str) -> list[Caption]:
    """The captions that a playlist offers if it is a film's first one: one query for that."""
    found = _MASTER.fullmatch(name)
    if not found:
        return []
    return list(Caption.objects.filter(video__uid=found["film"]).order_by("language"))


def with_captions(playlist: str, captions: list[Caption]) -> str:
    """A film's first playlist, which offers the captions with every size of the film."""
    lines, labels = playlist.splitlines(), [caption.label for caption in captions]
    offered = [_offer(caption, is_alone=labels.count(caption.label) == 1) for caption in captions]
    first = next((at for at, line in enumerate(lines) if line.startswith(_VARIANT)), len(lines))
    told = [
        f'{line},SUBTITLES="said"' if line.startswith(_VARIANT) else line for line in lines[first:]
    ]
    return "\n".join([*lines[:first], *offered, *told]) + "\n"


def said_in(name: str) -> str | None:
    """What lies under a name that a playlist gave to captions: their own playlist, or WebVTT."""
    found = _SAID.fullmatch(name)
    if not found:
        return None
    captions = Caption.objects.filter(uid=found["uid"], video__uid=found["film"])
    caption = captions.select_related("video").first()
    if caption is None:
        return None
    if found["kind"] == "m3u8":
        return _playlist(caption)
    return _timed(caption, found["folder"]) if found["kind"] == "vtt" else None


def _offer(caption: Caption, *, is_alone: bool) -> str:
    label = caption.label if is_alone else f"{caption.label} ({caption.language})"
    label = re.sub(r'["\r\n]', "'", label)
    return (
        f'#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="said",NAME="{label}",LANGUAGE="{caption.language}",'
        f'DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI="said/{caption.uid}.m3u8"'
    )


def _playlist(caption: Caption) -> str:
    """All of it in one segment, as RFC 8216 (6.2.4) lets subtitles be."""
    seconds = max(caption.video.duration_seconds, 1)
    return (
        f"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:{seconds}\n#EXT-X-PLAYLIST-TYPE:VOD\n"
        f"#EXTINF:{seconds}.0,\n{caption.uid}.vtt\n#EXT-X-ENDLIST\n"
    )


def _timed(caption: Caption, folder: str) -> str:
    """The captions, told where in the stream's own time the film begins: that is not at zero."""
    head, _, rest = caption.text.partition("\n")
    tick = _first_tick(caption.video_id, folder)
    return f"{head}\nX-TIMESTAMP-MAP=MPEGTS:{tick},LOCAL:00:00:00.000\n{rest}"


def _first_tick(video_id: int, folder: str) -> int:
    """Where the stream's time begins, in ticks of MPEG; looked up once for a version of a film."""
    kept = Transcode.objects.filter(video=video_id, stream_folder=folder)
    known: int | None = kept.values_list("first_tick", flat=True).first()
    if known is not None:
        return known
    tick = _measured(f"{folder}/master.m3u8")
    Transcode.objects.filter(video=video_id).update(first_tick=tick, stream_folder=folder)
    return tick


def _measured(name: str) -> int:
    """The first tick in the first segment; zero where there is none that can be read."""
    storage: Any = storages["private"]
    try:
        while name.endswith(".m3u8"):
            with storage.open(name) as file:
                lines = file.read().decode().splitlines()
            first = next(line for line in lines if line and not line.startswith("#"))
            name = posixpath.join(posixpath.dirname(name), first)
        with storage.open(name) as file, av.open(file, mode="r", format="mpegts") as segment:
            return round((segment.start_time or 0) * _TICKS_A_SECOND / av.time_base)
    except (OSError, FFmpegError, StopIteration):
        return 0
