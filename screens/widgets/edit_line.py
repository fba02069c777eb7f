"""A text being edited and its cursor: letters are whole, however they were typed. No widget here.

Vietnamese comes as finished letters (UniKey: backspaces, then the new letters) or as letters and combining
marks (a keyboard layout, macOS). The text is always in NFC; a mark joins its letter while typing, in
whatever order shape and tone come; cursor and Backspace go over whole letters.

UniKey in its mode "Unicode tổ hợp" sends marks, and counts its backspaces by the characters it sent. Each
letter therefore remembers how many characters wrote it: when Backspaces follow each other faster than a
hand, the ones that meant the marks take nothing more away.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from math import inf

from desk.text import clean

BURST_S = 0.03
"""Backspaces that follow each other within this come from an input method, not from a hand."""

_SHAPES = frozenset("\u0302\u0306\u031b")


@dataclass(slots=True)
class EditLine:
    """Whole letters and a cursor between them.

    cursor: 0 is before the first letter; limit: letters at most, 0 for no limit.
    lines: whether line feeds are letters too (notes), or blanks.
    """

    limit: int = 0
    lines: bool = False
    cursor: int = 0
    letters: list[str] = field(default_factory=list)
    _written_by: list[int] = field(default_factory=list)
    """How many characters wrote each letter."""
    _rest: str = ""
    """What the last Backspace would have left of a letter, had it taken one character only."""
    _rest_count: int = 0
    _rest_at_s: float = -inf

    @property
    def text(self) -> str:
        """The text, in NFC."""
        return "".join(self.letters)

    def put(self, text: str) -> None:
        """Replace everything by `text` (cleaned, cut at the limit), the cursor behind it."""
        self.letters = whole_letters(clean(text, lines=self.lines))
        if self.limit:
            del self.letters[self.limit :]
        self._written_by = [1] * len(self.letters)
        self.cursor = len(self.letters)
        self._rest = ""

    def type(self, character: str, at_s: float = 0.0) -> bool:
        """Insert one typed character at the cursor; return whether there was room for it.

        A mark joins the letter before the cursor; without a letter there it is dropped.
        """
        character = clean(character, lines=self.lines)
        if len(character) == 1 and unicodedata.combining(character):
            return self._mark(character, at_s)
        self._rest = ""
        return self._insert(whole_letters(character))

    def paste(self, text: str) -> bool:
        """Insert `text` (cleaned) at the cursor as far as there is room; return whether all of it fitted."""
        self._rest = ""
        return self._insert(whole_letters(clean(text, lines=self.lines)))

    def backspace(self, at_s: float = 0.0) -> bool:
        """Take away the letter before the cursor; return whether anything was to be done."""
        if self._rest and at_s - self._rest_at_s <= BURST_S:
            self._rest_count -= 1
            self._rest_at_s = at_s
            if not self._rest_count:
                self._rest = ""
            return True
        if not self.cursor:
            return False
        self.cursor -= 1
        letter, count = self.letters.pop(self.cursor), self._written_by.pop(self.cursor)
        if count > 1:
            self._rest, self._rest_count, self._rest_at_s = _without_last_mark(letter), count - 1, at_s
        return True

    def delete(self) -> bool:
        """Take away the letter behind the cursor; return whether there was one."""
        if self.cursor >= len(self.letters):
            return False
        del self.letters[self.cursor], self._written_by[self.cursor]
        return True

    def move(self, to: int) -> bool:
        """Put the cursor before letter `to` (held within the text); return whether it moved."""
        before, self.cursor = self.cursor, max(0, min(len(self.letters), to))
        self._rest = ""
        return self.cursor != before

    def _mark(self, mark: str, at_s: float) -> bool:
        if self._rest and at_s - self._rest_at_s <= BURST_S:  # only the mark was meant to go
            self._insert([self._rest])
            self._written_by[self.cursor - 1] = self._rest_count
        self._rest = ""
        if not self.cursor or not self.letters[self.cursor - 1][0].isalpha():
            return True
        self.letters[self.cursor - 1] = joined(self.letters[self.cursor - 1], mark)
        self._written_by[self.cursor - 1] += 1
        return True

    def _insert(self, letters: list[str]) -> bool:
        room = self.limit - len(self.letters) if self.limit else len(letters)
        taken = letters[: max(0, room)]
        self.letters[self.cursor : self.cursor] = taken
        self._written_by[self.cursor : self.cursor] = [1] * len(taken)
        self.cursor += len(taken)
        return len(taken) == len(letters)


def whole_letters(text: str) -> list[str]:
    """Return the letters of `text`, each with its marks; a mark without a letter is left out.

    >>> whole_letters("Huệ")
    ['H', 'u', 'ệ']
    """
    letters: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        if not unicodedata.combining(character):
            letters.append(character)
        elif letters and letters[-1][0].isalpha():
            letters[-1] = joined(letters[-1], character)
    return letters


def joined(letter: str, mark: str) -> str:
    """Return `letter` with one more mark, shapes before tones, in NFC.

    >>> joined("é", "\u0302")
    'ế'
    """
    base, *marks = list(unicodedata.normalize("NFD", letter + mark))
    marks.sort(key=lambda each: each not in _SHAPES)
    return unicodedata.normalize("NFC", base + "".join(marks))


def _without_last_mark(letter: str) -> str:
    base, *marks = list(unicodedata.normalize("NFD", letter))
    tones = [mark for mark in marks if mark not in _SHAPES] or marks
    if tones:
        marks.remove(tones[-1])
    return unicodedata.normalize("NFC", base + "".join(marks))
