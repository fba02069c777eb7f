"""Numbers of fee receipts: typed, or the next of a range that the finance officer gave; never invented.

A receipt has a form, a series and a continuous number; a void one keeps its number with all its copies, so
that the day's sheet shows every number from the first to the last (domain, 7: recalled).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from desk.errors.receipts import (
    ReceiptNumberNeeded,
    ReceiptNumberOutside,
    ReceiptNumberTaken,
    ReceiptRangeOverlaps,
    ReceiptRangeUsedUp,
    ReceiptRangeWrong,
)
from desk.rules.money import Dong
from desk.text import clean_line

PaidBy = Literal["cash", "transfer", "online"]


@dataclass(frozen=True, slots=True)
class ReceiptRange:
    """Numbers from `first` to `last`, both within, of one form and series."""

    form: str
    series: str
    first: int
    last: int
    digits: int = 7

    def written(self, number: int) -> str:
        """Return a number as the receipt shows it, with its leading zeros."""
        return f"{number:0{self.digits}d}"


class Receipt(NamedTuple):
    """What names one receipt; the number as it is written, with its zeros."""

    form: str
    series: str
    number: str


Used = Mapping[tuple[str, str], Collection[int]]
"""The numbers that stand on receipts, void ones too, by form and series."""


@dataclass(frozen=True, slots=True)
class TakenReceipt:
    """One receipt of the day."""

    number: int
    amount_dong: int
    paid_by: PaidBy
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class DaySheet:
    """The receipts of one officer on one day; first and last are None without any."""

    receipts: int
    """Those that count, the void ones apart."""
    void: int
    first: int | None
    last: int | None
    missing: tuple[int, ...]
    """Numbers between the first and the last that no receipt has."""
    cash_dong: Dong
    transfer_dong: Dong
    online_dong: Dong

    @property
    def total_dong(self) -> Dong:
        """Everything taken."""
        return Dong(self.cash_dong + self.transfer_dong + self.online_dong)


def next_number(given: ReceiptRange, used: Collection[int]) -> int:
    """Return the number after the highest used of the range, its first where none is used.

    A number left out is not filled later: the paper receipts lie in one block. Raises ReceiptRangeUsedUp.
    """
    following = max((number for number in used if given.first <= number <= given.last), default=given.first - 1) + 1
    if following > given.last:
        raise ReceiptRangeUsedUp(series=given.series, last=given.written(given.last))
    return following


def typed_number(text: str, given: ReceiptRange, used: Collection[int]) -> int:
    """Return the number typed; leading zeros do not matter.

    Raises ReceiptNumberOutside for another text or a number outside the range, ReceiptNumberTaken for a used one.
    """
    typed = clean_line(text)
    number = int(typed) if re.fullmatch(r"[0-9]{1,12}", typed) else -1
    if not given.first <= number <= given.last:
        raise ReceiptNumberOutside(first=given.written(given.first), last=given.written(given.last))
    if number in used:
        raise ReceiptNumberTaken(number=given.written(number))
    return number


def receipt_for(typed: str, series: str, ranges: Sequence[ReceiptRange], used: Used) -> Receipt:
    """Return the receipt with the number typed, or, where none is typed, the next of the ranges in their order.

    series: "" for any. Without a range the number is taken as it stands in the officer's book. Raises
    ReceiptNumberNeeded where there is neither a number nor a range, and as `next_number` and `typed_number` do.
    """
    if not ranges:
        return _of_a_book(clean_line(typed), series, used)
    mine = [given for given in ranges if series in ("", given.series)]
    if not typed.strip():
        return _next_of(mine or ranges[-1:], used)
    if not mine:
        raise ReceiptNumberOutside(first=ranges[-1].written(ranges[-1].first), last=ranges[-1].written(ranges[-1].last))
    return _typed_of(typed, mine, used)


def range_of(form: str, series: str, first: str, last: str) -> ReceiptRange:
    """Return the range that is typed; the longer number says how many digits. Raises ReceiptRangeWrong."""
    first, last = clean_line(first), clean_line(last)
    if not all(re.fullmatch(r"[0-9]{1,12}", one) for one in (first, last)):
        raise ReceiptRangeWrong()
    return ReceiptRange(clean_line(form), clean_line(series), int(first), int(last), max(len(first), len(last)))


def check_range(new: ReceiptRange, ranges: Iterable[ReceiptRange]) -> None:
    """Return if a range can be entered beside those known.

    Raises ReceiptRangeWrong for one without a series or a number, ReceiptRangeOverlaps where a number of it was
    given before.
    """
    if not (new.series and 0 < new.first <= new.last and len(str(new.last)) <= new.digits <= 12):
        raise ReceiptRangeWrong()
    for known in ranges:
        is_same = known.series == new.series and (known.form == new.form or "" in (known.form, new.form))
        if is_same and new.first <= known.last and known.first <= new.last:
            raise ReceiptRangeOverlaps(
                series=known.series, first=known.written(known.first), last=known.written(known.last)
            )


def _of_a_book(typed: str, series: str, used: Used) -> Receipt:
    if not typed:
        raise ReceiptNumberNeeded()
    book = ReceiptRange("", series, 1, 999_999_999_999, len(typed))
    return Receipt("", series, book.written(typed_number(typed, book, _used_of(book, used))))


def _next_of(ranges: Sequence[ReceiptRange], used: Used) -> Receipt:
    for given in ranges[:-1]:
        try:
            return _numbered(given, next_number(given, _used_of(given, used)))
        except ReceiptRangeUsedUp:
            continue
    return _numbered(ranges[-1], next_number(ranges[-1], _used_of(ranges[-1], used)))


def _typed_of(typed: str, ranges: Sequence[ReceiptRange], used: Used) -> Receipt:
    for given in ranges[:-1]:
        try:
            return _numbered(given, typed_number(typed, given, _used_of(given, used)))
        except ReceiptNumberOutside:
            continue
    return _numbered(ranges[-1], typed_number(typed, ranges[-1], _used_of(ranges[-1], used)))


def _used_of(given: ReceiptRange, used: Used) -> Collection[int]:
    """Return the numbers that may be of the same book: a form not told, of the range or of a receipt, is any."""
    return {
        number
        for (form, series), numbers in used.items()
        if series == given.series and (form == given.form or "" in (form, given.form))
        for number in numbers
    }


def _numbered(given: ReceiptRange, number: int) -> Receipt:
    return Receipt(given.form, given.series, given.written(number))


def day_sheet(receipts: Iterable[TakenReceipt]) -> DaySheet:
    """Return the sheet of some receipts of one series, in any order; void ones bring no money."""
    taken = list(receipts)
    numbers = {receipt.number for receipt in taken}
    first, last = min(numbers, default=None), max(numbers, default=None)
    between = () if first is None or last is None else range(first, last)
    valid = [receipt for receipt in taken if not receipt.is_void]

    def sum_of(paid_by: PaidBy) -> Dong:
        return Dong(sum(receipt.amount_dong for receipt in valid if receipt.paid_by == paid_by))

    return DaySheet(
        receipts=len(valid),
        void=len(taken) - len(valid),
        first=first,
        last=last,
        missing=tuple(number for number in between if number not in numbers),
        cash_dong=sum_of("cash"),
        transfer_dong=sum_of("transfer"),
        online_dong=sum_of("online"),
    )
