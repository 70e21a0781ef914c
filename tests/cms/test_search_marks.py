"""Where the words that were looked for stand, in any script."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from cms.search.folding import fold, spans_of
from cms.search.marks import marked

# Letters with marks, letters that fold to two, marks alone, digits that are no letters.
_LETTERS = "abAB ßÜüéEæ\u2019-_²İ\u0131\u017fŁΣ\u03c3xX0\u0301\u2026\u2122"


@given(
    text=st.text(_LETTERS, max_size=14),
    needles=st.lists(st.text("abüxeß0", min_size=1, max_size=2), max_size=3),
)
@settings(max_examples=500)
def test_the_words_that_are_marked_are_those_that_begin_with_a_needle_once_folded(
    text: str, needles: list[str]
) -> None:
    text = unicodedata.normalize("NFC", text)
    wanted = tuple(fold(needle) for needle in needles)

    spans = list(spans_of(text, wanted))

    assert spans == [
        (start, end) for start, end in _words(text) if fold(text[start:end]).startswith(wanted)
    ]


def test_a_mark_stands_where_the_word_stands_though_its_letters_fold_to_more() -> None:
    found = marked("Die Straße, ein STRASSENLAUF", ["strasse"])

    assert [found.text[start:end] for start, end in found.marks] == ["Straße", "STRASSENLAUF"]


def _words(text: str) -> list[tuple[int, int]]:
    """Runs of letters and digits, one character at a time."""
    words: list[tuple[int, int]] = []
    for at, letter in enumerate(text):
        if not letter.isalnum():
            continue
        if words and words[-1][1] == at:
            words[-1] = (words[-1][0], at + 1)
        else:
            words.append((at, at + 1))
    return words
