"""Numbers of fee receipts: typed, or the next of a range that the finance officer gave; never invented.

A receipt has a form, a series and a continuous number; a void one keeps its number with all its copies, so
that the day's sheet shows every number from the first to the last (domain, 7: recalled).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from desk.errors.receipts import ReceiptNumberOutside, ReceiptNumberTaken, ReceiptRangeUsedUp
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
