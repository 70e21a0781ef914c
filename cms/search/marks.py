"""Where the words that were looked for stand in what everyone may read."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cms.search.folding import spans_of

_LONGEST: Final = 160
_BEFORE: Final = 40
_SHORTEST_NEEDLE: Final = 2


@dataclass(frozen=True, slots=True)
class Marked:
    """A text, and from which to which of its characters a mark goes. It is text, not HTML."""

    text: str
    marks: Sequence[tuple[int, int]] = ()

    def html(self) -> SafeString:
        """The text as HTML with its marks: whatever stands in it is escaped."""
        parts, at = [], 0
        for start, end in self.marks:
            parts += [escape(self.text[at:start]), f"<mark>{escape(self.text[start:end])}</mark>"]
            at = end
        return mark_safe("".join([*parts, escape(self.text[at:])]))  # noqa: S308  (escaped above)


def marked(text: str, needles: Sequence[str]) -> Marked:
    """The whole text with its marks."""
    text = unicodedata.normalize("NFC", text)
    return Marked(text, list(spans_of(text, _wanted(needles))))


def snippet_of(texts: Sequence[str], needles: Sequence[str]) -> Marked:
    """A line of the first text that has one of the words, or the beginning of the first of all."""
    wanted = _wanted(needles)
    for text in texts:
        line = unicodedata.normalize("NFC", " ".join(text.split()))
        first = next(spans_of(line, wanted), None)
        if first:
            return _around(line, first[0], wanted)
    return _around(" ".join(next(iter(texts), "").split()), 0, [])


def _wanted(needles: Sequence[str]) -> list[str]:
    return [needle for needle in needles if len(needle) >= _SHORTEST_NEEDLE]


def _around(text: str, first: int, needles: Sequence[str]) -> Marked:
    """A line or two at most about a place, begun and ended between words, with its marks."""
    if len(text) <= _LONGEST:
        return Marked(text, list(spans_of(text, needles)))
    start = text.rfind(" ", 0, first - _BEFORE) + 1 if first > _LONGEST - _BEFORE else 0
    end = len(text) if len(text) <= start + _LONGEST else text.rfind(" ", start, start + _LONGEST)
    end = end if end > start else start + _LONGEST
    before, after = "… " if start else "", " …" if end < len(text) else ""
    line = f"{before}{text[start:end]}{after}"
    return Marked(line, list(spans_of(line, needles)))
