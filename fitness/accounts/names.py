"""Names as people write them, in any script, and without tricks.

Other members see the alias on boards. It may not hide characters, turn the reading direction,
mix look-alike scripts within a word or pass for the staff.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError

NAME_LENGTH, ALIAS_LENGTH = 80, 40
_MARKS_IN_A_ROW = 4
_JOINERS, _EMOJI_STYLE = "\u200c\u200d", "\ufe0f"
# No letters to the eye: fillers, a joiner of graphemes, and a braille cell without dots.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_NO_CHARACTERS = frozenset({"Cc", "Cn", "Co", "Cs"})
# Scripts that share shapes: one word in two of them is there to deceive.
_ALIKE = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "COPTIC", "CHEROKEE", "LISU"})
# What looks like a Latin letter; ``l`` and its likes are all read as ``i``.
_LATIN = str.maketrans(
    "авеіјкӏмнопрстухѕԁԛԝһүигαβεηικμνορστυχωօոսհա013457!|$€l",  # noqa: RUF001 - that is the point
    "abeijkimhonpctyxsdqwhynrabenikmvopotuxwonuhwoieastiisei",
)
_STYLED = re.compile(
    r"(?:LATIN LETTER SMALL CAPITAL|NEGATIVE \w+ LATIN CAPITAL LETTER|LATIN SMALL LETTER"
    r"|REGIONAL INDICATOR SYMBOL LETTER) (?:DOTLESS |SCRIPT )?([A-Z])(?: WITH .*)?$"
)


def clean_name(text: str) -> str:
    """The name in its one spelling. Raises ``ValidationError`` for what is no name."""
    return _checked(_cleaned(text), NAME_LENGTH)


def clean_alias(text: str) -> str:
    """The name that others see. Raises ``ValidationError`` for one that would deceive them."""
    alias = _checked(_cleaned(text), ALIAS_LENGTH)
    if "@" in alias:
        raise ValidationError("Choose a name, not an address: others see it.", code="address")
    if any(len(_scripts(word)) > 1 for word in re.split(r"[\W_]+", alias)):
        raise ValidationError("Write each word in one alphabet.", code="mixed_scripts")
    if _passes_for_staff(alias):
        raise ValidationError("This name looks like one of ours; choose another.", code="reserved")
    return alias


def _cleaned(text: str) -> str:
    """Normalised, single-spaced, without what cannot be seen; done twice it is the same."""
    before = ""
    while text != before:
        before, text = text, unicodedata.normalize("NFKC", " ".join(text.split()))
        text = "".join(sign for at, sign in enumerate(text) if _is_seen(text, at))
    return text


def _is_seen(text: str, at: int) -> bool:
    """Whether the sign shows, or shapes its neighbours as Persian, Indic scripts and emoji need."""
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if sign in _JOINERS:
        in_emoji = sign == "\u200d" and _is_emoji(before) and _is_emoji(after)
        return in_emoji or (_takes_joiners(before) and _takes_joiners(after))
    if unicodedata.name(sign, "").startswith("VARIATION SELECTOR"):
        return sign == _EMOJI_STYLE and _is_emoji(before)
    return sign not in _UNSEEN and unicodedata.category(sign) != "Cf"


def _is_emoji(sign: str) -> bool:
    return bool(sign) and (sign == _EMOJI_STYLE or unicodedata.category(sign) in {"So", "Sk"})


def _takes_joiners(sign: str) -> bool:
    is_of_a_word = bool(sign) and unicodedata.category(sign)[0] in "LM"
    return is_of_a_word and _script(sign) not in _ALIKE


def _checked(text: str, length: int) -> str:
    if any(unicodedata.category(sign) in _NO_CHARACTERS for sign in text):
        raise ValidationError("Use characters that can be seen.", code="unseen_characters")
    if len(text) > length:
        raise ValidationError(f"Use at most {length} characters.", code="max_length")
    marks = "".join("m" if unicodedata.category(sign) in {"Mn", "Me"} else " " for sign in text)
    if "m" * (_MARKS_IN_A_ROW + 1) in marks:
        raise ValidationError("Use fewer accents on one letter.", code="too_many_marks")
    return text


def _script(sign: str) -> str:
    return unicodedata.name(sign, "").split(" ", maxsplit=1)[0]


def _scripts(word: str) -> set[str]:
    return {_script(sign) for sign in word if sign.isalpha()} & _ALIKE


def _skeleton(text: str) -> str:
    """What the eye reads, in small Latin letters where it can."""
    signs = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in signs if not unicodedata.combining(sign))
    styled = "".join(
        found[1].lower() if (found := _STYLED.match(unicodedata.name(sign, ""))) else sign
        for sign in plain
    )
    return styled.translate(_LATIN).replace("rn", "m").replace("vv", "w")


_OURS = tuple(map(_skeleton, ("admin", "moderator", "fitcore", "админ", "модератор")))
_OURS_ALONE = frozenset(map(_skeleton, ("official", "support", "staff")))
_OURS_AS_A_WHOLE = frozenset(map(_skeleton, ("root", "system", "mod", "team", "security")))


def _passes_for_staff(alias: str) -> bool:
    skeleton = _skeleton(alias)
    words = re.findall(r"[^\W_]+", skeleton)
    whole = "".join(words)
    return (
        whole in _OURS_AS_A_WHOLE
        or not _OURS_ALONE.isdisjoint(words)
        or whole.startswith(_OURS)
        or whole.endswith(_OURS)
        or any(word.startswith(_OURS) for word in words)
    )
