"""Words as search compares them: no capitals, no accents, the same for texts and for questions."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final

# Letters that are no letter with a mark, though people type them as one.
_PLAIN: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i"}
)
_WORD: Final = re.compile(r"[^\W_]+")
_COMPOUND: Final = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)+")
_NEVER: Final = "(?!)"
# PostgreSQL keeps no lexeme of more than 2,046 bytes, and nobody types one.
LONGEST_WORD: Final = 40


def fold(text: str) -> str:
    """The text in small letters without accents: ``Übung`` and ``ubung`` are the same."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(mark for mark in apart if not unicodedata.combining(mark)).translate(_PLAIN)


def words_of(text: str) -> list[str]:
    """The words of a text in order, folded."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


def indexed(text: str) -> str:
    """A text's words with a blank between them; ``push-up`` is there as ``pushup`` too."""
    joined = (_WORD.findall(found) for found in _COMPOUND.findall(fold(text)))
    compounds = ("".join(parts)[:LONGEST_WORD] for parts in joined)
    return " ".join([*words_of(text), *compounds])


def spans_of(text: str, needles: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where the words of a text (in NFC) begin and end that begin with one of the needles."""
    beginnings = tuple(needles)
    folded = text.translate(_ALIGNED)
    if len(folded) == len(text):
        for found in _beginning(beginnings).finditer(folded):
            yield found.span()
        return
    for found in _WORD.finditer(text):
        if fold(found[0]).startswith(beginnings):
            yield found.span()


class _Aligned(dict[int, str]):
    """Letters folded one for one; one that folds to several makes the text longer."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = fold(letter) if letter.isalnum() else letter
        self[code] = folded if len(folded) == 1 else letter * 2
        return self[code]


_ALIGNED: Final = _Aligned()


@lru_cache(maxsize=256)
def _beginning(needles: tuple[str, ...]) -> re.Pattern[str]:
    any_of = "|".join(re.escape(needle) for needle in needles) or _NEVER
    return re.compile(rf"(?<![^\W_])(?:{any_of})[^\W_]*")
