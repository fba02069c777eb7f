"""The slip as plain text: for a screen, a message, or a printer that knows nothing but letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from receipts.content import SlipContent
from receipts.short_form import Bar, Part, Rule, Square, WideLine, slip_parts
from receipts.typeface import drawn

WIDTH = 40
"""Columns: what a receipt printer and half a screen have."""
_NARROWEST = 16


def slip_text(content: SlipContent, width: int = WIDTH) -> str:
    """Return the slip in short form as lines of at most `width` columns (16 or more), each ended by a line feed.

    The code for scanners is left out; its short digits stand as text. A dossier's code is never broken where it
    fits a line.
    """
    width = max(width, _NARROWEST)
    return "".join(f"{line}\n" for part in slip_parts(content) for line in _lines(part, width))


def _lines(part: Part, width: int) -> Iterator[str]:
    if isinstance(part, Rule):
        yield "-" * width
    elif isinstance(part, Square | Bar):
        return
    elif isinstance(part, WideLine):
        for line in _broken(part.text, width):
            yield _centred(line, width)
    else:
        for line in _broken(part.text, width):
            yield _centred(line, width) if part.is_centred else line


def _broken(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in drawn(text).split():
        while _columns(word) > width:
            if line:
                yield line
                line = ""
            head = _head(word, width)
            yield head
            word = word[len(head) :]
        if line and _columns(line) + 1 + _columns(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    if line:
        yield line


def _head(word: str, width: int) -> str:
    """Return as many letters of `word` as fit, with the marks that belong to them."""
    for at in range(len(word), 1, -1):
        if _columns(word[:at]) <= width and not (at < len(word) and unicodedata.combining(word[at])):
            return word[:at]
    return word[:1]


def _columns(text: str) -> int:
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def _centred(line: str, width: int) -> str:
    return " " * ((width - _columns(line)) // 2) + line
