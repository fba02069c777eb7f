"""On which line of a TOML file a value stands: the standard reader tells it only of faults of the form itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

Path = tuple[str | int, ...]
"""The way to a value: names of tables and keys, and the place (from 0 on) in a list of tables."""

_HEADER: Final = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(r"^\s*([A-Za-z0-9_\-\"'.\s]+?)\s*=")
_QUOTES: Final = ('"""', "'''")


def lines_of(text: str) -> Mapping[Path, int]:
    """Return the line (from 1 on) of each table and key of `text`, which must be TOML that can be read."""
    found: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in _outside_values(text):
        if header := _HEADER.match(line):
            table = _resolved(_parts(header[2]), counts)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
        elif key := _KEY.match(line):
            path: Path = (*table, *_parts(key[1]))
            for length in range(len(table) + 1, len(path) + 1):  # `say.vi = ...` begins the table `say` too
                found.setdefault(path[:length], number)
            continue
        else:
            continue
        for length in range(1, len(table) + 1):
            found.setdefault(table[:length], number)
    return found


def line_at(path: Path, lines: Mapping[Path, int]) -> int:
    """Return the line of a value, or of the nearest table around it that has one."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _resolved(parts: tuple[str, ...], counts: Mapping[Path, int]) -> Path:
    """Return the path of a header: within a list of tables it speaks of the last one."""
    path: Path = ()
    for at, part in enumerate(parts):
        path = (*path, part)
        if at < len(parts) - 1 and path in counts:
            path = (*path, counts[path])
    return path


def _outside_values(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that begin a table or a key: none within a text of several lines or a list that goes on."""
    quote, depth = "", 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not quote and not depth:
            yield number, line
            if _HEADER.match(line):
                continue
        quote, depth = _after(line, quote, depth)


def _after(line: str, quote: str, depth: int) -> tuple[str, int]:
    """Return which quotes and how many brackets are open behind `line`."""
    at = 0
    while at < len(line):
        if quote:
            end = line.find(quote, at)
            if end < 0:
                return (quote, depth) if quote in _QUOTES else ("", depth)
            if quote[0] == '"' and (len(line[:end]) - len(line[:end].rstrip("\\"))) % 2:
                at = end + 1  # an escaped quotation mark
                continue
            at, quote = end + len(quote), ""
        elif line[at : at + 3] in _QUOTES:
            quote, at = line[at : at + 3], at + 3
        elif line[at] in "\"'":
            quote, at = line[at], at + 1
        elif line[at] == "#":
            break
        else:
            depth += (line[at] in "[{") - (line[at] in "]}")
            at += 1
    return quote if quote in _QUOTES else "", depth
