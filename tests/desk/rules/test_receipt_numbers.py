"""Receipt numbers: from the given range or typed, each once; the day's sheet shows what is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors.receipts import ReceiptNumberOutside, ReceiptNumberTaken, ReceiptRangeUsedUp
from desk.rules.money import Dong
from desk.rules.receipt_numbers import DaySheet, ReceiptRange, TakenReceipt, day_sheet, next_number, typed_number

BOOK = ReceiptRange("01BLP0-001", "QN-26P", 101, 150)


@pytest.mark.parametrize(
    ("used", "number"), [((), 101), ((101,), 102), ((103, 101), 104), ((7, 900), 101), ((149,), 150)]
)
def test_the_next_number_follows_the_highest_used(used: tuple[int, ...], number: int) -> None:
    assert next_number(BOOK, used) == number


def test_a_used_up_range_gives_no_number() -> None:
    with pytest.raises(ReceiptRangeUsedUp) as refused:
        next_number(BOOK, (150,))
    assert refused.value.facts == {"series": "QN-26P", "last": "0000150"}


@given(st.integers(1, 60))
def test_the_numbers_of_a_book_run_on_without_a_gap(count: int) -> None:
    used: list[int] = []
    for _nth in range(min(count, 50)):
        used.append(next_number(BOOK, used))
    assert used == list(range(101, 101 + min(count, 50)))


@pytest.mark.parametrize("text", ["101", "0000101", " 150 "])
def test_a_typed_number_of_the_range_is_taken(text: str) -> None:
    assert typed_number(text, BOOK, ()) == int(text)


@pytest.mark.parametrize("text", ["100", "151", "", "abc", "-101", "1e2", "10.1", "٠١٠١"])
def test_a_number_outside_the_range_is_refused(text: str) -> None:
    with pytest.raises(ReceiptNumberOutside) as refused:
        typed_number(text, BOOK, ())
    assert refused.value.facts == {"first": "0000101", "last": "0000150"}


def test_a_number_is_used_once() -> None:
    with pytest.raises(ReceiptNumberTaken) as refused:
        typed_number("105", BOOK, (104, 105))
    assert refused.value.facts == {"number": "0000105"}


def test_the_days_sheet_counts_money_by_way_and_names_missing_numbers() -> None:
    sheet = day_sheet(
        [
            TakenReceipt(105, 21_000, "cash"),
            TakenReceipt(101, 10_000, "cash"),
            TakenReceipt(102, 50_000, "transfer"),
            TakenReceipt(104, 99_000, "cash", is_void=True),
            TakenReceipt(107, 8_000, "online"),
        ]
    )
    assert sheet == DaySheet(
        receipts=4,
        void=1,
        first=101,
        last=107,
        missing=(103, 106),
        cash_dong=Dong(31_000),
        transfer_dong=Dong(50_000),
        online_dong=Dong(8_000),
    )
    assert sheet.total_dong == 89_000


def test_a_day_without_receipts_has_an_empty_sheet() -> None:
    sheet = day_sheet([])
    assert (sheet.receipts, sheet.void, sheet.first, sheet.last, sheet.missing, sheet.total_dong) == (
        0,
        0,
        None,
        None,
        (),
        0,
    )
