"""The number of a certification: per book and calendar year, without gaps between machines to wait for.

Nghị định 23/2015/NĐ-CP: what is certified gets the number of its book, which begins anew each year; the signs
of the books are those of its wordings (recalled). Slot k of a unit (desk.rules.serials) owns 100000k+1 to
100000k+99999 of each book and year, so the first machine counts 1, 2, 3 as the book of paper did and no other
ever meets it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from desk.rules.dossier import Book
from desk.rules.serials import EPOCH_GAP, check_slot
from desk.text import fold

SLOT_SIZE: Final = 100_000
SLOT_NUMBERS: Final = SLOT_SIZE - 1

SIGNS: Final[Mapping[Book, str]] = MappingProxyType(
    {"copy": "SCT/BS", "signature": "SCT/CK,ĐC", "transaction": "SCT/HĐ,GD"}
)
"""How each book is written behind the year."""

_TYPED: Final = re.compile(r"([1-9][0-9]{0,6})/(20[0-9]{2})(?:[- ]*((?:sct)?[a-z,/ ]*))?", re.ASCII)


class BookNumber(NamedTuple):
    """A number as somebody typed it; book "" where he did not say which."""

    year: int
    number: int
    book: Book | str = ""


def numbers_of(slot: int) -> range:
    """Return the numbers of a slot in every book and year; raises SlotUnknown."""
    first = SLOT_SIZE * check_slot(slot) + 1
    return range(first, first + SLOT_NUMBERS)


def slot_of(number: int) -> int:
    """Return the slot that owns a number."""
    return number // SLOT_SIZE


def next_number(slot: int, last: int | None) -> int | None:
    """Return the number after `last` of the same slot, book and year, None when the slot is used up.

    last: None or 0 before the year's first. Raises SlotUnknown; ValueError for a number of another slot.
    """
    numbers = numbers_of(slot)
    if not last:
        return numbers.start
    if last not in numbers:
        raise ValueError(last)
    return last + 1 if last + 1 in numbers else None


def after_epoch_change(slot: int, last: int | None) -> int:
    """Return what counts as the year's last number after a new epoch was opened: EPOCH_GAP higher."""
    numbers = numbers_of(slot)
    return min((last or numbers.start - 1) + EPOCH_GAP, numbers.stop - 1)


def written(book: str, year: int | None, number: int | None) -> str:
    """Return a number as papers and screens write it, `17/2026-SCT/BS`; "" where there is none."""
    if number is None or year is None:
        return ""
    return f"{number}/{year}-{sign_of(book)}"


def short(book: str, number: int | None) -> str:
    """Return a number where the year goes without saying, `17 BS`; "" where there is none."""
    return "" if number is None else f"{number} {sign_of(book).removeprefix('SCT/')}"


def sign_of(book: str) -> str:
    """Return how a book is written; one that this version does not know by its identifier."""
    return next((sign for known, sign in SIGNS.items() if known == book), book)


def read(text: str) -> BookNumber | None:
    """Return the number in `text`, typed with or without its book (`17/2026`, `17/2026-sct/bs`, `17/2026 bs`).

    None for anything else; the sign may be cut short, and typed without accents.
    """
    match = _TYPED.fullmatch(" ".join(fold(text).split()))
    if match is None:
        return None
    typed = _letters(match[3] or "").removeprefix("sct")
    if not typed:
        return BookNumber(int(match[2]), int(match[1]))
    for book, sign in SIGNS.items():
        if _letters(fold(sign)).removeprefix("sct").startswith(typed):
            return BookNumber(int(match[2]), int(match[1]), book)
    return None


def _letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalpha())
