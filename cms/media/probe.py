"""What a video file says about itself, read from the file and never from its name."""

import io
from dataclasses import dataclass
from typing import IO, Any

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from PIL import Image

_MATROSKA = b"\x1aE\xdf\xa3"
_MP4_BOXES = {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}
_POSTER_SIZE = (1280, 1280)
_POSTER_QUALITY = 82
_POSTER_SHARES = (0.25, 0.5, 0.75)
_LONGEST_SKIP_SECONDS = 5
_LONGEST_SECONDS = 4 * 3600
_MOST_PIXELS = 8192 * 4320
# PQ, as in HDR10, and HLG, as phones record it (numbers of ITU-T H.273).
_HDR = {16: "smpte2084", 18: "arib-std-b67"}


class NotAVideoError(ValueError):
    """The file has no pictures that can be played; the message says what it is instead."""


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """How long a video is and how large it is shown, its rotation applied.

    ``transfer`` is how an HDR film tells brightness, in ffmpeg's words; empty for any other.
    """

    duration_seconds: int
    width: int
    height: int
    rotation: int
    has_sound: bool
    container: str
    transfer: str = ""


def probe(file: IO[bytes]) -> VideoFacts:
    """The facts of a video file; raises ``NotAVideoError`` for anything else."""
    kind = check_first_bytes(file)
    with _open(file) as container:
        frame = _frame(container, at=0)
        rotation = round(frame.rotation) % 360
        width, height = frame.width, frame.height
        if rotation in {90, 270}:
            width, height = height, width
        seconds = max(round(_seconds(container)), 1)
        if seconds > _LONGEST_SECONDS:
            raise NotAVideoError("The video is longer than four hours.")
        has_sound = bool(container.streams.audio)
        transfer = _HDR.get(int(frame.color_trc), "")
        return VideoFacts(seconds, width, height, rotation, has_sound, kind, transfer)


def moments(duration_seconds: int) -> list[int]:
    """The seconds of a video that may show what it is about; the first is an early one."""
    first, *others = (int(duration_seconds * share) for share in _POSTER_SHARES)
    return sorted({min(first, _LONGEST_SKIP_SECONDS), *others})


def poster(file: IO[bytes], *, at: int | None = None) -> bytes:
    """A JPEG of a moment of the video, upright; an early one unless ``at`` says which."""
    with _open(file) as container:
        if at is None:
            at = moments(int(_seconds(container)))[0]
        frame = _frame(container, at=at)
        picture: Image.Image = frame.to_image()  # type: ignore[no-untyped-call]
        picture = picture.rotate(round(frame.rotation), expand=True)
    return as_jpeg(picture)


def as_jpeg(picture: Image.Image) -> bytes:
    """A picture as posters are kept, made smaller if need be."""
    picture.thumbnail(_POSTER_SIZE)
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=_POSTER_QUALITY, optimize=True)
    return jpeg.getvalue()


def check_first_bytes(file: IO[bytes]) -> str:
    """The format that the first bytes name, or ``NotAVideoError``: at once, whatever the size."""
    file.seek(0)
    head = file.read(12)
    file.seek(0)
    if not head:
        raise NotAVideoError("The file is empty.")
    if head.startswith(_MATROSKA):
        return "matroska"
    if head[4:8] in _MP4_BOXES:
        return "mp4"
    raise NotAVideoError("The file is not a video. Use MP4, MOV, WebM or MKV.")


def _open(file: IO[bytes]) -> InputContainer:
    """The container, opened as the one format that its first bytes name.

    ffmpeg is never left to guess: some formats it knows, such as playlists, would have it open
    other files and addresses.
    """
    kind = check_first_bytes(file)
    try:
        return av.open(file, mode="r", format=kind)
    except (FFmpegError, EOFError) as error:
        raise NotAVideoError("The video is damaged and cannot be read.") from error


def _frame(container: InputContainer, *, at: int) -> VideoFrame:
    stream = _picture_stream(container)
    try:
        if at:
            container.seek(at * av.time_base)
        frame: VideoFrame
        for frame in container.decode(stream):
            return frame
    except (FFmpegError, EOFError) as error:
        raise NotAVideoError("The video is damaged and cannot be played.") from error
    raise NotAVideoError("The video is damaged and cannot be played.")


def _picture_stream(container: InputContainer) -> Any:
    for stream in container.streams.video:
        if stream.disposition & av.stream.Disposition.attached_pic:
            continue
        if stream.width * stream.height > _MOST_PIXELS:
            raise NotAVideoError("The pictures are larger than 8K.")
        return stream
    if container.streams.audio:
        raise NotAVideoError("The file has sound but no pictures.")
    raise NotAVideoError("The file has no pictures.")


def _seconds(container: InputContainer) -> float:
    if container.duration:
        return float(container.duration / av.time_base)
    stream = _picture_stream(container)
    return float(stream.duration * stream.time_base) if stream.duration else 0.0
