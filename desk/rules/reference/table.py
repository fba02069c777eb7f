"""Read a table of text row by row and collect every fault with its line: all of a file holds, or nothing.

A file may come from a spreadsheet program, so a semicolon or a tab may stand where a comma is expected.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import TypeVar

from desk.errors.reference import ReferenceFaulty, ReferenceUnreadable
from desk.text import clean_line
from desk.words import N_, _

SHOWN_FAULTS = 5
LIST_MARK = ";"
_SHOWN_LETTERS = 60
_ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_Choice = TypeVar("_Choice", bound=str)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one line; the sentence speaks the officer's language where it is shown."""

    line: int
    said: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        sentence = _(self.said).format(**self.facts)
        return _("line {line}: {sentence}").format(line=self.line, sentence=sentence)


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults of a file, shown as one line: the first few, and that there are more."""

    all: tuple[Fault, ...]

    def __str__(self) -> str:
        shown = "; ".join(str(fault) for fault in self.all[:SHOWN_FAULTS])
        return shown + ("; …" if len(self.all) > SHOWN_FAULTS else ".")


class FaultList:
    """Collects the faults of one file."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def add(self, line: int, said: str, **facts: object) -> None:
        """Note a fault; said: a sentence marked with N_, facts: what it names."""
        self.faults.append(Fault(line, said, facts))

    def refuse(self) -> None:
        """Raise ReferenceFaulty with the faults in the order of their lines, if there are any."""
        if self.faults:
            ordered = tuple(sorted(self.faults, key=lambda fault: fault.line))
            raise ReferenceFaulty(count=len(ordered), faults=Faults(ordered))


class Row:
    """One line of a table; each reader notes a fault and answers with a stand-in that is never used."""

    def __init__(self, line: int, cells: Mapping[str, str], faults: FaultList) -> None:
        self.line = line
        self._cells = cells
        self._faults = faults

    def fault(self, said: str, **facts: object) -> None:
        """Note a fault of this line."""
        self._faults.add(self.line, said, **facts)

    def text(self, column: str) -> str:
        """Return the cell, cleaned; "" where it is empty or the column is missing."""
        return self._cells.get(column, "")

    def needed(self, column: str) -> str:
        """Return the cell, which may not be empty."""
        text = self.text(column)
        if not text:
            self.fault(N_("{column} is empty"), column=column)
        return text

    def one_of(self, column: str, allowed: Sequence[_Choice]) -> _Choice:
        """Return the cell, which must be one of `allowed`."""
        text = self.text(column)
        for choice in allowed:
            if text == choice:
                return choice
        self._not_allowed(column, text, allowed)
        return allowed[0]

    def some_of(self, column: str, allowed: Sequence[_Choice]) -> tuple[_Choice, ...]:
        """Return the entries of a list cell in the order of `allowed`; each must be one of them."""
        entries = self.listing(column)
        for entry in entries:
            if entry not in allowed:
                self._not_allowed(column, entry, allowed)
        return tuple(choice for choice in allowed if choice in entries)

    def listing(self, column: str) -> tuple[str, ...]:
        """Return the entries of a list cell, parted by semicolons, empty ones left out."""
        entries = (entry.strip() for entry in self.text(column).split(LIST_MARK))
        return tuple(entry for entry in entries if entry)

    def whole(self, column: str) -> int | None:
        """Return the cell as a whole number from 0 on, None where it is empty."""
        text = self.text(column)
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,12}", text):
            self.fault(N_("{column} is not a whole number: {text}"), column=column, text=shown(text))
            return None
        return int(text)

    def day(self, column: str) -> date | None:
        """Return the cell as a day (2026-04-30 or 30/04/2026), None where it is empty."""
        text = self.text(column)
        if not text:
            return None
        day = day_of(text)
        if day is None:
            self.fault(N_("{column} is not a day: {text}"), column=column, text=shown(text))
        return day

    def _not_allowed(self, column: str, text: str, allowed: Sequence[str]) -> None:
        choices = ", ".join(choice for choice in allowed if choice)
        said = N_("{column} is “{text}”, possible are: {choices}")
        self.fault(said, column=column, text=shown(text), choices=choices)


def day_of(text: str) -> date | None:
    """Return the day written as 2026-04-30 or, as spreadsheet programs turn it, 30/04/2026; else None."""
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    local = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text)
    parts = iso.groups() if iso else local.groups()[::-1] if local else None
    try:
        return date(*(int(part) for part in parts)) if parts else None
    except ValueError:
        return None


def shown(text: str) -> str:
    """Return `text` short enough for a sentence."""
    return text if len(text) <= _SHOWN_LETTERS else text[: _SHOWN_LETTERS - 1] + "…"


def text_of(content: bytes) -> str:
    """Return the text of a file: UTF-8, or UTF-16 with its mark; raises ReferenceUnreadable for others."""
    encoding = next((name for mark, name in _ENCODINGS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReferenceUnreadable() from error
    if "\0" in text:
        raise ReferenceUnreadable()
    return text


def rows_of(text: str, needed: Collection[str], known: Collection[str], faults: FaultList) -> Iterator[Row]:
    """Yield the rows of a table, their cells cleaned, by the names of its first line.

    needed: columns that must be there; known: those that may. Faults of the table itself are noted in
    `faults`: missing and unknown columns, too many cells, quotes that do not close, no rows at all.
    """
    lines = _cells_of(text.removeprefix("\ufeff"), faults)
    header = next(lines, (1, []))[1]
    names = [clean_line(name).casefold() for name in header]
    if not _header_holds(names, needed, known, faults):
        return
    empty = True
    for line, cells in lines:
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            said = N_("{cells} cells where the first line names {columns} columns")
            faults.add(line, said, cells=len(cells), columns=len(names))
            continue
        empty = False
        pairs = zip_longest(names, (clean_line(cell) for cell in cells[: len(names)]), fillvalue="")
        yield Row(line, dict(pairs), faults)
    if empty and not faults.faults:
        faults.add(1, N_("the table has no rows"))


def _cells_of(text: str, faults: FaultList) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line it begins on; empty rows are left out."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            faults.add(line, N_("the quotation marks do not pair"))
            return
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _header_holds(names: list[str], needed: Iterable[str], known: Collection[str], faults: FaultList) -> bool:
    before = len(faults.faults)
    for column in needed:
        if column not in names:
            faults.add(1, N_("the column {column} is missing"), column=column)
    for name in names:
        if names.count(name) > 1:
            faults.add(1, N_("the column {column} is there twice"), column=shown(name))
        elif name and name not in known:
            near = difflib.get_close_matches(name, sorted(known), 1)
            if near:
                said = N_("the column {column} is unknown; meant is perhaps {near}")
                faults.add(1, said, column=shown(name), near=near[0])
            else:
                faults.add(1, N_("the column {column} is unknown"), column=shown(name))
    return len(faults.faults) == before
