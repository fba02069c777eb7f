"""Text from outside: what is dropped, folded, sorted and masked."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from desk.text import clean, clean_line, fold, mask_number, name_sort_key, sort_key

_DROPPED = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


@given(st.text(st.characters()))
def test_a_cleaned_text_has_no_character_a_terminal_could_act_on(text: str) -> None:
    found = clean(text)
    assert all(unicodedata.category(letter) not in _DROPPED for letter in found)
    assert clean(found) == found
    assert clean_line(found) == " ".join(found.split())


def test_no_printable_character_is_of_a_dropped_category() -> None:
    printable = (chr(code) for code in range(0x110000) if chr(code).isprintable())
    assert all(unicodedata.category(letter) not in _DROPPED for letter in printable)


def test_breaks_become_blanks_or_stay_as_asked() -> None:
    assert clean("a\r\nb\tc\u2028d") == "a b c d"
    assert clean("a\r\nb\tc", lines=True) == "a\nb c"
    assert clean("A\x1b[31m\u202eB\x00") == "A[31mB"


def test_folding_takes_every_mark_off() -> None:
    assert fold("ĐẶNG  Thị Hường") == "dang thi huong"
    assert fold("ữ ợ ẵ ĩ ỹ") == "u o a i y"


def test_words_sort_by_letters_then_by_tones() -> None:
    words = ["Đào", "Dung", "Dũng", "Dùng", "Anh", "Ánh", "Ân", "Ăn", "Yến", "An", "Bình"]
    expected = ["An", "Anh", "Ánh", "Ăn", "Ân", "Bình", "Dung", "Dùng", "Dũng", "Đào", "Yến"]
    assert sorted(words, key=sort_key) == expected


def test_people_sort_by_given_name_then_family_name() -> None:
    people = ["Trần Thị Lan", "Nguyễn Văn Bình", "Đặng Thị Lan", "Lan"]
    assert sorted(people, key=name_sort_key) == ["Nguyễn Văn Bình", "Lan", "Đặng Thị Lan", "Trần Thị Lan"]


def test_numbers_are_masked_but_for_three_and_four_digits() -> None:
    assert mask_number("022190001234") == "022•••••1234"
    assert mask_number("1234567") == "•••••••"
