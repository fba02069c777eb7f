"""Sums of đồng: written, read back, in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors.people import AmountUnreadable
from desk.rules.money import LARGEST_DONG, dong_of, grouped, in_words, written

amounts = st.integers(min_value=0, max_value=LARGEST_DONG)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "0 đồng"), (500, "500 đồng"), (21_000, "21.000 đồng"), (1_234_567, "1.234.567 đồng")],
)
def test_thousands_are_parted_by_a_dot(amount: int, shown: str) -> None:
    assert written(amount) == shown


@pytest.mark.parametrize(
    "text",
    [
        "21000",
        "21.000",
        "21,000",
        "21 000",
        "21.000 đồng",
        "21.000đ",
        "21000 ₫",
        "21.000 VNĐ",
        "21000VND",
        " 21.000 Đ.",
    ],
)
def test_every_spelling_of_a_sum_is_read_alike(text: str) -> None:
    assert dong_of(text) == 21_000


@pytest.mark.parametrize(
    "text",
    ["", "đồng", "-5", "1.5", "21.00", "21.000,50", "1.000,000", "2e3", "21 nghìn", "1000000000000", "0x10", "²"],
)
def test_what_is_no_whole_sum_is_refused(text: str) -> None:
    with pytest.raises(AmountUnreadable):
        dong_of(text)


@given(amounts)
def test_what_was_written_is_read_back(amount: int) -> None:
    assert dong_of(written(amount)) == amount
    assert dong_of(grouped(amount)) == amount
    assert dong_of(str(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (10, "Mười đồng"),
        (11, "Mười một đồng"),
        (14, "Mười bốn đồng"),
        (15, "Mười lăm đồng"),
        (20, "Hai mươi đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (25, "Hai mươi lăm đồng"),
        (101, "Một trăm linh một đồng"),
        (104, "Một trăm linh bốn đồng"),
        (105, "Một trăm linh năm đồng"),
        (110, "Một trăm mười đồng"),
        (115, "Một trăm mười lăm đồng"),
        (500, "Năm trăm đồng"),
        (2_000, "Hai nghìn đồng"),
        (10_000, "Mười nghìn đồng"),
        (21_000, "Hai mươi mốt nghìn đồng"),
        (50_005, "Năm mươi nghìn không trăm linh năm đồng"),
        (100_050, "Một trăm nghìn không trăm năm mươi đồng"),
        (1_000_000, "Một triệu đồng"),
        (1_000_005, "Một triệu không trăm linh năm đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng"),
        (1_234_567, "Một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy đồng"),
        (5_000_000_000, "Năm tỷ đồng"),
        (
            LARGEST_DONG,
            "Chín trăm chín mươi chín tỷ chín trăm chín mươi chín triệu "
            "chín trăm chín mươi chín nghìn chín trăm chín mươi chín đồng",
        ),
    ],
)
def test_a_sum_in_words_reads_as_an_officer_would_say_it(amount: int, words: str) -> None:
    assert in_words(amount) == words


@pytest.mark.parametrize("amount", [-1, LARGEST_DONG + 1])
def test_a_sum_no_receipt_can_carry_has_no_words(amount: int) -> None:
    with pytest.raises(ValueError, match="no amount"):
        in_words(amount)


_VALUES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip


def _value_of(words: str) -> int:
    """Read Vietnamese number words back, on their own rules: the proof that no two sums share words."""
    total = group = digit = 0
    for word in words.lower().removesuffix(" đồng").split():
        if word in _VALUES:
            digit = _VALUES[word]
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "mười":
            group += 10
        elif word in ("nghìn", "triệu", "tỷ"):
            total += (group + digit) * {"nghìn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000}[word]
            group = digit = 0
    return total + group + digit


@given(amounts)
def test_the_words_name_exactly_the_sum(amount: int) -> None:
    assert _value_of(in_words(amount)) == amount
