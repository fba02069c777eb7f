"""Text broken into lines of a given width, across changes of style."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from receipts.typeface import Style, drawn

_NARROWER = (0.9, 0.8, 0.7, 0.6)


class Measuring(Protocol):
    """What knows how wide letters are: a typeface for PDF, or its letters as dots."""

    def width_pt(self, text: str, style: Style, size_pt: float) -> float:
        """Return the width of `text` (already `drawn`) in the unit of its size."""
        ...


class Run(NamedTuple):
    """Text in one style."""

    text: str
    style: Style = "regular"


Runs = str | Sequence[Run]


class _Piece(NamedTuple):
    text: str
    style: Style
    width_pt: float


def runs_of(text: Runs, style: Style = "regular") -> list[Run]:
    """Return the runs as they will be drawn; a plain string takes `style`."""
    runs = [Run(text, style)] if isinstance(text, str) else text
    return [Run(drawn(run.text), run.style) for run in runs]


def wrapped(text: Runs, width_pt: float, face: Measuring, size_pt: float) -> list[list[Run]]:
    """Return the lines of `text`, none wider than `width_pt`; blanks at the joints fall away.

    A word longer than a line (an address without blanks) is cut where the line ends. No text gives one
    empty line.
    """
    runs = runs_of(text)
    if sum(face.width_pt(run.text, run.style, size_pt) for run in runs) <= width_pt:
        return [runs]  # most fields: measured once, not word by word
    return _broken(runs, width_pt, face, size_pt)


def balanced(text: Runs, width_pt: float, face: Measuring, size_pt: float) -> list[list[Run]]:
    """Return as many lines as `wrapped` gives, of about the same width: for headings in the middle."""
    lines = wrapped(text, width_pt, face, size_pt)
    if not 1 < len(lines) < 6:
        return lines
    for part in _NARROWER:
        narrower = wrapped(text, width_pt * part, face, size_pt)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _broken(runs: Sequence[Run], width_pt: float, face: Measuring, size_pt: float) -> list[list[Run]]:
    lines: list[list[_Piece]] = [[]]
    used = 0.0
    blank: _Piece | None = None
    for word in _words(runs, face, size_pt):
        if word[0].text.isspace():
            blank = word[0]
            continue
        width = sum(piece.width_pt for piece in word)
        gap = blank.width_pt if blank and lines[-1] else 0.0
        if lines[-1] and used + gap + width > width_pt:
            lines.append([])
            used = 0.0
        elif blank and lines[-1]:
            lines[-1].append(blank)
            used += gap
        blank = None
        if width <= width_pt:
            lines[-1].extend(word)
            used += width
            continue
        for piece in _letters(word, face, size_pt):
            if lines[-1] and used + piece.width_pt > width_pt:
                lines.append([])
                used = 0.0
            lines[-1].append(piece)
            used += piece.width_pt
    return [_joined(line) for line in lines]


def _words(runs: Iterable[Run], face: Measuring, size_pt: float) -> Iterator[list[_Piece]]:
    """Yield words and blanks; a word may go on over a change of style."""
    word: list[_Piece] = []
    for run in runs:
        for text in re.findall(r" +|[^ ]+", run.text):
            if text.isspace():
                if word:
                    yield word
                    word = []
                yield [_Piece(" ", run.style, face.width_pt(" ", run.style, size_pt))]
            else:
                word.append(_Piece(text, run.style, face.width_pt(text, run.style, size_pt)))
    if word:
        yield word


def _letters(word: Iterable[_Piece], face: Measuring, size_pt: float) -> Iterator[_Piece]:
    for piece in word:
        for letter in piece.text:
            yield _Piece(letter, piece.style, face.width_pt(letter, piece.style, size_pt))


def _joined(pieces: Iterable[_Piece]) -> list[Run]:
    runs: list[Run] = []
    for piece in pieces:
        if runs and runs[-1].style == piece.style:
            runs[-1] = Run(runs[-1].text + piece.text, piece.style)
        else:
            runs.append(Run(piece.text, piece.style))
    return runs
