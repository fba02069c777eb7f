"""Digits typed by a scanner under the Vietnamese keyboard layout come back."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from desk.rules.layout_digits import digits_back, last_digits

LAYOUT = dict(zip("1234567890", "ăâêô\u0300\u0309\u0303\u0301\u0323đ", strict=True))


def typed(text: str) -> str:
    return "".join(LAYOUT.get(letter, letter) for letter in text)


@given(st.text("0123456789", min_size=1, max_size=240))
def test_digits_typed_under_the_layout_come_back(digits: str) -> None:
    assert digits_back(typed(digits)) == digits


@given(st.text("0123456789", min_size=1, max_size=240))
def test_caps_lock_changes_nothing(digits: str) -> None:
    assert digits_back(typed(digits).upper()) == digits


@given(st.text("012345678", min_size=1, max_size=240))
def test_normalised_text_comes_back_where_no_dot_below_lost_its_place(digits: str) -> None:
    for form in ("NFC", "NFD"):
        assert digits_back(unicodedata.normalize(form, typed(digits))) == digits


def test_a_letter_with_its_dot_below_comes_back_composed() -> None:
    assert digits_back(unicodedata.normalize("NFC", typed("19 29 39 49"))) == "19 29 39 49"


def test_a_tone_joined_to_a_letter_of_the_address_comes_back() -> None:
    address = unicodedata.normalize("NFC", typed("HTTPS://DVC5.GOV.VN/T/123"))
    assert digits_back(address) == "HTTPS://DVC5.GOV.VN/T/123"


def test_other_text_is_left_alone() -> None:
    assert digits_back("HTTPS://DVC.GOV.VN/T/0123") == "HTTPS://DVC.GOV.VN/T/0123"
    assert digits_back("hồ sơ 陈") == unicodedata.normalize("NFC", "h45 sơ 陈")


def test_the_last_run_after_the_last_slash_is_taken() -> None:
    assert last_digits("HTTPS://DVC.GOV.VN/T/0123") == "0123"
    assert last_digits("0123\r\n") == "0123"
    assert last_digits("77/x12y34") == "34"
    assert last_digits("12/") == ""
    assert last_digits("không có số") == ""


def test_digits_typed_under_the_layout_are_found_where_they_have_the_length_of_ours() -> None:
    digits = "1234567890" * 2 + "59"
    assert last_digits(typed("HTTPS://DVC5.GOV.VN/T/" + digits)) == digits
    assert last_digits(f"HTTPS://DVC5.GOV.VN/T/{digits} (của bà Lan)") == digits


def test_digits_of_other_scripts_are_no_digits() -> None:
    assert last_digits("T/١٢٣") == ""
    assert last_digits("T/１２３") == ""


def test_a_number_typed_in_groups_is_one_number() -> None:
    assert last_digits("1234 5678 9012 3456 7890 12") == "1234567890123456789012"
    assert last_digits("hồ sơ số 12 34") == "34"
