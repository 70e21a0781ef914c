"""Captions and chapters as editors write them: what is wrong is told with its line."""

import io
import re
from collections.abc import Iterator

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_SPAN = re.compile(rf"\s*{_TIME}\s+-->\s+{_TIME}(\s.*)?")
_SUBRIP = re.compile(r"\d{1,2}:\d{2}:\d{2},\d{3}\s*-->")
_CHAPTER = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)\s+(?:[-\u2013]\s+)?(.+)")
_TITLE_LENGTH = 80
_SHOWN = 60


class WrongLineError(ValueError):
    """What an editor wrote cannot be used; the message names the line."""

    def __init__(self, number: int, message: str) -> None:
        super().__init__(f"Line {number}: {message}")


def read_captions(text: str) -> str:
    """Captions as WebVTT, whichever of WebVTT and SubRip (.srt) they were; raises ``ValueError``.

    What a player would skip without a word is refused here with a word.
    """
    text = _plain(text)
    if not text.startswith("WEBVTT") and _SUBRIP.search(text):
        text = _from_subrip(text)
    lines = text.split("\n")
    if not re.fullmatch(r"WEBVTT([ \t].*)?", lines[0]):
        raise WrongLineError(1, "captions begin with the word WEBVTT on a line of its own.")
    for number, line in enumerate(lines, start=1):
        _check_span(number, line)
    try:
        captions = webvtt.from_string(text, strict=True)
    except (MalformedCaptionError, MalformedFileError) as error:
        raise ValueError(f"The captions cannot be read: {error}") from error
    if not len(captions):
        raise ValueError("There is no caption in it. A caption is a time span and a text below it.")
    return text + "\n"


def spoken_text(captions: str) -> str:
    """What captions say, as a text to read; lines that are repeated to stay on screen are one."""
    said: list[str] = []
    for caption in webvtt.from_string(captions).captions:
        line = " ".join(caption.text.split())
        if line and (not said or said[-1] != line):
            said.append(line)
    return "\n".join(said)


def read_chapters(text: str, *, duration_seconds: int = 0) -> dict[int, str]:
    """Chapters as seconds and titles, from one ``m:ss Title`` a line; raises ``WrongLineError``."""
    chapters: dict[int, str] = {}
    for number, line in _filled_lines(text):
        match = _CHAPTER.fullmatch(line)
        if match is None:
            raise WrongLineError(
                number, f"“{line[:_SHOWN]}” is no time with a title. Write 1:30 Squats."
            )
        hours, minutes, seconds, title = match.groups()
        start = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
        if len(title) > _TITLE_LENGTH:
            raise WrongLineError(number, f"the title is longer than {_TITLE_LENGTH} characters.")
        if start in chapters:
            raise WrongLineError(number, "another chapter starts at the same time.")
        if duration_seconds and start >= duration_seconds:
            raise WrongLineError(number, "the chapter starts after the end of the video.")
        chapters[start] = title
    return dict(sorted(chapters.items()))


def as_time(seconds: int) -> str:
    """A moment as people write it: 1:30, or 1:02:03."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _plain(text: str) -> str:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text.strip("\n").rstrip()


def _from_subrip(text: str) -> str:
    try:
        return str(webvtt.WebVTT.from_buffer(io.StringIO(text), format="srt").content).strip()
    except (MalformedCaptionError, MalformedFileError) as error:
        raise ValueError(f"The captions cannot be read as SubRip: {error}") from error


def _check_span(number: int, line: str) -> None:
    """A line with an arrow, or with what was meant as one, is a time span that goes forward."""
    if "-->" not in line and not re.match(rf"\s*{_TIME}\s*[-=]+>", line):
        return
    match = _SPAN.fullmatch(line)
    if match is None:
        raise WrongLineError(
            number,
            f"“{line[:_SHOWN]}” is no time span. Write 00:01.000 --> 00:04.000.",
        )
    start, end = match.groups()[:4], match.groups()[4:8]
    if _milliseconds(end) <= _milliseconds(start):
        raise WrongLineError(number, "the caption ends before it starts.")


def _milliseconds(time: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in time)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _filled_lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, line.strip()
