"""Text in lines of a width: where each begins and ends. No widget here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len


class Row(NamedTuple):
    """A line as it is seen: letters `begin` to `end` (the blank or the line feed behind it not among them)."""

    begin: int
    end: int


def rows_of(letters: Sequence[str], width: int) -> list[Row]:
    """Return the lines in which `letters` are seen in `width` cells, broken behind words; never none."""
    rows: list[Row] = []
    begin = 0
    for end in [*(at for at, letter in enumerate(letters) if letter == "\n"), len(letters)]:
        rows.extend(_broken(letters, begin, end, max(1, width)))
        begin = end + 1
    return rows


def row_at(rows: Sequence[Row], cursor: int) -> int:
    """Return the number of the line on which a cursor before letter `cursor` stands."""
    return next((at for at in range(len(rows) - 1, -1, -1) if rows[at].begin <= cursor), 0)


def _broken(letters: Sequence[str], begin: int, end: int, width: int) -> Iterator[Row]:
    at, cells, blank = begin, 0, -1
    while at < end:
        cells += cell_len(letters[at])
        if cells > width:
            stop, begin_next = (blank, blank + 1) if blank > begin else (max(at, begin + 1), max(at, begin + 1))
            yield Row(begin, stop)
            begin, at, cells, blank = begin_next, begin_next, 0, -1
            continue
        if letters[at] == " ":
            blank = at
        at += 1
    yield Row(begin, end)
