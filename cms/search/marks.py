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
    wanted = [needle for needle in needles if len(needle) >= _SHORTEST_NEEDLE]
    return Marked(text, list(spans_of(text, wanted)))


def snippet_of(texts: Sequence[str], needles: Sequence[str]) -> Marked:
    """A line of the first text that has one of the words, or the beginning of the first of all."""
    for text in texts:
        found = marked(" ".join(text.split()), needles)
        if found.marks:
            return _around(found)
    return _around(Marked(" ".join(next(iter(texts), "").split())))


def _around(found: Marked) -> Marked:
    """At most a line or two, begun and ended between words."""
    text = found.text
    if len(text) <= _LONGEST:
        return found
    first = found.marks[0][0] if found.marks else 0
    start = text.rfind(" ", 0, first - _BEFORE) + 1 if first > _LONGEST - _BEFORE else 0
    end = len(text) if len(text) <= start + _LONGEST else text.rfind(" ", start, start + _LONGEST)
    end = end if end > start else start + _LONGEST
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    kept = [(a + shift, b + shift) for a, b in found.marks if a >= start and b <= end]
    return Marked(f"{before}{text[start:end]}{after}", kept)
