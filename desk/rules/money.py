"""Money: whole đồng, written the Vietnamese way, read back, and in words for a receipt."""

from __future__ import annotations

import re
from typing import NewType

from desk.errors.people import AmountUnreadable
from desk.text import clean_line, fold

Dong = NewType("Dong", int)
"""Whole đồng; never a float, never negative."""

LARGEST_DONG = 999_999_999_999
"""Twelve digits: more than any desk takes, and few enough for a receipt's line in words."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu", "tỷ")
_AMOUNT = re.compile(r"([0-9]{1,12}|[0-9]{1,3}(?:([., ])[0-9]{3})(?:\2[0-9]{3}){0,2})\s*(?:dong|vnd|d|₫)?\.?")


def written(amount: int) -> str:
    """Return `amount` đồng as papers and screens show it: thousands with a dot, then the unit.

    >>> written(21000)
    '21.000 đồng'
    """
    return f"{grouped(amount)} đồng"


def grouped(number: int) -> str:
    """Return a whole number with a dot between thousands: 1963 is '1.963'."""
    return f"{number:,}".replace(",", ".")


def dong_of(text: str) -> Dong:
    """Return the amount that `text` writes: digits, with dots, commas or blanks between thousands or none.

    The unit may stand behind (`đồng`, `đ`, `₫`, `VND`). Raises AmountUnreadable for anything else, so
    that `1.5` or `21.00` is never taken for another sum.
    """
    match = _AMOUNT.fullmatch(fold(clean_line(text)))
    if match is None:
        raise AmountUnreadable()
    return Dong(int(re.sub(r"[^0-9]", "", match.group(1))))


def in_words(amount: int) -> str:
    """Return the amount in Vietnamese words, as a fee receipt writes it beside the figures.

    amount: 0 to LARGEST_DONG; raises ValueError outside.
    Northern usage: `nghìn`, `linh`, `mốt`, `tư`, `lăm` (domain, 2.9 asks for words on the receipt).

    >>> in_words(21000)
    'Hai mươi mốt nghìn đồng'
    """
    if not 0 <= amount <= LARGEST_DONG:
        raise ValueError(f"no amount a receipt can carry: {amount}")
    words = _number_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"


def _number_words(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    parts: list[str] = []
    for power, name in reversed(list(enumerate(_GROUPS))):
        group = number // 1000**power % 1000
        if group:
            parts += [_group_words(group, leading=not parts), name]
    return " ".join(part for part in parts if part)


def _group_words(group: int, *, leading: bool) -> str:
    """Return the words of one to three digits; a group behind another names its zeros."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    words: list[str] = []
    if hundreds or not leading:
        words += [_DIGITS[hundreds], "trăm"]
        if tens == 0 and ones:
            words.append("linh")
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [_DIGITS[tens], "mươi"]
    if ones:
        words.append(_ones_word(tens, ones))
    return " ".join(words)


def _ones_word(tens: int, ones: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 4 and tens > 1:
        return "tư"
    if ones == 5 and tens > 0:
        return "lăm"
    return _DIGITS[ones]
