"""Receipt numbers: from the given range or typed, each once; the day's sheet shows what is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.errors.receipts import (
    ReceiptNumberNeeded,
    ReceiptNumberOutside,
    ReceiptNumberTaken,
    ReceiptRangeOverlaps,
    ReceiptRangeUsedUp,
    ReceiptRangeWrong,
)
from desk.rules.money import Dong
from desk.rules.receipt_numbers import (
    DaySheet,
    Receipt,
    ReceiptRange,
    TakenReceipt,
    check_range,
    day_sheet,
    next_number,
    range_of,
    receipt_for,
    typed_number,
)

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


NEXT_BOOK = ReceiptRange("01BLP0-001", "QN-26P", 201, 210)
OTHER = ReceiptRange("01BLP0-001", "QN-26L", 105, 120)
OF_BOOK = ("01BLP0-001", "QN-26P")


def test_without_a_typed_number_the_ranges_are_used_in_their_order() -> None:
    books = (BOOK, OTHER, NEXT_BOOK)
    assert receipt_for("", "", books, {}) == Receipt(*OF_BOOK, "0000101")
    assert receipt_for(" ", "", books, {OF_BOOK: {149}}).number == "0000150"
    assert receipt_for("", "", books, {OF_BOOK: {150}}) == Receipt("01BLP0-001", "QN-26L", "0000105")
    assert receipt_for("", "QN-26P", books, {OF_BOOK: {150}}) == Receipt(*OF_BOOK, "0000201")
    assert receipt_for("", "QN-26L", books, {}).series == "QN-26L"


def test_when_every_range_is_used_up_the_last_one_is_named() -> None:
    with pytest.raises(ReceiptRangeUsedUp) as refused:
        receipt_for("", "", (BOOK, NEXT_BOOK), {OF_BOOK: {150, 210}})
    assert refused.value.facts == {"series": "QN-26P", "last": "0000210"}


def test_a_typed_number_is_found_in_its_range_and_used_once() -> None:
    books = (BOOK, OTHER, NEXT_BOOK)
    assert receipt_for("205", "", books, {}) == Receipt(*OF_BOOK, "0000205")
    assert receipt_for("110", "", books, {}) == Receipt(*OF_BOOK, "0000110")
    assert receipt_for("110", "QN-26L", books, {OF_BOOK: {110}}) == Receipt("01BLP0-001", "QN-26L", "0000110")
    with pytest.raises(ReceiptNumberTaken):
        receipt_for("110", "", books, {OF_BOOK: {110}})
    with pytest.raises(ReceiptNumberTaken):
        receipt_for("210", "", books, {OF_BOOK: {210}})
    with pytest.raises(ReceiptNumberOutside) as refused:
        receipt_for("300", "", books, {})
    assert refused.value.facts == {"first": "0000201", "last": "0000210"}


def test_a_number_of_a_series_that_nobody_gave_is_refused_where_there_are_ranges() -> None:
    with pytest.raises(ReceiptNumberOutside) as refused:
        receipt_for("102", "XX", (OTHER, BOOK), {})
    assert refused.value.facts == {"first": "0000101", "last": "0000150"}
    assert receipt_for("", "XX", (OTHER, BOOK), {}).number == "0000101"


def test_without_a_range_the_number_is_that_of_the_book_in_hand() -> None:
    assert receipt_for(" 000042 ", "AA", (), {("", "BB"): {42}}) == Receipt("", "AA", "000042")
    assert receipt_for("1", "", (), {}).number == "1"
    assert receipt_for("999999999999", "", (), {}).number == "999999999999"
    with pytest.raises(ReceiptNumberTaken):
        receipt_for("42", "AA", (), {("", "AA"): {42}})
    with pytest.raises(ReceiptNumberNeeded):
        receipt_for(" ", "AA", (), {})
    for none in ("0", "abc"):
        with pytest.raises(ReceiptNumberOutside):
            receipt_for(none, "AA", (), {})


def test_a_range_is_typed_with_its_zeros() -> None:
    assert range_of(" 01BLP0-001 ", " QN-26P", "000101", " 150") == ReceiptRange("01BLP0-001", "QN-26P", 101, 150, 6)
    assert range_of("", "A", "1", "1500") == ReceiptRange("", "A", 1, 1500, 4)
    for first, last in (("", "5"), ("1", ""), ("a", "5"), ("1", "-5"), ("1", "1234567890123")):
        with pytest.raises(ReceiptRangeWrong):
            range_of("", "A", first, last)


@pytest.mark.parametrize(
    "wrong",
    [
        ReceiptRange("", "", 1, 5),
        ReceiptRange("", "A", 0, 5),
        ReceiptRange("", "A", 5, 4),
        ReceiptRange("", "A", 1, 10, 1),
        ReceiptRange("", "A", 1, 5, 13),
    ],
)
def test_what_is_no_range_is_refused(wrong: ReceiptRange) -> None:
    with pytest.raises(ReceiptRangeWrong):
        check_range(wrong, ())


def test_a_number_is_given_to_one_range_only() -> None:
    for first, last in ((150, 160), (1, 101), (120, 130), (1, 200)):
        with pytest.raises(ReceiptRangeOverlaps) as refused:
            check_range(ReceiptRange(*OF_BOOK, first, last), (OTHER, BOOK))
        assert refused.value.facts == {"series": "QN-26P", "first": "0000101", "last": "0000150"}
    check_range(ReceiptRange(*OF_BOOK, 151, 151), (BOOK,))
    check_range(ReceiptRange(*OF_BOOK, 100, 100), (BOOK,))
    check_range(ReceiptRange("01BLP0-001", "QN-26X", 101, 150, 3), (BOOK,))
    check_range(ReceiptRange("other", "QN-26P", 101, 150), (BOOK,))
    for one, other in ((ReceiptRange("", "QN-26P", 101, 150), BOOK), (BOOK, ReceiptRange("", "QN-26P", 101, 150))):
        with pytest.raises(ReceiptRangeOverlaps):
            check_range(one, (other,))
    check_range(ReceiptRange("", "A", 1, 1, 1), ())
    check_range(ReceiptRange("", "A", 1, 5, 12), ())


def test_a_number_written_down_before_its_range_was_entered_is_not_given_again() -> None:
    assert receipt_for("", "", (BOOK,), {("", "QN-26P"): {101}}).number == "0000102"
    assert receipt_for("", "", (BOOK,), {("other", "QN-26P"): {101}}).number == "0000101"
    with pytest.raises(ReceiptNumberTaken):
        receipt_for("101", "", (BOOK,), {("", "QN-26P"): {101}})
    with pytest.raises(ReceiptNumberTaken):
        receipt_for("101", "QN-26P", (), {OF_BOOK: {101}})
