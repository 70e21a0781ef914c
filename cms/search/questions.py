"""What somebody meant by the words they typed: one statement, whatever they typed.

It also tells the planner, for the transaction that it is asked in, to keep to the index: reading
all rows looks cheaper to it where a word is frequent, as it does not count the long vectors that
lie beside them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery
from django.db import connection

from cms.search.folding import words_of

LONGEST: Final = 100
_MOST_WORDS: Final = 8
# From so many letters on a word also finds what begins with it: German joins its words.
_PREFIX_FROM: Final = 5
_SHORTEST_MENDED: Final = 3
_MOST_MEANT: Final = 3
_SHORTEST_STEM: Final = 4
_LANGUAGES: Final = ("english", "german")
# How people write umlauts where there are none on the keyboard.
_SPELT_OUT: Final = (("ae", "a"), ("oe", "o"), ("ue", "u"))

_UNDERSTAND: Final = """
    WITH typed AS MATERIALIZED (
        SELECT word,
            ts_lexize('english_stem', word) = '{}' OR ts_lexize('german_stem', word) = '{}'
                AS is_stop,
            ts_lexize('english_stem', word) || ts_lexize('german_stem', word) AS stems,
            EXISTS (
                SELECT FROM search_document
                WHERE vector @@ (to_tsquery('simple', word || suffix)
                    || to_tsquery('english', word) || to_tsquery('german', word))
            ) AS is_known,
            may_mend
        FROM set_config('enable_seqscan', 'off', true),
            unnest(%(words)s::text[], %(suffixes)s::text[], %(mended)s::bool[])
                AS given(word, suffix, may_mend)
    )
    SELECT typed.word, typed.is_stop, typed.stems, typed.is_known,
        CASE WHEN typed.is_known OR NOT typed.may_mend THEN NULL ELSE ARRAY(
            SELECT near.text FROM (
                SELECT text FROM search_word ORDER BY text <-> typed.word LIMIT 30
            ) near
            WHERE EXISTS (
                SELECT FROM search_document
                WHERE vector @@ to_tsquery('simple', near.text)
            )
        ) END
    FROM typed
"""


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: ``query`` is ``None`` when there was no word in what was typed.

    ``needles`` are beginnings of words that deserve a mark; ``suggestion`` is what was probably
    meant, if nothing is called what was typed; ``loose`` is content with any of the words.
    """

    typed: str
    words: Sequence[str]
    query: Any = None
    loose: Any = None
    needles: Sequence[str] = ()
    suggestion: str = ""

    @property
    def folded(self) -> str:
        """The words as titles are kept."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class _Typed:
    word: str
    is_last: bool
    is_stop: bool
    stems: Sequence[str]
    is_known: bool
    meant: Sequence[str]

    @property
    def telling_stems(self) -> list[str]:
        """Those long enough not to begin a quite different word."""
        return [stem for stem in self.stems if len(stem) >= _SHORTEST_STEM]

    @property
    def all_forms(self) -> list[str]:
        return [self.word, *_without_spelt_out(self.word), *self.meant]


def understood(typed: str) -> Question:
    """A question from what was typed; no text of any kind is an error."""
    words = words_of(typed[:LONGEST].replace("\0", " "))[:_MOST_WORDS]
    if not words:
        return Question(typed, words)
    joined = ["".join(pair) for pair in pairwise(words)]
    told = _looked_up(words, joined)
    asked = told[: len(words)]
    # Words such as "the" are looked for only where there are no others.
    wanted = [word for word in asked if not word.is_stop] or asked
    compounds = [word for word in told[len(words) :] if word.is_known]
    return Question(
        typed,
        words,
        query=_all_of(wanted, compounds, asked),
        loose=_any([_term(word) for word in wanted]),
        needles=sorted(
            {
                needle
                for word in [*wanted, *compounds]
                for needle in (*word.all_forms, *word.telling_stems)
            }
        ),
        suggestion=_suggestion(asked),
    )


def _looked_up(typed: Sequence[str], joined: Sequence[str]) -> list[_Typed]:
    """What is known of the words, and of what two of them would be as one."""
    words, last = [*typed, *joined], typed[-1]
    suffixes = [":*" if _is_prefix(word, is_last=word == last) else "" for word in words]
    mended = [n < len(typed) and len(word) >= _SHORTEST_MENDED for n, word in enumerate(words)]
    with connection.cursor() as cursor:
        cursor.execute(_UNDERSTAND, {"words": words, "suffixes": suffixes, "mended": mended})
        rows = cursor.fetchall()
    return [
        _Typed(
            word=word,
            is_last=word == last,
            is_stop=bool(is_stop),
            stems=stems or (),
            is_known=is_known,
            meant=[] if is_stop else _meant(word, near or ()),
        )
        for word, is_stop, stems, is_known, near in rows
    ]


def _is_prefix(word: str, *, is_last: bool) -> bool:
    return (is_last and len(word) > 1) or len(word) >= _PREFIX_FROM


def _without_spelt_out(word: str) -> list[str]:
    plain = word
    for spelt, letter in _SPELT_OUT:
        plain = plain.replace(spelt, letter)
    return [plain] if plain != word else []


def _meant(word: str, near: Iterable[str]) -> list[str]:
    """The words that few slips of the finger lead from, the nearest first."""
    most = 1 if len(word) < _PREFIX_FROM else 2
    told = sorted((distance(word, other), place, other) for place, other in enumerate(near))
    nearest = [(slips, other) for slips, _, other in told if slips <= most]
    return [other for slips, other in nearest if slips == nearest[0][0]][:_MOST_MEANT]


def distance(one: str, other: str) -> int:
    """How many slips lie between two words: a letter more, less, another, or two exchanged."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        two_before, before, row = before, row, [i]
        for j, its in enumerate(other, start=1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and its == one[i - 2]:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _all_of(wanted: Sequence[_Typed], compounds: Sequence[_Typed], asked: Sequence[_Typed]) -> Any:
    """Each of the words; ``kettle bell`` may also be the one word ``kettlebell``."""
    query = _every([_term(word) for word in wanted])
    for compound in compounds:
        others = _others(compound, asked)
        rest = [_term(word) for word in wanted if word.word in others]
        query = query | _every([_term(compound), *rest])
    return query


def _others(compound: _Typed, asked: Sequence[_Typed]) -> set[str]:
    parts = next(
        (one.word, other.word)
        for one, other in pairwise(asked)
        if one.word + other.word == compound.word
    )
    return {word.word for word in asked} - set(parts)


def _term(typed: _Typed) -> Any:
    """One word in every form: as typed or begun, by its stems, and as it may have been meant."""
    asked = []
    for form in typed.all_forms:
        begun = ":*" if _is_prefix(form, is_last=typed.is_last) else ""
        asked.append(SearchQuery(f"{form}{begun}", config="simple", search_type="raw"))
        if form == typed.word:
            # Its stems are known. One like the word itself would find and rank the same again.
            stems = sorted({*typed.stems} - {form})
            asked += [SearchQuery(stem, config="simple", search_type="raw") for stem in stems]
        else:
            asked += [
                SearchQuery(form, config=language, search_type="raw") for language in _LANGUAGES
            ]
    return _any(asked)


def _every(terms: Sequence[Any]) -> Any:
    first, *others = terms
    for other in others:
        first = first & other
    return first


def _any(terms: Sequence[Any]) -> Any:
    first, *others = terms
    for other in others:
        first = first | other
    return first


def _suggestion(asked: Sequence[_Typed]) -> str:
    if not any(word.meant for word in asked):
        return ""
    return " ".join(word.meant[0] if word.meant else word.word for word in asked)
