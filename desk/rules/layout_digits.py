"""Digits as they come out of a scanner: put back from the Vietnamese keyboard layout, and found in a text.

A scanner types. Under the layout "Vietnamese" (TCVN) the keys 1 to 9 and 0 write ă â ê ô, five tone marks
and đ, one to one, so the digits can be put back (the layout table: xkeyboard-config, symbols/vn).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

SIGNED_LENGTH = 236
"""Digits of a signed paper: 234 and 2 check digits."""
SHORT_LENGTH = 22
"""Digits of a tracking number: 20 and 2 check digits."""

_SHAPES = {("a", "\u0306"): "1", ("a", "\u0302"): "2", ("e", "\u0302"): "3", ("o", "\u0302"): "4"}
_MARKS = {"\u0300": "5", "\u0309": "6", "\u0303": "7", "\u0301": "8", "\u0323": "9"}
_LETTER_WITH_MARKS = re.compile(r"[^\u0300-\u036f]?[\u0300-\u036f]*")


def digits_back(text: str) -> str:
    """Return `text` with the layout's letters and marks as the digits of their keys, all else unchanged.

    Give the text as the keys came in: normal form C moves a dot below before the marks beside it, and the
    order of the two keys is then lost (letters of one key and one mark come back all the same).
    Upper and lower case are one, because Caps Lock turns them.

    >>> digits_back("ăâêô\u0300\u0309\u0303\u0301\u0323đ")
    '1234567890'
    """
    if text.isascii():
        return text
    return "".join(_keys_of(group) for group in _LETTER_WITH_MARKS.findall(text))


def last_digits(text: str, lengths: Collection[int] = (SHORT_LENGTH, SIGNED_LENGTH)) -> str:
    """Return the last run of ASCII digits after the last `/` of `text`; "" without one.

    The layout is undone only where that gives a run of one of `lengths` and the text as it stands does not:
    in Vietnamese prose every accent would be a digit. A number typed in groups (`1234 5678`) is one run.
    """
    plain = _last_run(text)
    if len(plain) in lengths or text.isascii():
        return plain
    put_back = _last_run(digits_back(text))
    return put_back if len(put_back) in lengths else plain


def _last_run(text: str) -> str:
    tail = text.rpartition("/")[2].strip()
    if re.fullmatch(r"[0-9]+(?: [0-9]+)+", tail):
        return tail.replace(" ", "")
    runs = re.findall(r"[0-9]+", tail)
    return runs[-1] if runs else ""


def _keys_of(group: str) -> str:
    """Return the keys that wrote one letter with its marks."""
    if group.isascii():
        return group
    decomposed = unicodedata.normalize("NFD", group[0]) + group[1:]
    if unicodedata.combining(decomposed[0]):
        return "".join(_MARKS.get(mark, mark) for mark in decomposed)
    letter, marks = decomposed[0], list(decomposed[1:])
    if letter in "đĐ":
        return "0" + "".join(_MARKS.get(mark, mark) for mark in marks)
    for mark in marks:
        key = _SHAPES.get((letter.casefold(), mark))
        if key is not None:
            marks.remove(mark)
            return key + "".join(_MARKS.get(other, other) for other in marks)
    return unicodedata.normalize("NFC", letter + "".join(_MARKS.get(mark, mark) for mark in marks))
