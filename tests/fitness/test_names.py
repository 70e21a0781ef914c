# ruff: noqa: RUF001 - letters that look alike are what this is about
"""Names: honest ones in any script stay, tricks do not."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from fitness.accounts.names import ALIAS_LENGTH, clean_alias, clean_name

ZWJ, ZWNJ, BOM, RLO, ZWSP = "\u200d", "\u200c", "\ufeff", "\u202e", "\u200b"


@pytest.mark.parametrize(
    "name",
    ["Anna", "Zoë Müller", "Nguyễn Thị Ánh", "Иван Петров", "Ιωάννης", "محمد", f"علی{ZWNJ}رضا",
     "山田太郎", "김철수", "สมชาย", "שָׁלוֹם", "Łukasz", "O’Brien", "Jean-Luc", "X Æ A-12", "DJ Ваня",
     "Badminton Bob", "Modern Mover", "Joe Root", "Teamplayer", "🔥 Swift 🔥",
     f"👩{ZWJ}🚀", "❤️", "ක්" + ZWJ + "ර", "Ali", "Selma", "R2D2", "Կարեն"],
)  # fmt: skip
def test_an_honest_name_stays_as_it_is(name: str) -> None:
    assert clean_alias(name) == name


@pytest.mark.parametrize(
    ("written", "kept"),
    [("  Anna \u00a0 Lee ", "Anna Lee"), (f"An{ZWSP}na", "Anna"), (f"{RLO}annA", "annA"),
     (f"{BOM}Anna{ZWJ}", "Anna"), ("Ａｎｎａ", "Anna"), ("𝓐𝓷𝓷𝓪", "Anna"), ("An\u00adna", "Anna"),
     ("\u3164\u2800", ""), (f"A{ZWNJ}nna", "Anna"), ("e\u0301", "é"), ("Anna\nLee", "Anna Lee"),
     ("a\ufe0fb", "ab"), ("\U000e0041\U000e0042", "")],
)  # fmt: skip
def test_what_cannot_be_seen_is_left_out(written: str, kept: str) -> None:
    assert clean_alias(written) == kept
    assert clean_name(written) == kept


@pytest.mark.parametrize(
    "alias",
    ["admin", "Admin", "ADMIN", "аdmin", "аdмin", "ａｄｍｉｎ", f"ad{ZWSP}min", "@dmin", "4dmin",
     "adm1n", "admın", "a d m i n", "a.d.m.i.n", "The Admin", "Admin Anna", "anna_admin", "аԁміп",
     "FitCore", "F1tC0re", "fitcοre", "Fit Core", "FITCORE Support", "ꜰɪᴛᴄᴏʀᴇ", "𝐅𝐢𝐭𝐂𝐨𝐫𝐞", "🅰🅳🅼🅸🅽",
     "🇦🇩🇲🇮🇳", "adrnin", "Moderator", "m0derator", "Official", "official coach", "support",
     "Staff", "root", "system", "админ", "áđmín", "ad\u0301min", "FitCore®", "fit-core"],
)  # fmt: skip
def test_nobody_passes_for_the_staff(alias: str) -> None:
    with pytest.raises(ValidationError):
        clean_alias(alias)


@pytest.mark.parametrize(
    ("alias", "code"),
    [("Аnna", "mixed_scripts"), ("Αnna", "mixed_scripts"), ("a\x00b", "unseen_characters"),
     ("a\x07b", "unseen_characters"), ("a\ue000", "unseen_characters"),
     ("a\udc80", "unseen_characters"), ("a\ufffe", "unseen_characters"),
     ("Z" + "\u0336" * 9, "too_many_marks"), ("ﷺ" * 30, "max_length"), ("a" * 41, "max_length"),
     ("anna@example.com", "address")],
)  # fmt: skip
def test_a_name_that_deceives_or_breaks_boards_is_refused(alias: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        clean_alias(alias)

    assert refusal.value.code == code


@given(st.text(max_size=60))
def test_a_clean_name_is_cleaned_no_further(text: str) -> None:
    try:
        kept = clean_alias(text)
    except ValidationError:
        return

    assert clean_alias(kept) == kept
    assert len(kept) <= ALIAS_LENGTH
    assert kept == kept.strip()


def test_a_name_of_ones_own_may_be_any_word() -> None:
    assert clean_name("Admin Root") == "Admin Root"
    assert clean_name("Аnna") == "Аnna"
