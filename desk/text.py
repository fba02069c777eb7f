"""Text from outside: cleaned, folded for search, sorted the Vietnamese way, masked for lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_DROPPED = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: rank for rank, letter in enumerate(_LETTERS, start=1)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SHAPES = {"\u0306", "\u0302", "\u031b"}


def clean(text: str, *, lines: bool = False) -> str:
    """Return `text` in NFC without control, format, private, surrogate or unassigned characters.

    lines: keep line feeds (notes of several lines); otherwise every break and tab becomes one space.
    Text from outside passes here at its entrance and once more where it is drawn.
    """
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if not lines:
        text = re.sub(r"[\n\u2028\u2029\u0085\x0b\x0c]+", " ", text)
    if text.isprintable():  # then no character is of a dropped category: what nearly every text is
        return text
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _DROPPED)


def clean_line(text: str) -> str:
    """Return `clean(text)` with runs of blanks made one and the ends trimmed."""
    return " ".join(clean(text).split())


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return `text` for searching only: casefolded, marks off, đ as d, single blanks.

    >>> fold("ĐẶNG  Thị Hường")
    'dang thi huong'
    """
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("đ", "d")
    return " ".join(bare.split())


def sort_key(text: str) -> str:
    """Return a key whose plain byte order is the Vietnamese order of letters, then of tones.

    Letters first (a ă â b ... đ ...), tones only between words that are else equal, in the dictionary's
    order: none, grave, hook, tilde, acute, dot. Only digits and lower-case ASCII letters are used, so the
    order is the same in SQLite, in PostgreSQL under COLLATE "C" and in Python.
    """
    return _keys_joined(clean_line(text).split())


def _keys_joined(words: Sequence[str]) -> str:
    keys = [_keys_of_word(word) for word in words]
    return "".join(letters for letters, _ in keys) + "." + "".join(tones for _, tones in keys)


@lru_cache(maxsize=4096)
def _keys_of_word(word: str) -> tuple[str, str]:
    """Return letters and tones of one word and its end: most names are of the same few hundred words."""
    keys = [_keys_of(letter) for letter in unicodedata.normalize("NFC", word.casefold())]
    return "".join(letter for letter, _ in keys) + "00", "".join(tone for _, tone in keys) + "0"


def name_sort_key(name: str) -> str:
    """Return the sort key of a person: by given name, then family name, then the middle names."""
    words = clean_line(name).split()
    return _keys_joined([*words[-1:], *words[:-1]])


@lru_cache(maxsize=1024)
def _keys_of(letter: str) -> tuple[str, str]:
    base, tone = _without_tone(letter)
    return _letter_key(base), str(tone)


def _without_tone(letter: str) -> tuple[str, int]:
    tone = 0
    kept: list[str] = []
    for part in unicodedata.normalize("NFD", letter):
        if part in _TONES:
            tone = _TONES[part]
        elif not unicodedata.combining(part) or part in _SHAPES:
            kept.append(part)
    return unicodedata.normalize("NFC", "".join(kept)), tone


def _letter_key(letter: str) -> str:
    rank = _RANK.get(letter)
    if rank is not None:
        return f"{rank + 12:02d}"
    if letter.isdigit():
        return f"{int(letter) + 1:02d}" if letter.isascii() else "11"
    return "99"


def mask_number(number: str) -> str:
    """Return a personal number as lists show it: first three, five dots, last four.

    >>> mask_number("022190001234")
    '022•••••1234'
    """
    if len(number) < 8:
        return "•" * len(number)
    return f"{number[:3]}•••••{number[-4:]}"
